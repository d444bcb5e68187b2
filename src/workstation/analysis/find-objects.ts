import { deflateSync } from 'node:zlib'
import { segmentNuclei } from '#core/derive/nuclei.ts'
import { ok, type Result } from '#core/fault.ts'
import { encodeTiff } from '#core/image/encode-tiff.ts'
import type { Labels } from '#core/image/labels.ts'
import type { MeasureColumn, ObjectTable } from '#core/measure/object-table.ts'
import { measureObjects } from '#core/measure/objects.ts'
import { aggregateObjects } from '#core/plate/aggregate.ts'
import type { Recipe } from '#core/recipe.ts'
import type { NetworkBench } from '../inference/network-bench.ts'
import { predictObjects, type PredictedObjects } from '../inference/predict-objects.ts'
import { keepArtifact } from '../record/artifacts.ts'
import { digestOf, digestOfBytes } from '../record/digest.ts'
import { analysisDigest } from '../record/output-digest.ts'
import { attempt } from '../store/store-fault.ts'
import type { AnalysisRequest, FieldAnalysis, FieldPrediction, PlaneSource } from './job.ts'
import { encodeObjects } from './object-file.ts'
import type { PlaneInHand } from './plane-in-hand.ts'

/**
 * Finds and measures the objects of a field, by classical methods or by the recipe's networks, and keeps them.
 *
 * @param planes of one size, that of the channel in which objects are looked for first
 */
export async function findObjects(
  planes: readonly PlaneInHand[],
  { store, networks }: Pick<AnalysisRequest, 'store' | 'networks'>,
  recipe: Recipe,
  bench: NetworkBench,
): Promise<Result<FieldAnalysis>> {
  const found = await segment(planes, networks, recipe, bench)
  if (!found.ok) return found
  const { labels, diameter, columns, predicted } = found.value
  const channels = planes.map(({ channel, plane }) => ({ name: channel, plane }))
  const measured = measureObjects.run({ labels, channels }, measureObjects.defaults)
  const table = { ...measured, columns: [...measured.columns, ...columns] }
  const { measures } = aggregateObjects.run([table], aggregateObjects.defaults)
  const kept = attempt(store, () => ({
    artifacts: {
      labels: keepArtifact(store, encodeLabels(labels), 'labels.tif'),
      objects: keepArtifact(store, encodeObjects(table), 'parquet'),
    },
    prediction: predicted === null ? null : keepPrediction(store, predicted),
  }))
  if (!kept.ok) return kept
  const analysed = planes.flatMap(({ sources }) =>
    sources.map(source => analysedPlane(source, recipe)),
  )
  const content = { labels: digestOfLabels(labels), objects: digestOfTable(table) }
  const all = { planes: analysed, count: labels.count, diameter, measures }
  const digest = analysisDigest({ ...all, content, prediction: contentOf(predicted) })
  return ok({ ...all, digest, ...kept.value })
}

/** Classical methods ask for no pixel size, so their records say none. */
function analysedPlane(
  { channel, key, pixelSize }: PlaneSource,
  { infer }: Recipe,
): FieldAnalysis['planes'][number] {
  const counts = infer !== undefined && pixelSize !== null
  return { channel, key, ...(counts && { pixelSize }) }
}

interface Segmentation {
  readonly labels: Labels
  readonly diameter: number | null
  readonly columns: readonly MeasureColumn[]
  readonly predicted: PredictedObjects | null
}

async function segment(
  planes: readonly PlaneInHand[],
  networks: AnalysisRequest['networks'],
  recipe: Recipe,
  bench: NetworkBench,
): Promise<Result<Segmentation>> {
  const [nuclei] = planes
  if (nuclei === undefined) throw new Error('No plane was chosen')
  if (recipe.infer === undefined) {
    const { labels, diameter } = segmentNuclei.run(nuclei.plane, recipe.derive.nuclei)
    return ok({ labels, diameter, columns: [], predicted: null })
  }
  const { infer } = recipe
  const predicted = await predictObjects(planes, networks, { ...recipe, infer }, bench)
  if (!predicted.ok) return predicted
  const { labels, diameter, columns } = predicted.value
  return ok({ labels, diameter, columns, predicted: predicted.value })
}

function keepPrediction(store: string, predicted: PredictedObjects): FieldPrediction {
  const { served, uncertainty, components, novelty, decision, reasons } = predicted
  const { passes, factor, classes } = predicted
  const maps = predicted.maps.map(({ kind, width, height, pixels }) => {
    const bytes = encodeTiff({ width, height, pixels }, raw => deflateSync(raw))
    return { kind, artifact: keepArtifact(store, bytes, `${kind}.tif`) }
  })
  return {
    ...{ served, uncertainty, components, novelty, decision, reasons },
    ...{ passes, factor, classes, maps },
  }
}

function contentOf(predicted: PredictedObjects | null) {
  if (predicted === null) return null
  const { uncertainty, components, novelty, decision, reasons, passes, factor, maps } = predicted
  const { classes } = predicted
  const digests = Object.fromEntries(
    maps.map(({ kind, width, height, pixels }) => [
      kind,
      digestOf({ width, height, pixels: digestOfBytes(pixels) }),
    ]),
  )
  const said = { uncertainty, components, novelty, decision, reasons, passes, factor }
  return { ...said, maps: digests, ...(classes !== null && { classes }) }
}

/** 16 bits while they suffice, 32 beyond. */
function encodeLabels({ width, height, pixels, count }: Labels): Uint8Array {
  const narrow = count <= 0xffff ? Uint16Array.from(pixels) : pixels
  return encodeTiff({ width, height, pixels: narrow }, bytes => deflateSync(bytes))
}

function digestOfLabels({ width, height, pixels }: Labels): ReturnType<typeof digestOf> {
  const bytes = new Uint8Array(pixels.buffer, pixels.byteOffset, pixels.byteLength)
  return digestOf({ width, height, pixels: digestOfBytes(bytes) })
}

function digestOfTable({ columns }: ObjectTable): ReturnType<typeof digestOf> {
  return digestOf(
    columns.map(({ name, values }) => ({
      name,
      values: digestOfBytes(new Uint8Array(values.buffer, values.byteOffset, values.byteLength)),
    })),
  )
}
