import { describe, expect, test } from 'vitest'
import type { PlaneId } from '#core/brand.ts'
import type { DecisionWord } from '#contract/decision.ts'
import { referencePlane } from '#workstation/desk/reference-plane.ts'
import { appendDecision } from '#workstation/store/decisions.ts'
import { memoryDb } from '../../support/stores.ts'
import { plateWriter, WRITTEN_AT } from '../../support/written-plates.ts'

function written() {
  const db = memoryDb()
  const plate = plateWriter(db)
  const run = plate.run(plate.plate(), '/a')
  /** A plane that passes, by its number of well; the middle one is the most typical. */
  const passing = (well: number, FocusScore: number, channel = 'DAPI'): PlaneId => {
    const plane = plate.plane(plate.field(run, { well: `A0${well}` }), { channel })
    plate.verdict(plane, 'pass', { metrics: { FocusScore } })
    return plane
  }
  const decide = (planeId: PlaneId, word: DecisionWord): void => {
    const machine = { state: 'pass', reasons: '[]', activityId: null }
    const sign = { operator: 'Mara', osUser: 'mara', machine: 'microscope-pc', at: WRITTEN_AT }
    appendDecision(db, { planeId, word, note: '', ...machine, ...sign })
  }
  return { db, plate, run, passing, decide }
}

describe('the plane to hold another against', () => {
  test('is the most typical of those of its channel that pass', () => {
    const { db, plate, run, passing } = written()
    const planes = [1, 5, 6, 90].map((value, i) => passing(i + 1, value))
    passing(6, 5.5, 'GFP')
    const blurred = plate.plane(plate.field(run, { well: 'A07' }))
    plate.verdict(blurred, 'fail', { metrics: { FocusScore: 5.5 } })
    const found = referencePlane(db, blurred)
    expect([planes[1], planes[2]]).toContain(found?.planeId)
    expect(found?.fieldId).toBeDefined()
  })

  test('is not the plane itself', () => {
    const { db, passing } = written()
    const planes = [5, 4].map((value, i) => passing(i + 1, value))
    expect(referencePlane(db, planes[0]!)).toMatchObject({ planeId: planes[1] })
  })

  test.each<DecisionWord>(['reject', 'reimage'])('is none that somebody said "%s" to', word => {
    const { db, passing, decide } = written()
    const [asked, refused] = [passing(1, 5), passing(2, 5)]
    decide(refused, word)
    expect(referencePlane(db, asked)).toBeNull()
  })

  test('may be one that somebody accepted', () => {
    const { db, passing, decide } = written()
    const [asked, accepted] = [passing(1, 5), passing(2, 5)]
    decide(accepted, 'accept')
    expect(referencePlane(db, asked)).toMatchObject({ planeId: accepted })
  })

  test('lies at the same depth', () => {
    const { db, plate, run, passing } = written()
    const asked = passing(1, 5)
    const deeper = plate.plane(plate.field(run, { well: 'A02' }), { z: 3 })
    plate.verdict(deeper, 'pass', { metrics: { FocusScore: 5 } })
    expect(referencePlane(db, asked)).toBeNull()
  })

  test('is undefined for a plane that is not there', () => {
    expect(referencePlane(memoryDb(), 99 as PlaneId)).toBeUndefined()
  })
})
