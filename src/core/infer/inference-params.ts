import { z } from 'zod'
import { BoundaryParams } from '../derive/boundary-params.ts'
import { FlowParams } from '../derive/flows.ts'
import { ChannelRole } from '../prepare/channel-roles.ts'
import { ClassHead } from './class-heads.ts'

/** A registered version of a network, which never changes: `nuclei-1@1.0.0`. */
export const ModelReference = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._-]*@[0-9][A-Za-z0-9.+-]*$/, 'a model as id@version')
  .max(160)
export type ModelReference = z.infer<typeof ModelReference>

/** What may run a network, in the runtime's own words. */
export const Provider = z.enum(['cpu', 'cuda', 'dml', 'coreml', 'webgpu'])
export type Provider = z.infer<typeof Provider>

/** Grey levels that become 0 and 1 in every field of a plate. */
const PlateLevels = z
  .strictObject({ scope: z.literal('plate'), low: z.number(), high: z.number() })
  .refine(({ low, high }) => high > low, 'high above low')

/**
 * As `StarDistParams`; what is null is as the package of the first network says, and StarDist's usual where that says
 * nothing. The grid is the network's.
 */
const StarDistDecoding = z.strictObject({
  probabilityThreshold: z.number().min(0).max(1).nullable().default(null),
  overlapThreshold: z.number().min(0).max(1).nullable().default(null),
  border: z.int().nonnegative().nullable().default(null),
})

/** How what networks say becomes objects, by their task; how large objects are, `diameter` says. */
export const DecodingParams = z.strictObject({
  boundary: BoundaryParams.omit({ diameter: true }).prefault({}),
  stardist: StarDistDecoding.prefault({}),
  flows: FlowParams.prefault({}),
})
export type DecodingParams = z.infer<typeof DecodingParams>

/** When a field is left to a person: `AbstentionLimits`. */
export const AbstentionParams = z.strictObject({
  uncertainty: z.number().min(0).max(1).default(0.5),
  novelty: z.number().min(0).max(1).default(0.97),
  /** Left out, single objects leave no field to a person. */
  objects: z
    .strictObject({
      score: z.number().min(0).max(1).default(0.6),
      share: z.number().min(0).max(1).default(0.3),
    })
    .optional(),
})

/** One network, or the members of an ensemble. */
const Ensemble = z.array(ModelReference).min(1).max(16)

/** Networks that were trained to one space of embeddings; one may stand without the brackets. */
const Embedding = z.union([ModelReference.transform(one => [one]), Ensemble])

const classLimits = {
  /** A best class that is less probable than this is none: it counts as unclassified. */
  leastProbability: z.number().min(0).max(1).default(0.5),
  /** What shows which pixels spoke for the class: see `explainObjects` and `classifyField`. */
  saliency: z.enum(['none', 'class-activation', 'occlusion', 'rise']).default('class-activation'),
}

/** Classes by networks that were trained for them, which bring the classes' names. */
const ClassesByNetwork = z.strictObject({
  by: z.literal('network'),
  models: Ensemble,
  /** Whether each object gets a class, or the field as a whole. */
  of: z.enum(['objects', 'field']).default('objects'),
  ...classLimits,
})

/** Classes of objects by what a few named ones look like to the networks that embed them. */
const ClassesByExamples = z.strictObject({
  by: z.literal('examples'),
  /** Networks whose embeddings the head was fitted to: those of `embedding`. */
  fittedTo: Embedding,
  head: ClassHead,
  /** Distance from the nearest class beyond which an object belongs to none; null for no such limit. */
  mostDistance: z.number().positive().nullable().default(2),
  ...classLimits,
})

const Classes = z.discriminatedUnion('by', [ClassesByNetwork, ClassesByExamples])
export type ClassesParams = z.infer<typeof Classes>
export type ClassSaliency = Exclude<ClassesParams['saliency'], 'none'>

/** How a network finds objects, where its description leaves that open. */
const TreatAs = z.strictObject({
  task: z.enum(['instances-from-boundary', 'stardist', 'flows', 'semantic']),
  /** Diameter of a typical nucleus, in pixels, at which it works best; null to show it fields as they are. */
  diameter: z.number().positive().nullable().default(null),
})

const Looks = z.strictObject({
  /** Networks that find objects, the members of an ensemble. */
  models: z
    .array(ModelReference)
    .min(1)
    .max(16)
    .refine(models => new Set(models).size === models.length, 'each network once'),
  /** What those of them are that do not say it themselves, as public ones often do not. */
  treatAs: TreatAs.optional(),
  /** Roles of the channels that the networks see, in the order of their inputs' channels. */
  channels: z.array(ChannelRole).min(1).max(16).default(['nucleus']),
  /** Whether uneven illumination is divided out first. */
  illumination: z.enum(['as-is', 'flatten']).default('as-is'),
  /** Grey levels are brought to 0…1 as each network says, by the field's own, or by the same ones all over a plate. */
  intensity: z
    .union(
      [z.strictObject({ scope: z.literal('field') }), PlateLevels],
      '{ scope: field }, or { scope: plate, low, high } with high above low',
    )
    .default({ scope: 'field' }),
  /** Diameter of a typical nucleus in pixels; `auto` finds it in each field. */
  diameter: z
    .union([z.literal('auto'), z.number().positive()], 'auto, or a diameter in pixels')
    .default('auto'),
  /** Each member sees the field in all of these ways, and their mean counts. */
  augment: z
    .strictObject({
      /** In one orientation, or in all eight by quarter turns and mirrors. */
      dihedral: z.union([z.literal(1), z.literal(8)], '1 or 8').default(1),
      scales: z.array(z.number().min(0.5).max(2)).min(1).max(8).default([1]),
      /** Exponents of the grey levels. */
      intensities: z.array(z.number().min(0.5).max(2)).min(1).max(8).default([1]),
    })
    .prefault({}),
  dropout: z
    .strictObject({
      /** Random masks for each member and augmentation; 0 leaves all units in. */
      passes: z.int().min(0).max(64).default(0),
    })
    .prefault({}),
  /** Side of the squares that a field is cut into, in pixels of the network. */
  tile: z.int().min(128).max(4096).multipleOf(32).default(832),
  /** How many squares are run at once. */
  batch: z.int().min(1).max(64).default(1),
  /** Tried in this order; the CPU is always the last. */
  providers: z.array(Provider).max(5).default(['cpu']),
  decode: DecodingParams.prefault({}),
  abstain: AbstentionParams.prefault({}),
  /** Whether it is worked out which pixels decided; takes a few dozen passes. */
  saliency: z.enum(['none', 'occlusion']).default('none'),
  /** Look at each object; what they see in it becomes columns. */
  embedding: Embedding.nullable().default(null),
  classes: Classes.nullable().default(null),
})

/** How networks look at a field. A recipe without it finds its objects by classical methods. */
export const Inference = Looks.refine(
  ({ embedding, classes }) =>
    classes?.by !== 'examples' || classes.fittedTo.join() === embedding?.join(),
  { message: 'the networks of infer.embedding', path: ['classes', 'fittedTo'] },
)
export type Inference = z.infer<typeof Inference>

/** Every network that a recipe names, each once. */
export function networksOf({ models, embedding, classes }: Inference): readonly ModelReference[] {
  const classifiers = classes?.by === 'network' ? classes.models : []
  return [...new Set([...models, ...(embedding ?? []), ...classifiers])]
}
