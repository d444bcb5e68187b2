import { expect, test } from 'vitest'
import { arrivalsOf } from '#workstation/store/arrivals.ts'
import { planesInQuestion, planesToReview } from '#workstation/store/planes-in-question.ts'
import { memoryDb } from '../../support/stores.ts'
import { plateWriter } from '../../support/written-plates.ts'

test('an image that was identified otherwise is in question on the plate that has it now', () => {
  const db = memoryDb()
  const plate = plateWriter(db)
  const [byName, byIndex] = [plate.plate('by name'), plate.plate('by index')]
  const former = plate.field(plate.run(byName, '/a'), {})
  const [moved, stays] = ['w1', 'w2'].map(channel => plate.plane(former, { channel }))
  plate.verdict(moved!, 'fail', { reasons: ['defocus'] })
  plate.verdict(stays!, 'fail', { reasons: ['defocus'] })
  const now = plate.identifiedAs(moved!, plate.field(plate.run(byIndex, '/a'), {}))
  plate.verdict(now, 'fail', { reasons: ['defocus'] })
  const ids = (rows: readonly { readonly planeId: unknown }[]) => rows.map(({ planeId }) => planeId)
  expect(ids(planesInQuestion(db, byName))).toEqual([stays])
  expect(ids(planesInQuestion(db, byIndex))).toEqual([now])
  expect(ids(planesToReview(db, null)).sort()).toEqual([stays, now].sort())
  expect(arrivalsOf(db, byName, null).map(({ channel }) => channel)).toEqual(['w2'])
})
