import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { FieldId, PlaneId } from '#core/brand.ts'
import type { ReadableDb, WritableDb } from '#workstation/store/db.ts'
import { planeStanding, type PlaneStandingRow } from '#workstation/store/standing.ts'
import { migrate } from '#workstation/store/migrate.ts'
import { memoryDb } from '../../../support/stores.ts'
import { plateWriter, WRITTEN_AT } from '../../../support/written-plates.ts'

/** Something that happens to a plate, at one of a few wells, channels and imaging runs. */
interface Happening {
  readonly kind: 'plane' | 'identified' | 'pass' | 'fail' | 'unreadable' | 'locked' | 'objects'
  readonly run: number
  readonly well: string | null
  readonly channel: string
  /** Which of the field's planes so far, counted from the last. */
  readonly back: number
  /** For an image that is identified otherwise: which of all so far, counted from the last. */
  readonly other: number
  /** For a plane: a new version of the same file, or another file at the same place. */
  readonly rewritten: boolean
  readonly projection: 0 | 1
}

const happening: fc.Arbitrary<Happening> = fc.record({
  kind: fc.constantFrom(
    ...([
      'plane',
      'plane',
      'plane',
      'identified',
      'identified',
      'pass',
      'fail',
      'unreadable',
      'locked',
      'objects',
    ] as const),
  ),
  run: fc.nat({ max: 2 }),
  well: fc.constantFrom('A01', 'B02', null),
  channel: fc.constantFrom('DAPI', 'GFP'),
  back: fc.nat({ max: 2 }),
  other: fc.nat({ max: 5 }),
  rewritten: fc.boolean(),
  projection: fc.constantFrom(0, 1),
})

/**
 * Writes it all, and returns as which plane the newest version of each file was identified last.
 *
 * @param again whether images may be identified as what they were before
 */
function write(
  db: WritableDb,
  story: readonly Happening[],
  again: boolean,
): ReadonlyMap<number, PlaneId> {
  const plate = plateWriter(db)
  const plateIds = [plate.plate(), plate.plate('by name')]
  const planes = new Map<FieldId, PlaneId[]>()
  /** Each plane with its file: where that lies, and which version. */
  const every: {
    readonly plane: PlaneId
    readonly file: number
    readonly path: string
    readonly field: FieldId
  }[] = []
  let count = 0
  for (const { kind, run, well, channel, back, other, rewritten, projection } of story) {
    count += 1
    const at = new Date(Date.parse(WRITTEN_AT) + 1000 * count).toISOString()
    const acquisition = plate.run(plateIds[run % 2]!, `/plates/run${run}`)
    const field = plate.field(acquisition, { well, name: well ?? 'loose.tif' })
    const own = planes.get(field) ?? []
    planes.set(field, own)
    const add = (plane: PlaneId, file: number, path: string): void => {
      own.push(plane)
      every.push({ plane, file, path, field })
    }
    const plane = own.at(-1 - back)
    const known = every.at(-1 - other)
    const place: { channel: string; projection: 0 | 1; path?: string } = {
      channel,
      projection,
      ...(rewritten ? {} : { path: `/plates/${count}.tif` }),
    }
    const path = place.path ?? `of ${field} ${channel} ${projection}`
    if (kind === 'plane') add(plate.plane(field, place), count, path)
    else if (kind === 'identified') {
      if (known === undefined) continue
      const before = every.some(({ file, field: its }) => file === known.file && its === field)
      if (again || !before) {
        add(plate.identifiedAs(known.plane, field, place), known.file, known.path)
      }
    } else if (plane === undefined) continue
    else if (kind === 'pass') plate.verdict(plane, 'pass', { at })
    else if (kind === 'fail') plate.verdict(plane, 'fail', { reasons: ['defocus'], at })
    else if (kind === 'unreadable') plate.fault(plane, 'image-truncated')
    else if (kind === 'locked') plate.fault(plane, 'file-locked', true)
    else plate.objects(field, own.slice(-1 - back), { count: own.length })
  }
  // An earlier version goes with the newest, wherever that is found to belong.
  const newest = new Map(every.map(({ path, file }) => [path, file]))
  for (const { path, file } of every) newest.set(path, Math.max(newest.get(path)!, file))
  const last = every.filter(({ path, file }) => newest.get(path) === file)
  return new Map(last.map(({ file, plane }) => [file, plane]))
}

/** All that stands, without rows that count nothing any more. */
function standings(db: ReadableDb): unknown {
  const rows = (sql: string): unknown[] => db.prepare(sql).all()
  return {
    planes: rows('SELECT * FROM planeStanding ORDER BY planeId'),
    fields: rows('SELECT * FROM fieldStanding ORDER BY fieldId'),
    wells: rows(
      `SELECT plateId, well, state, reasons, planes, projections FROM wellStanding
       WHERE planes > 0 ORDER BY plateId, well, state, reasons`,
    ),
  }
}

describe('how planes stand', () => {
  test('is the same whether it was kept from the beginning or made of what was there', () => {
    fc.assert(
      fc.property(fc.array(happening, { maxLength: 40 }), story => {
        const kept = memoryDb()
        write(kept, story, false)
        const made = memoryDb(50)
        write(made, story, false)
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
        const db = memoryDb()
        write(db, story, true)
        const last = db
          .prepare(
            `SELECT planeId FROM (
               SELECT planeId, row_number() OVER (
                 PARTITION BY plateId, field, channel, z, projection ORDER BY run DESC, planeId DESC
               ) AS place FROM planeStanding WHERE elsewhere = 0)
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

  test('has every image once: as it was identified last', () => {
    fc.assert(
      fc.property(fc.array(happening, { maxLength: 40 }), story => {
        const db = memoryDb()
        const last = write(db, story, true)
        const standing = db.prepare<[], PlaneStandingRow & { fileId: number }>(
          `SELECT planeStanding.*, plane.fileId FROM planeStanding JOIN plane ON plane.id = planeId
           WHERE elsewhere = 0 ORDER BY run, planeId`,
        )
        const rows = standing.all()
        expect(new Set(rows.map(({ fileId }) => fileId)).size).toBe(rows.length)
        for (const planeId of last.values()) {
          expect(planeStanding(db, planeId)).toMatchObject({ elsewhere: 0 })
        }
        for (const [i, row] of rows.entries()) {
          const next = rows.slice(i + 1).find(later => samePlace(row, later))
          expect(row.supersededBy).toBe(next?.planeId ?? null)
        }
        db.close()
      }),
      { numRuns: 150 },
    )
  })
})

function samePlace(one: PlaneStandingRow, other: PlaneStandingRow): boolean {
  const keys = ['plateId', 'well', 'field', 'channel', 'z', 'projection'] as const
  return keys.every(key => one[key] === other[key])
}
