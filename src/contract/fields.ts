import { z } from 'zod'
import { DOUBT_KINDS } from '#core/review/doubt.ts'
import { call } from './define.ts'
import { NamedBy, RunFacts } from './imaging-facts.ts'
import { FieldIdNumber, PlaneIdNumber, PlateIdNumber, RecordIdText } from './ids.ts'
import { PREDICTION_MAPS } from './pixels.ts'
import { FieldRow } from './plates.ts'

/** Why networks leave a field to a person, with what stands behind it: null where that was not kept. */
export const Doubt = z.object({
  kind: z.enum(DOUBT_KINDS),
  value: z.number().nullable(),
  limit: z.number().nullable(),
})

/** What networks said of a field beside its objects. */
export const Prediction = z.object({
  record: RecordIdText,
  networks: z.array(z.object({ id: z.string(), version: z.string(), weights: z.string() })),
  /** What ran them, and why not the provider that was asked for first; null where that one served. */
  provider: z.string(),
  threads: z.int().positive(),
  runtime: z.string(),
  fellBack: z.string().nullable(),
  /** How many predictions were combined: members × augmentations × dropout. */
  passes: z.int().positive(),
  /** 0 sure to 1 not at all, and its parts by name. */
  uncertainty: z.number(),
  components: z.record(z.string(), z.number()),
  /** 0 as in training to 1 never seen; null where that is not known. */
  novelty: z.number().nullable(),
  /** Up to where the recipe lets a field be used. */
  limits: z.object({ uncertainty: z.number().nullable(), novelty: z.number().nullable() }),
  decision: z.enum(['use', 'review']),
  /** Why it is for review. */
  doubts: z.array(Doubt),
  /** The maps that are kept with it, of which `/pixels/map/<record>/<kind>` is the address. */
  maps: z.array(z.enum(PREDICTION_MAPS)),
})
export type Prediction = z.infer<typeof Prediction>

export const FieldDetails = z.object({
  field: FieldRow,
  plate: z.string(),
  /** How its run was imaged, and what its place was read from. */
  /** `instrument` is its name for people. */
  imaging: z.object({ instrument: z.string(), namedBy: NamedBy, facts: RunFacts.nullable() }),
  /** Every quality metric of each plane that was judged, by plane id. */
  metrics: z.record(z.string(), z.record(z.string(), z.number().nullable())),
  /** By the networks of the recipe in use; null where none looked at it. */
  prediction: Prediction.nullable(),
  /** The fields before and after it on the plate, well by well; null at the ends. */
  previous: FieldIdNumber.nullable(),
  next: FieldIdNumber.nullable(),
  /** The same field of earlier and later imaging runs, oldest first, itself among them. */
  runs: z.array(z.object({ fieldId: FieldIdNumber, acquisition: z.int().nonnegative() })),
})
export type FieldDetails = z.infer<typeof FieldDetails>

/** The objects of a field as columns. Row i is the object with label i + 1. */
export const ObjectColumns = z.object({
  count: z.int().nonnegative(),
  columns: z.array(z.object({ name: z.string(), values: z.array(z.number().nullable()) })),
})
export type ObjectColumns = z.infer<typeof ObjectColumns>

export const fieldCalls = {
  'fields.open': call(z.object({ fieldId: FieldIdNumber }), FieldDetails, ['field-not-found']),
  'fields.objects': call(z.object({ record: RecordIdText }), ObjectColumns, [
    'record-not-found',
    'artifact-missing',
    'worker-lost',
  ]),
  /** A plane of the same channel that passes and is the most typical of its plate; null where none passes. */
  'fields.reference': call(
    z.object({ planeId: PlaneIdNumber }),
    z.object({ fieldId: FieldIdNumber, planeId: PlaneIdNumber }).nullable(),
    ['plane-not-found'],
  ),
  /** How many fields of a plate the networks of the recipe in use leave to a person, decided about or not. */
  'fields.doubted': call(
    z.object({ plateId: PlateIdNumber }),
    z.object({ fields: z.int().nonnegative() }),
    ['plate-not-found'],
  ),
} as const
