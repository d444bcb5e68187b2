import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { PlateSummary, WellQuantity } from '#contract/plates.ts'
import { NUCLEI_FLUORESCENCE, recipeHash } from '#core/recipe.ts'
import { startPool } from '#workstation/analysis/worker-pool.ts'
import { fieldAnswers } from '#workstation/desk/answer-fields.ts'
import { plateAnswers } from '#workstation/desk/answer-plates.ts'
import { createCompletenessReader } from '#workstation/plate-completeness.ts'
import { plateSummary, wellRows } from '#workstation/desk/plate-picture.ts'
import { databasePath, openStore } from '#workstation/store/open-store.ts'
import {
  analyse,
  buildPlate,
  judge,
  prepareLargeStore,
  seconds,
  SHAPE_1536,
  SHAPE_384,
  type LargePlate,
} from './large-plates.ts'

// How fast plates open in a store of many planes: node test/bench/plates.ts [PLATES], 10 by default, 100,000 planes each.
// Builds the store with the functions that intake and the recorder use, triggers and all, then asks what the window asks.
// Prints JSON: rates of writing, and milliseconds of answering (medians of a few, the first apart).

const PLATES = Number(process.argv[2] ?? 10)
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
  prepareLargeStore(db)
  const written = { registered: 0, judged: 0, analysed: 0 }
  const totals = { planes: 0, fields: 0 }
  let large: LargePlate | null = null
  for (let i = 0; i < PLATES; i += 1) {
    let built!: LargePlate
    const shape = i === 0 ? SHAPE_1536 : SHAPE_384
    written.registered += seconds(() => (built = buildPlate(db, i, shape)))
    written.judged += judge(db, built.fields, 100)
    written.analysed += seconds(() => analyse(db, built))
    totals.fields += built.fields.length
    totals.planes += built.fields.length * shape.channels
    large ??= built
    console.error(`${totals.planes} planes`)
  }
  const { plateId, fields } = large!
  const pool = startPool(1)
  const plates = plateAnswers({
    store,
    audit: () => undefined,
    completeness: createCompletenessReader(db, () => new Date()),
  })
  const recorder = { recipe: NUCLEI_FLUORESCENCE, recipeHash: recipeHash(NUCLEI_FLUORESCENCE) }
  const fieldCalls = fieldAnswers({ store, pool, recorder })
  const quantity = (some: WellQuantity) => () =>
    plates['plates.values']({ plateId, quantity: some })
  const answers = {
    'plates.list': await milliseconds(() => plates['plates.list'](undefined)),
    'plates.open': await milliseconds(() => plates['plates.open']({ plateId })),
    'plate summary': await milliseconds((): PlateSummary => plateSummary(db, plateId)!),
    'all well rows': await milliseconds(() => wellRows(db, plateId)),
    'four well rows': await milliseconds(() => wellRows(db, plateId, ['A01', 'B02', 'C03', 'D04'])),
    'plates.completeness': await milliseconds(() => plates['plates.completeness']({ plateId })),
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
    planes: some.length * SHAPE_1536.channels,
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
