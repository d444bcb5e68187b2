import { parse } from 'csv-parse/sync'
import Database from 'better-sqlite3'
import { appendFileSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parfocal } from '../support/command-line.ts'

type Json = Record<string, unknown>
type CsvRow = Record<string, string>

const folder = mkdtempSync(join(tmpdir(), 'parfocal-plate-'))
const size = ['--wells', '8', '--fields', '2', '--channels', '2', '--size', '320x256']
const defects = ['--defects', 'empty:0.13,missing:0.04,truncated:0.04,defocus:0.13']
let first: Json

async function json(...args: string[]): Promise<Json> {
  const { stdout, stderr } = await parfocal([...args, '--json'], folder)
  expect(stdout, stderr).not.toBe('')
  return JSON.parse(stdout) as Json
}

function csv(name: string): CsvRow[] {
  return parse(readFileSync(join(folder, name), 'utf8'), { columns: true })
}

/** Every file below a folder with its time, to see that nothing was written. */
function inventory(path: string): string[] {
  return readdirSync(path, { recursive: true, encoding: 'utf8' })
    .sort()
    .map(name => `${name} ${statSync(join(path, name)).mtimeMs}`)
}

beforeAll(async () => {
  await parfocal(['simulate', 'P', ...size, ...defects, '--seed', '3', '--truth', 'T'], folder)
  const before = inventory(join(folder, 'P'))
  first = await json('run', 'P', '--store', 'S')
  expect(inventory(join(folder, 'P'))).toEqual(before)
}, 240_000)

afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('a plate that was run', () => {
  test('accounts for every plane that the index promises', () => {
    const truth = csv('T/truth.csv')
    const missing = truth.filter(({ defects: what }) => what!.includes('missing')).length
    const truncated = truth.filter(({ defects: what }) => what!.includes('truncated')).length
    expect(missing).toBeGreaterThan(0)
    expect(truncated).toBeGreaterThan(0)
    expect(first).toMatchObject({
      plates: [
        {
          wells: 8,
          fields: 16,
          planes: { expected: 32, arrived: 32 - missing, unreadable: truncated },
        },
      ],
      unmatched: [],
    })
    const [{ planes, verdicts }] = first['plates'] as [
      { planes: Record<string, number>; verdicts: Record<string, number> },
    ]
    const judged = Object.values(verdicts).reduce((sum, count) => sum + count, 0)
    expect(judged + planes['unreadable']!).toBe(planes['arrived'])
  })

  test('names each file that could not be read', () => {
    const truncated = csv('T/truth.csv').filter(({ defects: what }) => what!.includes('truncated'))
    const faults = first['faults'] as { path: string; kind: string }[]
    expect(faults.map(({ path }) => path.split(/[\\/]/).at(-1)).sort()).toEqual(
      truncated.map(({ path }) => path!.split('/').at(-1)).sort(),
    )
    expect(new Set(faults.map(({ kind }) => kind))).toEqual(new Set(['image-truncated']))
  })

  test('is not done again', async () => {
    const again = await json('run', 'P', '--store', 'S')
    const withoutTime = (report: Json): unknown =>
      JSON.parse(JSON.stringify(report, (key, value: unknown) => (key === 'seconds' ? 0 : value)))
    expect(withoutTime(again)).toEqual(withoutTime(first))
    const db = new Database(join(folder, 'S', 'parfocal.sqlite'), { readonly: true })
    const { activities, subjects } = db
      .prepare(
        `SELECT count(*) AS activities, count(DISTINCT coalesce('p' || planeId, 'f' || fieldId, 'a')) AS subjects
         FROM activity`,
      )
      .get() as { activities: number; subjects: number }
    db.close()
    expect(activities).toBe(subjects)
  })

  test('goes out as tables that hang together', async () => {
    await parfocal(['export', 'S', '--to', 'C', '--as', 'csv'], folder)
    const images = csv('C/image.csv')
    const objects = csv('C/object.csv')
    expect(images).toHaveLength(16)
    for (const { Metadata_Well, Metadata_Site, Count_Nuclei } of images) {
      const own = objects.filter(
        row => row['Metadata_Well'] === Metadata_Well && row['Metadata_Site'] === Metadata_Site,
      )
      expect(own).toHaveLength(Number(Count_Nuclei))
      expect(own.map(row => Number(row['ObjectNumber']))).toEqual(own.map((_, i) => i + 1))
    }
    const wells = csv('C/well.csv')
    const sum = wells.reduce((total, row) => total + Number(row['Count_Nuclei']), 0)
    expect(sum).toBe(objects.length)
    expect(csv('C/plate.csv').map(row => Number(row['Count_Nuclei']))).toEqual([objects.length])
  })

  test('flags just the fields with a plane that failed, is missing or could not be read', async () => {
    await parfocal(['export', 'S', '--to', 'C', '--as', 'csv'], folder)
    for (const row of csv('C/image.csv')) {
      const verdicts = Object.entries(row).filter(([name]) => name.startsWith('Metadata_Verdict_'))
      // A channel that is missing has an empty cell.
      const failed = verdicts.some(([, verdict]) => ['fail', 'unreadable', ''].includes(verdict))
      expect(row['Metadata_QCFlag']).toBe(failed ? '1' : '0')
      if (failed) expect(row['Metadata_QCReasons']).not.toBe('')
    }
  })

  test('finds most of the nuclei that were simulated', async () => {
    await parfocal(['simulate', 'clean', ...size, '--defects', 'none', '--truth', 'CT'], folder)
    await parfocal(['run', 'clean', '--store', 'CS'], folder)
    await parfocal(['export', 'CS', '--to', 'CM', '--as', 'masks'], folder)
    const scores = await json('evaluate', '--predicted', 'CM', '--truth', 'CT/labels')
    expect(scores).toMatchObject({ images: 16, missing: 0 })
    const { '0.5': atHalf } = scores['thresholds'] as Record<string, { f1: number }>
    expect(atHalf!.f1).toBeGreaterThan(0.85)
  })

  test('comes out the same again from the raw files', async () => {
    const report = await json('reproduce', 'S')
    expect(report).toMatchObject({ different: [] })
    expect(report['equal']).toBe(report['records'])
    expect(report['records']).toBeGreaterThan(40)
  })
})

describe('verify', () => {
  test('finds nothing wrong with a store that nobody touched', async () => {
    expect(await json('verify', 'S')).toMatchObject({ ok: true, problems: [] })
  })

  test('names the one raw file of which a byte was flipped, and reproduce names its records', async () => {
    const raw = readdirSync(join(folder, 'P', 'TimePoint_1')).sort()[5]!
    const path = join(folder, 'P', 'TimePoint_1', raw)
    const original = readFileSync(path)
    const bytes = Uint8Array.from(original)
    bytes[5000]! ^= 1
    writeFileSync(path, bytes)
    const report = await json('verify', 'S')
    const reproduced = await json('reproduce', 'S')
    writeFileSync(path, original)
    expect(report).toMatchObject({ ok: false, problems: [{ kind: 'file-altered', where: path }] })
    expect((reproduced['different'] as unknown[]).length).toBeGreaterThan(0)
  })

  test('names the artifact to which a byte was added', async () => {
    const artifacts = join(folder, 'S', 'artifacts')
    const name = readdirSync(artifacts, { recursive: true, encoding: 'utf8' }).find(path =>
      path.endsWith('.parquet'),
    )!
    const original = readFileSync(join(artifacts, name))
    appendFileSync(join(artifacts, name), 'x')
    const report = await json('verify', 'S')
    writeFileSync(join(artifacts, name), original)
    expect(report).toMatchObject({
      ok: false,
      problems: [{ kind: 'artifact-altered', where: join(artifacts, name) }],
    })
  })

  test.each([
    {
      deed: 'a verdict',
      table: 'verdict',
      sql: `UPDATE verdict SET verdict = 'pass'
            WHERE activityId = (SELECT activityId FROM verdict WHERE verdict <> 'pass' LIMIT 1)`,
      kind: 'record-altered',
    },
    {
      deed: 'the well of a field',
      table: 'field',
      sql: `UPDATE field SET well = 'H12' WHERE id = 3`,
      kind: 'record-altered',
    },
    {
      deed: 'who did it',
      table: 'agent',
      sql: `UPDATE agent SET name = 'somebody else' WHERE kind = 'person'`,
      kind: 'record-altered',
    },
    {
      deed: 'an audit row',
      table: 'audit',
      sql: `UPDATE audit SET at = '2020-01-01T00:00:00.000Z' WHERE seq = 7`,
      kind: 'audit-altered',
    },
  ])('names $deed that was changed behind its back', async ({ table, sql, kind }) => {
    const path = join(folder, 'S', 'parfocal.sqlite')
    const original = readFileSync(path)
    const db = new Database(path)
    db.exec(`DROP TRIGGER IF EXISTS ${table}NeverChanges; ${sql}`)
    db.pragma('journal_mode = DELETE')
    db.close()
    const report = await json('verify', 'S')
    writeFileSync(path, original)
    expect(report['ok']).toBe(false)
    const kinds = (report['problems'] as { kind: string }[]).map(problem => problem.kind)
    expect(new Set(kinds)).toEqual(new Set([kind]))
  })
})

describe('a plane that was taken again', () => {
  const target = (): string => {
    const row = csv('T/truth.csv').find(
      ({ defects: what, channel }) => what === '' && channel === 'DAPI',
    )!
    return join(folder, 'P', row['path']!)
  }

  test('and is good supersedes the former; nothing looks like tampering', async () => {
    const path = target()
    const original = readFileSync(path)
    const bytes = Uint8Array.from(original)
    bytes[5000]! ^= 1
    writeFileSync(path, bytes)
    const again = await json('run', 'P', '--store', 'S')
    expect(again['plates']).toMatchObject([{ planes: (first['plates'] as never[])[0]!['planes'] }])
    expect(await json('verify', 'S')).toMatchObject({ ok: true, problems: [] })
    const reproduced = await json('reproduce', 'S')
    expect(reproduced).toMatchObject({ different: [] })
    expect(reproduced['superseded']).toBeGreaterThanOrEqual(2)
    writeFileSync(path, original)
  })

  test('is missed when its file is gone, and what was found in it stays', async () => {
    const path = target()
    const original = readFileSync(path)
    rmSync(path)
    const report = await json('run', 'P', '--store', 'S')
    writeFileSync(path, original)
    expect(report['faults']).toContainEqual(
      expect.objectContaining({ path, kind: 'file-not-found' }),
    )
    expect(report['plates']).toMatchObject([{ planes: (first['plates'] as never[])[0]!['planes'] }])
  })

  test('and cannot be read takes the objects of its field along', async () => {
    const path = target()
    const original = readFileSync(path)
    writeFileSync(path, original.subarray(0, original.length / 2))
    const report = await json('run', 'P', '--store', 'S')
    await parfocal(['export', 'S', '--to', 'R', '--as', 'csv'], folder)
    await parfocal(['export', 'S', '--to', 'RM', '--as', 'masks'], folder)
    const verified = await json('verify', 'S')
    writeFileSync(path, original)
    const name = path.split(/[\\/]/).at(-1)!
    const row = csv('R/image.csv').find(image => image['FileName_DAPI'] === name)!
    expect(row).toMatchObject({ Count_Nuclei: '', Metadata_QCFlag: '1' })
    const [plate] = report['plates'] as { objects: number }[]
    expect(csv('R/object.csv')).toHaveLength(plate!.objects)
    expect(csv('R/plate.csv').map(all => Number(all['Count_Nuclei']))).toEqual([plate!.objects])
    expect(readdirSync(join(folder, 'RM'))).not.toContain(name.replace('.tif', '.labels.tif'))
    expect(verified).toMatchObject({ ok: true })
  })
})

describe('a command that makes no sense', () => {
  test.each([
    { args: ['run', 'nowhere'], says: 'There is no such folder' },
    {
      args: ['run', 'P', '--recipe', 'nonsense'],
      says: '--recipe is nonsense; allowed: nuclei-fluorescence',
    },
    { args: ['run', 'P', '--naming', 'nonsense'], says: '--naming is nonsense' },
    { args: ['run', 'P', '--frobnicate'], says: 'unknown option' },
    { args: ['run', 'P', '--store', 'P/inside'], says: 'it is inside the raw data' },
    { args: ['export', 'nowhere', '--to', 'x', '--as', 'csv'], says: 'There is no store here' },
    { args: ['export', 'S', '--to', 'x', '--as', 'pdf'], says: 'Allowed choices are csv, masks' },
    { args: ['verify', 'nowhere'], says: 'There is no store here' },
    { args: ['reproduce', 'S', '--sample', '0'], says: 'a whole number from 1 on' },
    {
      args: ['evaluate', '--predicted', 'nowhere', '--truth', 'T/labels'],
      says: 'There is no such folder',
    },
    { args: ['quality', 'nowhere.tif'], says: 'There is no such file' },
  ])('$args ends with 2 and says why', async ({ args, says }) => {
    const { code, stdout, stderr } = await parfocal(
      [...args, ...(args[0] === 'run' && !args.includes('--store') ? ['--store', 'N'] : [])],
      folder,
    )
    expect(stderr).toContain(says)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  })

  test('a recipe with a senseless value names the field, the value and what is allowed', async () => {
    const recipe = { format: 1, name: 'mine', seed: -7 }
    writeFileSync(join(folder, 'mine.json'), JSON.stringify(recipe))
    const { code, stderr } = await parfocal(
      ['run', 'P', '--recipe', 'mine.json', '--store', 'N'],
      folder,
    )
    expect(code).toBe(2)
    expect(stderr).toMatch(/seed is -7; allowed: .*>=0/)
  })
})
