import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { PlateSummary, WellQuantity } from '#contract/plates.ts'
import type { AcquisitionId, FieldId, PlaneId, PlateId, RecordId, Sha256 } from '#core/brand.ts'
import { canonicalJson, type Json } from '#core/canonical.ts'
import { METRIC_NAMES } from '#core/quality/metrics.ts'
import { wellName } from '#core/plate/well.ts'
import { startPool } from '#workstation/analysis/worker-pool.ts'
import { fieldAnswers } from '#workstation/desk/answer-fields.ts'
import { plateAnswers } from '#workstation/desk/answer-plates.ts'
import { plateSummary, wellRows } from '#workstation/desk/plate-picture.ts'
import { insertActivity } from '#workstation/store/activities.ts'
import { first, transaction, type WritableDb } from '#workstation/store/db.ts'
import { enterField, enterPlane } from '#workstation/store/fields.ts'
import { appendFieldObjects } from '#workstation/store/objects.ts'
import { databasePath, openStore } from '#workstation/store/open-store.ts'
import { enterAcquisition, enterPlate } from '#workstation/store/plates.ts'
import { keepPromise } from '#workstation/store/promises.ts'
import { keepRecipe } from '#workstation/store/recipes.ts'
import { appendVerdict } from '#workstation/store/verdicts.ts'

// How fast plates open in a store of many planes: node test/bench/plates.ts [PLATES], 10 by default, 100,000 planes each.
// Builds the store with the functions that intake and the recorder use, triggers and all, then asks what the window asks.
// Prints JSON: rates of writing, and milliseconds of answering (medians of a few, the first apart).

const PLATES = Number(process.argv[2] ?? 10)
const CHANNELS = ['DNA', 'ER', 'RNA', 'AGP', 'Mito']
/** The first plate has 1536 wells of 13 fields, the others 384 of 52: 99,840 planes each. */
const SHAPES = [
  { rows: 32, columns: 48, sites: 13 },
  { rows: 16, columns: 24, sites: 52 },
]
const MEASURES = [
  ...['Area', 'Perimeter', 'Eccentricity', 'Solidity', 'Extent', 'FormFactor', 'Compactness'].map(
    name => `AreaShape_${name}`,
  ),
  ...CHANNELS.flatMap(channel =>
    ['MeanIntensity', 'MedianIntensity', 'StdIntensity', 'MinIntensity', 'MaxIntensity'].map(
      name => `Intensity_${name}_${channel}`,
    ),
  ),
]
const AT = '2026-03-01T08:00:00.000Z'
const RECIPE = 'e'.repeat(64) as Sha256

/** The same numbers between 0 and 1 on every run (Park and Miller 1988). */
function* numbers(): Generator<number, never> {
  let state = 2024
  while (true) {
    state = (state * 48271) % 2147483647
    yield state / 2147483647
  }
}

const random = numbers()
const next = (): number => random.next().value

/** As scattered as a hash, which is what makes an index of ids slow. */
function recordId(): RecordId {
  const digits = Array.from({ length: 8 }, () =>
    Math.floor(next() * 2 ** 32)
      .toString(16)
      .padStart(8, '0'),
  )
  return digits.join('') as RecordId
}

function enterActivity(
  db: WritableDb,
  id: RecordId,
  kind: 'quality' | 'analysis',
  planeId: PlaneId | null,
  fieldId: FieldId | null,
): void {
  insertActivity(db, {
    id,
    kind,
    planeId,
    fieldId,
    acquisitionId: null,
    recipeHash: RECIPE,
    stages: '[{"id":"quality.metrics","version":3},{"id":"quality.verdict","version":2}]',
    model: null,
    provider: 'cpu',
    threads: 1,
    seed: 0,
    softwareId: 1,
    personId: 1,
    machine: 'microscope-pc',
    startedAt: AT,
    endedAt: AT,
    outcome: 'done',
    digest: id as string as Sha256,
  })
}

interface Built {
  readonly plateId: PlateId
  readonly fields: readonly { readonly fieldId: FieldId; readonly planes: readonly PlaneId[] }[]
}

function buildPlate(db: WritableDb, index: number): Built {
  const { rows, columns, sites } = SHAPES[Math.min(index, 1)]!
  const wells = Array.from({ length: rows * columns }, (_, i) =>
    wellName({ row: Math.floor(i / columns), column: i % columns }),
  )
  const fields: { fieldId: FieldId; planes: PlaneId[] }[] = []
  let plateId = 0 as PlateId
  transaction(db, () => {
    plateId = enterPlate(db, `BR${String(index).padStart(5, '0')}`, '')
    const run = enterAcquisition(db, {
      plateId,
      folder: `/plates/${index}`,
      instrument: 'imagexpress',
      namedBy: 'index',
      expected: wells.length * sites * CHANNELS.length,
      channels: JSON.stringify(CHANNELS),
    })
    const site = Array.from({ length: sites }, (_, i) => i + 1)
    const channels = CHANNELS.map((name, i) => ({ wave: i + 1, name }))
    const block = { wells, sites: site, channels, z: [1], t: [1] }
    keepPromise(db, { acquisitionId: run.id, blocks: [block] })
    for (const well of wells) for (const s of site) fields.push(enterOne(db, run.id, well, s))
  })
  return { plateId, fields }
}

function enterOne(
  db: WritableDb,
  acquisitionId: AcquisitionId,
  well: string,
  site: number,
): { fieldId: FieldId; planes: PlaneId[] } {
  const name = `${well}_s${site}`
  const fieldId = enterField(db, { acquisitionId, name, well, site, t: 1 })
  const planes = CHANNELS.map((channel, wave) => {
    const path = `/plates/${acquisitionId}/TimePoint_1/plate_${name}_w${wave + 1}.tif`
    const file = { path, bytes: 9331200, modified: '1700000000000000000', page: 0 }
    enterPlane(db, { fieldId, channel, z: 1, projection: 0, ...file })
    return first<{ id: PlaneId }>(db, 'SELECT max(id) AS id FROM plane')!.id
  })
  return { fieldId, planes }
}

/** @returns the seconds that writing took; the rows are drawn before */
function judge(db: WritableDb, fields: Built['fields'], fieldsAtOnce: number): number {
  let took = 0
  for (let from = 0; from < fields.length; from += fieldsAtOnce) {
    const rows = fields
      .slice(from, from + fieldsAtOnce)
      .flatMap(({ planes }) => planes)
      .map(planeId => ({ planeId, id: recordId(), fails: next() < 0.08, metrics: drawMetrics() }))
    took += seconds(() =>
      transaction(db, () => {
        for (const { planeId, id, fails, metrics } of rows) {
          enterActivity(db, id, 'quality', planeId, null)
          appendVerdict(db, {
            activityId: id,
            planeId,
            verdict: fails ? 'fail' : 'pass',
            reasons: fails ? '["defocus"]' : '[]',
            image: '{"bits":16,"height":2160,"width":2160}',
            metrics,
          })
        }
      }),
    )
  }
  return took
}

function drawMetrics(): string {
  return canonicalJson(Object.fromEntries(METRIC_NAMES.map(name => [name, next()])))
}

function analyse(db: WritableDb, { fields }: Built): void {
  transaction(db, () => {
    for (const { fieldId, planes } of fields) {
      const measures = MEASURES.map(name => {
        const [mean, median, mad, sd, min, max] = Array.from({ length: 6 }, next)
        return { name, mean, median, mad, sd, min, max, missing: 0 }
      })
      const analysed = planes.map((planeId, i) => ({ channel: CHANNELS[i]!, planeId }))
      const activityId = recordId()
      enterActivity(db, activityId, 'analysis', null, fieldId)
      appendFieldObjects(db, {
        activityId,
        fieldId,
        planes: canonicalJson(analysed as unknown as Json),
        count: Math.floor(next() * 200),
        diameter: 20,
        measures: canonicalJson(measures as unknown as Json),
      })
    }
  })
}

function seconds(work: () => void): number {
  const start = performance.now()
  work()
  return (performance.now() - start) / 1000
}

async function milliseconds(work: () => unknown): Promise<{ first: number; median: number }> {
  const times: number[] = []
  for (let i = 0; i < 6; i += 1) {
    const start = performance.now()
    await work()
    times.push(performance.now() - start)
  }
  const [cold, ...warm] = times
  const tenth = (value: number): number => Math.round(value * 10) / 10
  return { first: tenth(cold!), median: tenth(warm.sort((a, b) => a - b)[2]!) }
}

const folder = mkdtempSync(join(tmpdir(), 'parfocal-bench-'))
try {
  const opened = openStore(folder)
  if (!opened.ok) throw new Error(JSON.stringify(opened.fault))
  const store = opened.value
  const { db } = store
  keepRecipe(db, RECIPE, 'bench', '{}')
  db.exec(`INSERT INTO agent (id, kind, name, detail) VALUES (1, 'software', 'bench', '')`)
  const written = { registered: 0, judged: 0, analysed: 0 }
  const totals = { planes: 0, fields: 0 }
  let large: Built | null = null
  for (let i = 0; i < PLATES; i += 1) {
    let built!: Built
    written.registered += seconds(() => (built = buildPlate(db, i)))
    written.judged += judge(db, built.fields, 100)
    written.analysed += seconds(() => analyse(db, built))
    totals.fields += built.fields.length
    totals.planes += built.fields.length * CHANNELS.length
    large ??= built
    console.error(`${totals.planes} planes`)
  }
  const { plateId, fields } = large!
  const pool = startPool(1)
  const plates = plateAnswers({ store, audit: () => undefined })
  const fieldCalls = fieldAnswers({ store, pool })
  const quantity = (some: WellQuantity) => () =>
    plates['plates.values']({ plateId, quantity: some })
  const answers = {
    'plates.list': await milliseconds(() => plates['plates.list'](undefined)),
    'plates.open': await milliseconds(() => plates['plates.open']({ plateId })),
    'plate summary': await milliseconds((): PlateSummary => plateSummary(db, plateId)!),
    'all well rows': await milliseconds(() => wellRows(db, plateId)),
    'four well rows': await milliseconds(() => wellRows(db, plateId, ['A01', 'B02', 'C03', 'D04'])),
    'plates.fields': await milliseconds(() =>
      plates['plates.fields']({ plateId, well: 'C03', history: false }),
    ),
    'values of a metric': await milliseconds(
      quantity({ kind: 'metric', metric: 'FocusScore', channel: 'DNA', statistic: 'mean' }),
    ),
    'values of a measure': await milliseconds(
      quantity({ kind: 'measure', measure: 'AreaShape_Area', statistic: 'mean' }),
    ),
    'fields.open': await milliseconds(() =>
      fieldCalls['fields.open']({ fieldId: fields[500]!.fieldId }),
    ),
    'fields.reference': await milliseconds(() =>
      fieldCalls['fields.reference']({ planeId: fields[500]!.planes[0]! }),
    ),
  }
  const some = fields.slice(0, 1000)
  const again = {
    planes: some.length * CHANNELS.length,
    seconds: judge(db, some, 1),
  }
  const perSecond = {
    'planes registered': Math.round(totals.planes / written.registered),
    'verdicts, 500 a transaction': Math.round(totals.planes / written.judged),
    'verdicts, 5 a transaction, each on the disk': Math.round(again.planes / again.seconds),
    analyses: Math.round(totals.fields / written.analysed),
  }
  const megabytes = Math.round(statSync(databasePath(folder)).size / 2 ** 20)
  console.log(JSON.stringify({ ...totals, megabytes, perSecond, milliseconds: answers }, null, 2))
  pool.end()
  store.close()
} finally {
  rmSync(folder, { recursive: true, force: true })
}
