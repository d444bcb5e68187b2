import Database from 'better-sqlite3'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import type { AnalysedPlane } from '#workstation/store/objects.ts'
import { parfocal } from '../support/command-line.ts'
import { networkPlate } from '../support/network-plate.ts'

const scratch = mkdtempSync(join(tmpdir(), 'parfocal-sizes-'))

afterAll(() => rmSync(scratch, { recursive: true, force: true, maxRetries: 5 }))

async function json(...args: string[]): Promise<Record<string, unknown>> {
  const { stdout, stderr } = await parfocal([...args, '--json'], scratch)
  expect(stdout, stderr).not.toBe('')
  return JSON.parse(stdout) as Record<string, unknown>
}

interface Analysed {
  readonly planes: readonly AnalysedPlane[]
  readonly digest: string
}

/** Does something with the store's database; what is changed in it is left so. */
function inStore<T>(use: (db: Database.Database) => T): T {
  const db = new Database(join(scratch, 'store', 'parfocal.sqlite'))
  try {
    return use(db)
  } finally {
    db.close()
  }
}

/** The analyses in the order in which they were recorded. */
function analyses(): readonly Analysed[] {
  const sql = `SELECT planes, digest FROM fieldObjects
               JOIN activity ON activity.id = activityId ORDER BY sequence`
  const rows = inStore(db => db.prepare(sql).all()) as { planes: string; digest: string }[]
  return rows.map(({ planes, digest }) => {
    return { planes: JSON.parse(planes) as AnalysedPlane[], digest }
  })
}

/** As if an index came that says so of every plane; where the images say it, another one. */
function indexSays(pixelSize: number): void {
  inStore(db =>
    db
      .prepare(
        `INSERT INTO planeFacts (planeId, pixelSize) SELECT id, ? FROM plane WHERE true
         ON CONFLICT DO UPDATE SET pixelSize = excluded.pixelSize`,
      )
      .run(pixelSize),
  )
}

test('a pixel size is kept with what networks found by it, and one that comes later has them look again', async () => {
  const size = '--seed 5 --wells 1 --fields 2 --channels 1 --size 160x128 --defects none'
  // Names say nothing of pixel sizes; that of the images themselves counts.
  const naming = '^(?<plate>.+)_(?<well>[A-H]\\d\\d)_s(?<site>\\d)_(?<channel>\\w+)\\.tif$'
  const plate = `${size} --naming pattern`
  const { folder, recipe } = await networkPlate(scratch, plate, {}, naming)
  const first = analyses()
  expect(first.flatMap(({ planes }) => planes)).toHaveLength(2)
  expect(first.flatMap(({ planes }) => planes.map(plane => plane.pixelSize))).toEqual([
    undefined,
    undefined,
  ])

  // So large that what the network takes for nuclei cannot be any: it looks at another scale.
  indexSays(4)
  await json('run', folder, '--store', 'store', '--recipe', recipe)
  const second = analyses().slice(2)
  expect(second.flatMap(({ planes }) => planes.map(plane => plane.pixelSize))).toEqual([4, 4])
  expect(second.map(({ digest }) => digest)).not.toEqual(first.map(({ digest }) => digest))

  indexSays(0.5)
  const report = await json('reproduce', 'store')
  expect(report).toMatchObject({ different: [] })
  expect(report['equal']).toBe(report['records'])
  expect(report['records']).toBeGreaterThanOrEqual(6)
}, 180_000)
