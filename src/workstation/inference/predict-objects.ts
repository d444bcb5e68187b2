import { fail, ok, type Fault, type Result } from '#core/fault.ts'
import type { FloatImage } from '#core/image/blur.ts'
import type { Labels } from '#core/image/labels.ts'
import type { Plane } from '#core/image/plane.ts'
import type { Inference } from '#core/infer/inference-params.ts'
import { explainField } from '#core/infer/explain-field.ts'
import { asTreated, whyNotTogether, type NetworkMember } from '#core/infer/network-member.ts'
import { mapImage, type MapImage } from '#core/infer/map-image.ts'
import { predictField, type PredictedField } from '#core/infer/predict-field.ts'
import { foregroundOf } from '#core/infer/decode-objects.ts'
import type { MeasureColumn } from '#core/measure/object-table.ts'
import { roleOf } from '#core/prepare/channel-roles.ts'
import type { Recipe } from '#core/recipe.ts'
import type { FieldPrediction, MapKind, NetworkFile, Served } from '../analysis/job.ts'
import type { PlaneInHand } from '../analysis/plane-in-hand.ts'
import { describeObjects, describersOf, type DescribedObjects } from './describe-objects.ts'
import type { NetworkBench, OpenNetwork } from './network-bench.ts'
import { NetworkFailure } from './network-failure.ts'
import { readStatistics } from './read-statistics.ts'

/** What networks found in a field, with the maps still as pixels. */
export interface PredictedObjects extends Omit<FieldPrediction, 'maps'> {
  readonly labels: Labels
  readonly diameter: number | null
  readonly columns: readonly MeasureColumn[]
  readonly maps: readonly (MapImage & { readonly kind: MapKind })[]
}

/**
 * Finds the objects of a field by the recipe's networks.
 *
 * Faults: `model-not-found` where a network was not made ready, `model-not-usable` where it cannot do what the
 * recipe wants or no channel has a role it sees, `inference-failed` where it could not be run.
 */
export async function predictObjects(
  planes: readonly PlaneInHand[],
  networks: readonly NetworkFile[],
  recipe: Recipe & { readonly infer: Inference },
  bench: NetworkBench,
): Promise<Result<PredictedObjects>> {
  const { infer, seed } = recipe
  const files = membersOf(networks, infer)
  if (!files.ok) return files
  const seen = planesSeen(planes, recipe)
  if (!seen.ok) return seen
  const describers = describersOf(networks, infer)
  if (!describers.ok) return describers
  const { embedders, classifiers } = describers.value
  const all = [...files.value, ...embedders, ...classifiers]
  const opened = await bench.open(all, infer.providers)
  if (!opened.ok) return opened
  const open = opened.value.map(asMember)
  const members = open.slice(0, files.value.length)
  const statistics = await readStatistics(files.value[0]!)
  if (!statistics.ok) return statistics
  const [embedder = null] = embedders
  const known = embedder === null ? ok(null) : await readStatistics(embedder)
  if (!known.ok) return known
  const field = {
    planes: seen.value,
    pixelSize: planes[0]!.pixelSize,
    members,
    statistics: statistics.value,
    seed,
  }
  try {
    const predicted = await predictField.run(field, infer)
    const saliency =
      infer.saliency === 'none' ? null : await explainField(predicted.shown, members[0]!, infer)
    const { labels, diameter } = predicted
    const describing = {
      embedders: open.slice(members.length, members.length + embedders.length),
      classifiers: open.slice(members.length + embedders.length),
    }
    const found = { planes: seen.value, labels, diameter, networks: describing }
    const described = await describeObjects({ ...found, statistics: known.value, seed }, infer)
    if (!described.ok) return described
    return ok(toldAs(predicted, saliency, described.value, servedBy(all, opened.value)))
  } catch (cause) {
    return fail(faultOf(cause, infer))
  }
}

/** Sizes and axes that do not go together show only when a network is run. */
function faultOf(cause: unknown, { models }: Inference): Fault {
  if (cause instanceof NetworkFailure) return cause.fault
  if (!(cause instanceof RangeError)) throw cause
  return { kind: 'inference-failed', model: models.join(', '), detail: cause.message }
}

function membersOf(
  networks: readonly NetworkFile[],
  infer: Inference,
): Result<readonly NetworkFile[]> {
  const files: NetworkFile[] = []
  for (const reference of infer.models) {
    const file = networks.find(network => network.reference === reference)
    if (file === undefined) return fail({ kind: 'model-not-found', model: reference })
    files.push({ ...file, description: asTreated(file.description, infer) })
  }
  const descriptions = files.map(({ description }) => description)
  const detail = whyNotTogether(descriptions, infer)
  if (detail === null) return ok(files)
  return fail({ kind: 'model-not-usable', model: infer.models.join(', '), detail })
}

/** The planes that the networks see; the one in which objects are looked for is the nuclei's whatever its name. */
function planesSeen(
  planes: readonly PlaneInHand[],
  { channels, infer }: Recipe & { readonly infer: Inference },
): Result<readonly Plane[]> {
  const seen: Plane[] = []
  const free = planes.slice(1)
  for (const role of infer.channels) {
    const at = free.findIndex(({ channel }) => roleOf(channel, channels) === role)
    if (role === 'nucleus' && seen.length === 0) seen.push(planes[0]!.plane)
    else if (at !== -1) seen.push(...free.splice(at, 1).map(({ plane }) => plane))
    else {
      const detail = `it sees ${infer.channels.join(', ')}, and no channel of the field is left for ${role}`
      return fail({ kind: 'model-not-usable', model: infer.models.join(', '), detail })
    }
  }
  return ok(seen)
}

function asMember({ description, run }: OpenNetwork): NetworkMember {
  return { description, run }
}

function servedBy(files: readonly NetworkFile[], open: readonly OpenNetwork[]): Served {
  const { provider, threads, runtime, fellBack } = open[0]!.served()
  return {
    networks: files.map(({ description: { id, version }, weights }) => ({
      id,
      version,
      weights: weights.sha256,
    })),
    provider,
    threads,
    runtime,
    fellBack,
  }
}

function toldAs(
  predicted: PredictedField,
  saliency: FloatImage | null,
  { columns: described, classes, activation }: DescribedObjects,
  served: Served,
): PredictedObjects {
  const { labels, diameter, prediction, factor, reasons, ...said } = predicted
  const { uncertainty, components, novelty, decision } = said
  const { width, height, entropy, mutualInformation, passes } = prediction
  const map = (kind: MapKind, values: Float32Array) => ({
    kind,
    ...mapImage({ width, height, pixels: values }),
  })
  const maps = [
    map('foreground', foregroundOf(prediction)),
    map('entropy', entropy),
    ...(passes > 1 ? [map('mutual-information', mutualInformation)] : []),
    ...(saliency === null ? [] : [{ kind: 'saliency' as const, ...mapImage(saliency) }]),
    ...(activation === null
      ? []
      : [{ kind: 'class-activation' as const, ...mapImage(activation) }]),
  ]
  const columns = [...predicted.columns, ...described]
  return {
    ...{ labels, diameter, columns, served, passes, factor, classes, maps },
    ...{ uncertainty, components: { ...components }, novelty, decision },
    reasons: reasons.map(({ kind }) => kind),
  }
}
