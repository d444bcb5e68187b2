import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Recipe } from '#core/recipe.ts'
import { analyseField } from '#workstation/analysis/analyse-field.ts'
import type { PlaneSource } from '#workstation/analysis/job.ts'
import { createNetworkBench } from '#workstation/inference/network-bench.ts'
import { recordedNetworks } from '#workstation/inference/ready-networks.ts'
import { bundledPackage } from '#workstation/inference/registry/bundled-models.ts'
import { artifactPath } from '#workstation/record/artifacts.ts'
import { all, first, type ReadableDb } from '#workstation/store/db.ts'
import { openStoreReader } from '#workstation/store/open-store.ts'
import { writeChoosyPackage } from '../support/choosy-package.ts'
import { parfocal, startParfocal } from '../support/command-line.ts'
import { storeContents } from '../support/store-contents.ts'
import { valueOf } from '../support/value-of.ts'

type Json = Record<string, unknown>

const folder = mkdtempSync(join(tmpdir(), 'parfocal-networks-'))
const ENSEMBLE = {
  models: ['nuclei-1@1.0.0', 'twin@1.0.0'],
  augment: { dihedral: 8 },
  dropout: { passes: 2 },
}
let undisturbedMs = 0

async function json(...args: readonly string[]): Promise<Json & { readonly code: number | null }> {
  const { stdout, stderr, code } = await parfocal([...args, '--json'], folder)
  expect(stdout, stderr).not.toBe('')
  return { ...(JSON.parse(stdout) as Json), code }
}

/** The commands that make a plate and a store ready must work. */
async function does(...args: readonly string[]): Promise<void> {
  const { code, stderr } = await parfocal(args, folder)
  expect(code, stderr).toBe(0)
}

function writeRecipe(name: string, recipe: object): string {
  writeFileSync(join(folder, name), JSON.stringify({ format: 1, name: 'mine', ...recipe }))
  return name
}

function read<T>(store: string, work: (db: ReadableDb) => T): T {
  const reader = valueOf(openStoreReader(join(folder, store)))
  try {
    return work(reader.db)
  } finally {
    reader.close()
  }
}

/** Of the analyses by a seed, by field. */
function digestsOf(store: string, seed: number): Readonly<Record<string, string>> {
  const rows = read(store, db =>
    all<{ name: string; digest: string }>(
      db,
      `SELECT field.name, digest FROM activity JOIN field ON field.id = fieldId
       WHERE kind = 'analysis' AND outcome = 'done' AND seed = ?`,
      seed,
    ),
  )
  return Object.fromEntries(rows.map(({ name, digest }) => [name, digest]))
}

beforeAll(async () => {
  // The shipped network once more, under another name and with another temperature.
  const { path } = bundledPackage({ model: 'nuclei-1', version: '1.0.0' })!
  cpSync(path, join(folder, 'twin'), { recursive: true })
  const description = readFileSync(join(path, 'rdf.yaml'), 'utf8')
  const twin = description
    .replace('\nid: nuclei-1\n', '\nid: twin\n')
    .replace(/temperature: [\d.]+/, 'temperature: 1.3')
  expect(twin).not.toBe(description)
  writeFileSync(join(folder, 'twin', 'rdf.yaml'), twin)
  writeRecipe('seed-3.json', { seed: 3, infer: ENSEMBLE })
  writeRecipe('seed-4.json', { seed: 4, infer: ENSEMBLE })
  const size = ['--wells', '2', '--fields', '1', '--channels', '1', '--size', '128x96']
  await does('simulate', 'P', ...size, '--defects', 'none', '--seed', '3')
  for (const store of ['S', 'rough']) await does('models', 'add', 'twin', '--store', store)
  const startedAt = performance.now()
  const report = await json('run', 'P', '--store', 'S', '--recipe', 'seed-3.json')
  undisturbedMs = performance.now() - startedAt
  expect(report).toMatchObject({ code: 0, faults: [], plates: [{ fields: 2 }] })
}, 300_000)

afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }))

describe('a plate on which an ensemble looked, augmented and with dropout', () => {
  test('has a prediction for every field, of as many passes as the recipe says', () => {
    const rows = storeContents(join(folder, 'S')).predictions as { details: string }[]
    expect(rows).toHaveLength(2)
    for (const { details } of rows) expect(JSON.parse(details)).toMatchObject({ passes: 32 })
  })

  test('is sound, and comes out the same again to the last bit', async () => {
    expect(await json('verify', 'S')).toMatchObject({ ok: true, problems: [] })
    const report = await json('reproduce', 'S')
    expect(report).toMatchObject({ code: 0, different: [] })
    expect(report['equal']).toBe(report['records'])
    expect(report['records']).toBeGreaterThanOrEqual(5)
  })

  test('has the same bits whatever the number of threads', async () => {
    const { job, bench } = read('S', db => {
      const { recipe, networks } = recordedIn(db, join(folder, 'S'))
      const sources = all<{ key: number; path: string; channel: string; field: string }>(
        db,
        `SELECT plane.id AS key, path, channel, field.name AS field
         FROM plane JOIN file ON file.id = fileId JOIN field ON field.id = fieldId ORDER BY path`,
      )
      return { job: { recipe, networks, source: sources[0]! }, bench: createNetworkBench }
    })
    const { recipe, networks, source } = job
    const plane: PlaneSource = {
      ...source,
      page: 0,
      z: 0,
      projection: false,
      sharpness: null,
      pixelSize: null,
    }
    const analyse = { segmented: source.channel, candidates: [plane], networks }
    const store = join(folder, 'threads')
    for (const threads of [1, 2, 4]) {
      const { analysis } = await analyseField(
        { kind: 'field', judge: [], analyse: { ...analyse, store }, recipe },
        bench(threads),
      )
      const { digest, prediction } = valueOf(analysis!.result)
      expect(prediction!.served.threads).toBe(threads)
      expect(digest).toBe(digestsOf('S', 3)[source.field])
    }
  })

  test(
    'has them after the run was killed in the middle, over and over',
    { timeout: 300_000 },
    async () => {
      const args = ['run', 'P', '--store', 'rough', '--recipe', 'seed-3.json']
      for (const share of [0.4, 0.65, 0.85]) {
        const child = startParfocal(args, folder)
        const closed = new Promise(resolve => child.once('close', resolve))
        await new Promise(resolve => setTimeout(resolve, share * undisturbedMs))
        child.kill('SIGKILL')
        await closed
      }
      expect(await json(...args)).toMatchObject({ code: 0, faults: [] })
      expect(storeContents(join(folder, 'rough'))).toEqual(storeContents(join(folder, 'S')))
      expect(await json('verify', 'rough')).toMatchObject({ ok: true, problems: [] })
    },
  )

  test('has other bits by another seed', async () => {
    await json('run', 'P', '--store', 'rough', '--recipe', 'seed-4.json')
    const [three, four] = [digestsOf('rough', 3), digestsOf('rough', 4)]
    expect(three).toEqual(digestsOf('S', 3))
    expect(Object.keys(four)).toEqual(Object.keys(three))
    for (const [field, digest] of Object.entries(four)) expect(digest).not.toBe(three[field])
    const uncertainties = (seed: number): readonly number[] =>
      read('rough', db =>
        all<{ uncertainty: number }>(
          db,
          `SELECT uncertainty FROM prediction JOIN activity ON activity.id = activityId
           WHERE seed = ? ORDER BY prediction.fieldId`,
          seed,
        ).map(({ uncertainty }) => uncertainty),
      )
    expect(uncertainties(4)).not.toEqual(uncertainties(3))
  })
})

test('weights of which a bit was flipped are refused by run, named by verify, told by reproduce', async () => {
  const weights = read('S', db =>
    first<{ location: string }>(db, `SELECT location FROM entity WHERE location LIKE '%.onnx'`),
  )!
  cpSync(join(folder, 'S'), join(folder, 'flipped'), { recursive: true })
  const path = artifactPath(join(folder, 'flipped'), weights.location)
  const bytes = Uint8Array.from(readFileSync(path))
  bytes[bytes.length >> 1]! ^= 1
  writeFileSync(path, bytes)
  writeRecipe('seed-5.json', { seed: 5, infer: { models: ['nuclei-1@1.0.0'] } })
  const run = await json('run', 'P', '--store', 'flipped', '--recipe', 'seed-5.json')
  expect(run.code).toBe(1)
  const kinds = (run['faults'] as { kind: string }[]).map(({ kind }) => kind)
  expect(kinds).toEqual(['model-not-usable', 'model-not-usable'])
  expect(digestsOf('flipped', 5)).toEqual({})
  expect(await json('verify', 'flipped')).toMatchObject({
    ok: false,
    problems: [{ kind: 'artifact-altered', where: path }],
  })
  const reproduced = await json('reproduce', 'flipped')
  expect(reproduced.code).toBe(1)
  expect(reproduced['different']).toHaveLength(2)
})

test('a network that fails over some fields costs those, by the name of the fault', async () => {
  writeChoosyPackage(join(folder, 'choosy'), 1400)
  writeRecipe('choosy.json', { infer: { models: ['choosy@1.0.0'] } })
  const size = ['--wells', '6', '--fields', '1', '--channels', '1', '--size', '128x128']
  await does('simulate', 'some-empty', ...size, '--defects', 'empty:0.5', '--seed', '2')
  await does('models', 'add', 'choosy', '--store', 'C')
  const run = await json('run', 'some-empty', '--store', 'C', '--recipe', 'choosy.json')
  const faults = run['faults'] as { kind: string; message: string }[]
  const { predictions, verdicts } = storeContents(join(folder, 'C'))
  expect(run.code).toBe(1)
  expect(faults.length).toBeGreaterThan(0)
  expect(predictions.length).toBeGreaterThan(0)
  expect(faults.length + predictions.length).toBe(6)
  expect(verdicts).toHaveLength(6)
  for (const fault of faults) {
    expect(fault.kind).toBe('inference-failed')
    expect(fault.message).toContain('choosy@1.0.0')
  }
  expect(await json('verify', 'C')).toMatchObject({ ok: true, problems: [] })
  expect(readdirSync(join(folder, 'C'))).toContain('artifacts')
})

/** The recipe of the store's first analysis, and the networks that it was done with. */
function recordedIn(db: ReadableDb, store: string) {
  const { document } = first<{ document: string }>(
    db,
    `SELECT document FROM recipe JOIN activity ON recipeHash = hash WHERE kind = 'analysis'`,
  )!
  const recipe = Recipe.parse(JSON.parse(document))
  return { recipe, networks: valueOf(recordedNetworks({ db, folder: store }, recipe)) }
}
