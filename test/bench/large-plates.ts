import type { AcquisitionId, FieldId, PlaneId, PlateId, RecordId, Sha256 } from '#core/brand.ts'
import { canonicalJson, type Json } from '#core/canonical.ts'
import { METRIC_NAMES } from '#core/quality/metrics.ts'
import { wellName } from '#core/plate/well.ts'
import { NUCLEI_FLUORESCENCE, recipeHash, recipeText } from '#core/recipe.ts'
import { insertActivity } from '#workstation/store/activities.ts'
import { first, transaction, type WritableDb } from '#workstation/store/db.ts'
import { enterField, enterPlane } from '#workstation/store/fields.ts'
import { appendFieldObjects } from '#workstation/store/objects.ts'
import { enterAcquisition, enterPlate } from '#workstation/store/plates.ts'
import { keepPromise } from '#workstation/store/promises.ts'
import { keepRecipe } from '#workstation/store/recipes.ts'
import { appendVerdict } from '#workstation/store/verdicts.ts'

// Plates of many planes, written into a store by the functions that intake and the recorder use, triggers and all.
// Their images are nowhere: only rows are there to be asked for.

const CHANNELS = ['DNA', 'ER', 'RNA', 'AGP', 'Mito']
export interface PlateShape {
  readonly rows: number
  readonly columns: number
  readonly sites: number
  /** At most five. */
  readonly channels: number
}

/** 99,840 planes in 1536 wells, and as many in 384. */
export const SHAPE_1536: PlateShape = { rows: 32, columns: 48, sites: 13, channels: 5 }
export const SHAPE_384: PlateShape = { rows: 16, columns: 24, sites: 52, channels: 5 }

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
const RECIPE = recipeHash(NUCLEI_FLUORESCENCE)

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

export interface LargePlate {
  readonly plateId: PlateId
  readonly fields: readonly { readonly fieldId: FieldId; readonly planes: readonly PlaneId[] }[]
}

/** To be called once for a store, before its first plate. */
export function prepareLargeStore(db: WritableDb): void {
  keepRecipe(db, RECIPE, NUCLEI_FLUORESCENCE.name, recipeText(NUCLEI_FLUORESCENCE))
  db.exec(`INSERT INTO agent (id, kind, name, detail) VALUES (1, 'software', 'bench', '')`)
}

/** Enters a plate with all its planes, none of which is judged yet. */
export function buildPlate(db: WritableDb, index: number, shape: PlateShape): LargePlate {
  const { rows, columns, sites } = shape
  const names = CHANNELS.slice(0, shape.channels)
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
      expected: wells.length * sites * names.length,
      channels: JSON.stringify(names),
    })
    const site = Array.from({ length: sites }, (_, i) => i + 1)
    const channels = names.map((name, i) => ({ wave: i + 1, name }))
    const block = { wells, sites: site, channels, z: [1], t: [1] }
    keepPromise(db, { acquisitionId: run.id, blocks: [block], format: null })
    for (const well of wells)
      for (const s of site) fields.push(enterOne(db, run.id, well, s, names))
  })
  return { plateId, fields }
}

function enterOne(
  db: WritableDb,
  acquisitionId: AcquisitionId,
  well: string,
  site: number,
  channels: readonly string[],
): { fieldId: FieldId; planes: PlaneId[] } {
  const name = `${well}_s${site}`
  const fieldId = enterField(db, { acquisitionId, name, well, site, t: 1 })
  const planes = channels.map((channel, wave) => {
    const path = `/plates/${acquisitionId}/TimePoint_1/plate_${name}_w${wave + 1}.tif`
    const file = { path, bytes: 9331200, modified: '1700000000000000000', page: 0 }
    enterPlane(db, { fieldId, channel, z: 1, projection: 0, ...file })
    return first<{ id: PlaneId }>(db, 'SELECT max(id) AS id FROM plane')!.id
  })
  return { fieldId, planes }
}

/**
 * Judges every plane of some fields, so many fields in one transaction.
 *
 * @returns the seconds that writing took; the rows are drawn before.
 */
export function judge(db: WritableDb, fields: LargePlate['fields'], fieldsAtOnce: number): number {
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

/** Notes objects for every field of a plate. */
export function analyse(db: WritableDb, { fields }: LargePlate): void {
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

export function seconds(work: () => void): number {
  const start = performance.now()
  work()
  return (performance.now() - start) / 1000
}
