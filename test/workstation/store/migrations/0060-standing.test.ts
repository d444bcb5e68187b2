import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { FieldId, PlaneId } from '#core/brand.ts'
import type { ReadableDb, WritableDb } from '#workstation/store/db.ts'
import { migrate } from '#workstation/store/migrate.ts'
import { memoryDb } from '../../../support/stores.ts'
import { plateWriter } from '../../../support/written-plates.ts'

/** Something that happens to a plate, at one of a few wells, channels and imaging runs. */
interface Happening {
  readonly kind: 'plane' | 'pass' | 'fail' | 'unreadable' | 'locked' | 'objects'
  readonly run: number
  readonly well: string | null
  readonly channel: string
  /** Which of the field's planes so far, counted from the last. */
  readonly back: number
}

const happening: fc.Arbitrary<Happening> = fc.record({
  kind: fc.constantFrom(
    ...(['plane', 'plane', 'plane', 'pass', 'fail', 'unreadable', 'locked', 'objects'] as const),
  ),
  run: fc.nat({ max: 2 }),
  well: fc.constantFrom('A01', 'B02', null),
  channel: fc.constantFrom('DAPI', 'GFP'),
  back: fc.nat({ max: 2 }),
})

function write(db: WritableDb, story: readonly Happening[]): void {
  const plate = plateWriter(db)
  const plateId = plate.plate()
  const planes = new Map<FieldId, PlaneId[]>()
  for (const { kind, run, well, channel, back } of story) {
    const acquisition = plate.run(plateId, `/plates/run${run}`)
    const field = plate.field(acquisition, { well, name: well ?? 'loose.tif' })
    const own = planes.get(field) ?? []
    planes.set(field, own)
    const plane = own.at(-1 - back)
    if (kind === 'plane') own.push(plate.plane(field, { channel }))
    else if (plane === undefined) continue
    else if (kind === 'pass') plate.verdict(plane, 'pass')
    else if (kind === 'fail') plate.verdict(plane, 'fail', { reasons: ['defocus'] })
    else if (kind === 'unreadable') plate.fault(plane, 'image-truncated')
    else if (kind === 'locked') plate.fault(plane, 'file-locked', true)
    else plate.objects(field, own.slice(-1 - back), { count: own.length })
  }
}

/** All that stands, without rows that count nothing any more. */
function standings(db: ReadableDb): unknown {
  const rows = (sql: string): unknown[] => db.prepare(sql).all()
  return {
    planes: rows('SELECT * FROM planeStanding ORDER BY planeId'),
    fields: rows('SELECT * FROM fieldStanding ORDER BY fieldId'),
    wells: rows(
      `SELECT plateId, well, state, reasons, planes FROM wellStanding
       WHERE planes > 0 ORDER BY plateId, well, state, reasons`,
    ),
  }
}

describe('how planes stand', () => {
  test('is the same whether it was kept from the beginning or made of what was there', () => {
    fc.assert(
      fc.property(fc.array(happening, { maxLength: 40 }), story => {
        const kept = memoryDb(60)
        write(kept, story)
        const made = memoryDb(50)
        write(made, story)
        migrate(made, ':memory:')
        expect(standings(made)).toEqual(standings(kept))
        kept.close()
        made.close()
      }),
      { numRuns: 150 },
    )
  })

  test('has one plane that counts at every place: the last version in the last run', () => {
    fc.assert(
      fc.property(fc.array(happening, { maxLength: 40 }), story => {
        const db = memoryDb(60)
        write(db, story)
        const last = db
          .prepare(
            `SELECT planeId FROM (
               SELECT planeId, row_number() OVER (
                 PARTITION BY plateId, field, channel, z, projection ORDER BY run DESC, planeId DESC
               ) AS place FROM planeStanding)
             WHERE place = 1 ORDER BY planeId`,
          )
          .all()
        const counting =
          'SELECT planeId FROM planeStanding WHERE supersededBy IS NULL ORDER BY planeId'
        expect(db.prepare(counting).all()).toEqual(last)
        db.close()
      }),
      { numRuns: 150 },
    )
  })
})
