import { fail, ok, type Result } from '#core/fault.ts'
import type { FloatImage } from '#core/image/blur.ts'
import type { Labels } from '#core/image/labels.ts'
import type { Plane } from '#core/image/plane.ts'
import { lengthOfHead } from '#core/infer/class-heads.ts'
import { askHead, askNetwork, type ClassQuestion } from '#core/infer/class-question.ts'
import { classifyField } from '#core/infer/classify-field.ts'
import { classifyObjects, type ObjectsToClassify } from '#core/infer/classify-objects.ts'
import { objectCentres, planCrops } from '#core/infer/crop-objects.ts'
import { whyNotDescribing } from '#core/infer/describing-network.ts'
import { embedObjects } from '#core/infer/embed-objects.ts'
import { explainObjects } from '#core/infer/explain-objects.ts'
import type { FieldClasses } from '#core/infer/field-classes.ts'
import { createFieldViews, type FieldViews } from '#core/infer/field-views.ts'
import type { ClassesParams, Inference } from '#core/infer/inference-params.ts'
import type { ObjectLook } from '#core/infer/look-at-objects.ts'
import type { NetworkMember } from '#core/infer/network-member.ts'
import type { NoveltyStatistics } from '#core/infer/novelty.ts'
import type { MeasureColumn } from '#core/measure/object-table.ts'
import type { NetworkFile } from '../analysis/job.ts'

/** Networks that look at objects, or at the field as a whole, beside those that find objects. */
export interface Describers<Network> {
  readonly embedders: readonly Network[]
  readonly classifiers: readonly Network[]
}

export interface FieldToDescribe {
  readonly planes: readonly Plane[]
  readonly labels: Labels
  /** Of a typical object in pixels of the field; null without objects. */
  readonly diameter: number | null
  readonly networks: Describers<NetworkMember>
  /** Of what the first embedder was trained on. */
  readonly statistics: NoveltyStatistics | null
  readonly seed: number
}

export interface DescribedObjects {
  readonly columns: readonly MeasureColumn[]
  readonly classes: FieldClasses | null
  /** What spoke for the classes; null where that was not asked. */
  readonly activation: FloatImage | null
}

/** The networks of a recipe that describe what others find. Faults: `model-not-found`, `model-not-usable`. */
export function describersOf(
  networks: readonly NetworkFile[],
  { embedding, classes, channels }: Inference,
): Result<Describers<NetworkFile>> {
  const embedders = filesOf(networks, embedding ?? [], 'embedding', channels.length)
  if (!embedders.ok) return embedders
  const named = classes?.by === 'network' ? classes.models : []
  const classifiers = filesOf(networks, named, 'classification', channels.length)
  if (!classifiers.ok) return classifiers
  return ok({ embedders: embedders.value, classifiers: classifiers.value })
}

/**
 * Embeds and classifies the objects of a field, or the field, as a recipe says; nothing where it says nothing.
 *
 * Rejects with what a network's `run` throws. Fault: `model-not-usable` where classes were taught by embeddings of
 * another length than the network gives.
 */
export async function describeObjects(
  field: FieldToDescribe,
  params: Inference,
): Promise<Result<DescribedObjects>> {
  const { networks, labels, statistics, seed } = field
  const { embedding, classes } = params
  if (embedding === null && classes === null) {
    return ok({ columns: [], classes: null, activation: null })
  }
  const views = createFieldViews(field.planes, params)
  const looks = looksAt(networks.embedders, field, views, params)
  const embedded = await embedObjects.run({ looks, statistics, seed }, params)
  const { columns } = embedded
  if (classes === null) return ok({ columns, classes: null, activation: null })
  if (classes.by === 'network' && classes.of === 'field') {
    const diameter = diameterFor(field, params)
    const whole = { views, members: networks.classifiers, diameter, seed }
    const told = await classifyField.run(whole, classes, params)
    return ok({ columns, classes: told.classes, activation: told.map })
  }
  if (classes.by === 'examples') {
    const { head, fittedTo } = classes
    const { embeddings, length } = embedded
    if (labels.count > 0 && length !== lengthOfHead(head)) {
      const detail = `its embeddings have ${length} numbers, and classes were taught by ${lengthOfHead(head)}`
      return fail({ kind: 'model-not-usable', model: fittedTo.join(', '), detail })
    }
    const question = askHead(networks.embedders[0]!, head)
    const by = { kind: 'examples', head, embeddings } as const
    const told = await classify({ field, by, question, look: looks[0]! }, classes, params)
    return ok({ ...told, columns: [...columns, ...told.columns] })
  }
  const own = looksAt(networks.classifiers, field, views, params)
  const by = { kind: 'network', looks: own, seed } as const
  const question = askNetwork(networks.classifiers[0]!)
  const told = await classify({ field, by, question, look: own[0]! }, classes, params)
  return ok({ ...told, columns: [...columns, ...told.columns] })
}

interface Asked {
  readonly field: FieldToDescribe
  readonly by: ObjectsToClassify['by']
  /** About the network that is asked why. */
  readonly question: ClassQuestion
  readonly look: ObjectLook
}

async function classify(
  { field, by, question, look: { crops } }: Asked,
  limits: ClassesParams,
  params: Inference,
): Promise<DescribedObjects> {
  const { count } = field.labels
  const told = await classifyObjects.run({ count, by }, limits, params)
  const { columns, names, counts, unclassified, likeliest } = told
  const objects = { question, crops, classes: likeliest, seed: field.seed }
  const why = limits.saliency === 'none' ? null : await explainObjects(objects, limits.saliency)
  return {
    columns,
    classes: {
      of: 'objects',
      classes: names.map((name, k) => ({ name, count: counts[k]! })),
      unclassified,
      explained: count === 0 ? null : (why?.explained ?? null),
    },
    activation: why?.map ?? null,
  }
}

function looksAt(
  members: readonly NetworkMember[],
  field: FieldToDescribe,
  views: FieldViews,
  params: Inference,
): readonly ObjectLook[] {
  const { labels } = field
  const centres = members.length === 0 ? [] : objectCentres(labels)
  const diameter = diameterFor(field, params)
  return members.map(member => {
    const crops = planCrops(views, member.description, centres, diameter, labels)
    return { member, crops }
  })
}

/** The recipe's, so that all fields of a plate are seen at one scale, else the one found in the field. */
function diameterFor({ diameter: found }: FieldToDescribe, { diameter }: Inference): number | null {
  return diameter === 'auto' ? found : diameter
}

function filesOf(
  networks: readonly NetworkFile[],
  references: readonly string[],
  task: 'classification' | 'embedding',
  channels: number,
): Result<readonly NetworkFile[]> {
  const files: NetworkFile[] = []
  for (const reference of references) {
    const file = networks.find(network => network.reference === reference)
    if (file === undefined) return fail({ kind: 'model-not-found', model: reference })
    files.push(file)
  }
  const descriptions = files.map(({ description }) => description)
  const detail = whyNotDescribing(descriptions, task, channels)
  if (detail === null) return ok(files)
  return fail({ kind: 'model-not-usable', model: references.join(', '), detail })
}
