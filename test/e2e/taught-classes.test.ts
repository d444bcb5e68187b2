import { parse } from 'csv-parse/sync'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parfocal } from '../support/command-line.ts'
import { writeClassifier, writeEmbedder, writeFinder } from '../support/describing-packages.ts'

type CsvRow = Readonly<Record<string, string>>
type Json = Readonly<Record<string, unknown>>

const folder = mkdtempSync(join(tmpdir(), 'parfocal-classes-'))
const INFER = { models: ['bright-nuclei@1.0.0'], diameter: 20 }
let embedded: readonly CsvRow[]
let taught: Json

async function json(...args: string[]): Promise<Json> {
  const { stdout, stderr } = await parfocal([...args, '--json'], folder)
  expect(stdout, stderr).not.toBe('')
  return JSON.parse(stdout) as Json
}

function put(name: string, content: object | string): string {
  writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content))
  return name
}

function recipe(name: string, infer: object): string {
  return put(`${name}.json`, { format: 1, name, infer: { ...INFER, ...infer } })
}

async function run(file: string): Promise<void> {
  const { faults } = await json('run', 'P', '--store', 'S', '--recipe', file)
  expect(faults).toEqual([])
}

async function exported(to: string): Promise<(table: string) => readonly CsvRow[]> {
  await parfocal(['export', 'S', '--to', to, '--as', 'csv'], folder)
  return table => parse(readFileSync(join(folder, to, `${table}.csv`), 'utf8'), { columns: true })
}

/** `plate,well,site,object` as object.csv has them. */
function keyOf(row: CsvRow): string {
  const { Metadata_Plate, Metadata_Well, Metadata_Site, ObjectNumber } = row
  return [Metadata_Plate, Metadata_Well, Metadata_Site, ObjectNumber].join(',')
}

/** Larger than in the middle of all, by what was measured of it: what a person would name. */
function isLarge(row: CsvRow, rows: readonly CsvRow[]): boolean {
  const area = (one: CsvRow) => Number(one['Nuclei_AreaShape_Area'])
  const areas = rows.map(area).toSorted((a, b) => a - b)
  return area(row) > areas[Math.floor(areas.length / 2)]!
}

beforeAll(async () => {
  const plate = ['--wells', '3', '--fields', '1', '--channels', '1', '--size', '256x256']
  await parfocal(['simulate', 'P', ...plate, '--defects', 'none', '--seed', '5'], folder)
  writeFinder(join(folder, 'finder'))
  writeEmbedder(join(folder, 'embedder'), { id: 'toy-embedding' })
  writeEmbedder(join(folder, 'other'), { id: 'other-embedding', seed: 2 })
  writeClassifier(join(folder, 'classifier'), { id: 'toy-classes' })
  writeClassifier(join(folder, 'second'), { id: 'more-classes', seed: 3 })
  for (const name of ['finder', 'embedder', 'other', 'classifier', 'second']) {
    const { code, stderr } = await parfocal(['models', 'add', name, '--store', 'S'], folder)
    expect(code, stderr).toBe(0)
  }
  await run(recipe('embed', { embedding: 'toy-embedding@1.0.0' }))
  embedded = (await exported('C1'))('object')
  const lines = embedded.map(row => `${keyOf(row)},${isLarge(row, embedded) ? 'large' : 'small'}`)
  put('examples.csv', ['plate,well,site,object,class', ...lines].join('\n'))
  const options = ['--examples', 'examples.csv', '--to', 'taught.json']
  taught = await json('models', 'teach', 'S', ...options, '--model', 'toy-embedding@1.0.0')
}, 240_000)

afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('objects that were embedded', () => {
  test('have unit vectors in their table', () => {
    expect(embedded.length).toBeGreaterThan(30)
    for (const row of embedded) {
      const values = Array.from({ length: 8 }, (_, k) => Number(row[`Nuclei_Embedding_0${k}`]))
      expect(Math.hypot(...values)).toBeCloseTo(1, 5)
    }
  })

  test('are found again by what they look like', async () => {
    const [first] = embedded
    const { objects } = await json('models', 'similar', 'S', '--to', keyOf(first!), '--most', '5')
    const vector = (row: CsvRow) =>
      Array.from({ length: 8 }, (_, k) => Number(row[`Nuclei_Embedding_0${k}`]))
    const own = vector(first!)
    const expected = embedded
      .slice(1)
      .map(row => ({ row, cosine: vector(row).reduce((sum, x, k) => sum + x * own[k]!, 0) }))
      .toSorted((a, b) => b.cosine - a.cosine)
    const found = objects as readonly { readonly Similarity: number }[]
    expect(found).toHaveLength(5)
    expect(found.map(({ Similarity }) => Similarity)).toEqual(
      expected.slice(0, 5).map(({ cosine }) => Number(cosine.toFixed(6))),
    )
  })

  test('that are not known are refused', async () => {
    const { code, stderr } = await parfocal(
      ['models', 'similar', 'S', '--to', 'P,A01,1,99'],
      folder,
    )
    expect(code).toBe(2)
    expect(stderr).toContain('--to')
  })
})

describe('classes that were taught', () => {
  test('are told better than by chance by examples left out', () => {
    const { tested, accuracy } = taught['leaveOneOut'] as { tested: number; accuracy: number }
    expect(tested).toBe(embedded.length)
    expect(accuracy).toBeGreaterThan(0.6)
    expect(taught).toMatchObject({ name: 'embed-classes', faults: [] })
    expect(taught['leaveWellOut']).not.toBeNull()
  })

  test('come with the recipe alone, on the whole path', async () => {
    await run('taught.json')
    const table = await exported('C2')
    const rows = table('object')
    const right = rows.filter(row => {
      const large = Number(row['Nuclei_Class_large'])
      const small = Number(row['Nuclei_Class_small'])
      expect(large + small).toBeCloseTo(1, 9)
      return isLarge(row, rows) === large > small
    })
    expect(right.length / rows.length).toBeGreaterThan(0.6)
    const names = (taught['classes'] as { name: string }[]).map(({ name }) => name)
    for (const row of table('image')) {
      const own = rows.filter(one => one['Metadata_Field'] === row['Metadata_Field'])
      for (const [k, name] of [...names, 'Unclassified'].entries()) {
        const index = name === 'Unclassified' ? 0 : k + 1
        const count = own.filter(one => Number(one['Nuclei_Class_Index']) === index).length
        expect(Number(row[`Count_Class_${name}`])).toBe(count)
      }
    }
    const counted = ['large', 'small', 'Unclassified'].map(name => {
      const sum = table('well').reduce((all, row) => all + Number(row[`Count_Class_${name}`]), 0)
      expect(Number(table('plate')[0]![`Count_Class_${name}`])).toBe(sum)
      return sum
    })
    expect(counted.reduce((sum, count) => sum + count)).toBe(rows.length)
  })

  test('say which lines name nothing, and go on with the rest', async () => {
    const examples = readFileSync(join(folder, 'examples.csv'), 'utf8')
    put(
      'more.csv',
      `${examples}\nP,H12,1,1,large\n${keyOf(embedded[0]!).replace(/\d+$/, '999')},small`,
    )
    const options = ['--examples', 'more.csv', '--to', 'more.json', '--by', 'logistic']
    const { code, stdout } = await parfocal(['models', 'teach', 'S', ...options, '--json'], folder)
    expect(code).toBe(1)
    const { faults } = JSON.parse(stdout) as { faults: { line: number }[] }
    expect(faults.map(({ line }) => line)).toEqual([embedded.length + 2, embedded.length + 3])
    expect(readdirSync(folder)).toContain('more.json')
  })

  test.each([
    ['one class', 'small,small,small'],
    ['one example of a class', 'small,small,large'],
  ])('want more than %s', async (_, classes) => {
    const lines = classes.split(',').map((name, i) => `${keyOf(embedded[i]!)},${name}`)
    put('few.csv', ['plate,well,site,object,class', ...lines].join('\n'))
    const options = ['--examples', 'few.csv', '--to', 'few.json']
    const { code, stderr } = await parfocal(['models', 'teach', 'S', ...options], folder)
    expect(code).toBe(2)
    expect(stderr).toContain('two classes or more')
  })

  test('are refused by networks that embedded nothing', async () => {
    const options = ['--examples', 'examples.csv', '--to', 'x.json', '--model', 'absent@1.0.0']
    const { code, stderr } = await parfocal(['models', 'teach', 'S', ...options], folder)
    expect(code).toBe(2)
    expect(stderr).toContain('toy-embedding@1.0.0')
  })
})

describe('classes by networks', () => {
  test('of objects, by an ensemble in eight orientations', async () => {
    const models = ['toy-classes@1.0.0', 'more-classes@1.0.0']
    const classes = { by: 'network', models }
    const embedding = ['toy-embedding@1.0.0', 'other-embedding@1.0.0']
    await run(recipe('ensemble', { embedding, classes, augment: { dihedral: 8 } }))
    const table = await exported('C3')
    for (const row of table('object')) {
      const sum = ['dim', 'middling', 'bright'].reduce((all, name) => {
        return all + Number(row[`Nuclei_Class_${name}`])
      }, 0)
      expect(sum).toBeCloseTo(1, 9)
      expect(Number(row['Nuclei_Class_MutualInformation'])).toBeGreaterThan(0)
      expect(Number(row['Nuclei_Embedding_Dispersion'])).toBeGreaterThan(0)
    }
  })

  test('of the field as a whole', async () => {
    const classes = {
      by: 'network',
      models: ['toy-classes@1.0.0'],
      of: 'field',
      saliency: 'occlusion',
    }
    await run(recipe('whole', { classes }))
    const table = await exported('C4')
    for (const row of table('image')) {
      const probabilities = ['dim', 'middling', 'bright'].map(name => {
        return Number(row[`Prediction_Class_${name}`])
      })
      expect(probabilities.reduce((sum, one) => sum + one)).toBeCloseTo(1, 9)
      expect(['dim', 'middling', 'bright', 'unclassified']).toContain(row['Prediction_Class'])
    }
    expect(table('object')[0]).not.toHaveProperty('Nuclei_Class_Index')
  })
})

test('all of it can be done again, to the bit', async () => {
  const { records, equal, different } = await json('reproduce', 'S')
  expect(different).toEqual([])
  expect(equal).toBe(records)
  const { ok } = await json('verify', 'S')
  expect(ok).toBe(true)
})

// The last, since what a store met stays in its reports.
test('networks that cannot do it are a fault that says why', async () => {
  const classes = { by: 'network', models: ['toy-embedding@1.0.0'] }
  const file = recipe('wrong', { classes })
  const { faults } = await json('run', 'P', '--store', 'S', '--recipe', file)
  const [first] = faults as { kind: string; message: string }[]
  expect(first).toMatchObject({ kind: 'model-not-usable' })
  expect(first!.message).toContain('its task is embedding')
})
