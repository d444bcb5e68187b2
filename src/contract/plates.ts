import { z } from 'zod'
import { METRIC_NAMES } from '#core/quality/metrics.ts'
import { PlateCompleteness } from './completeness.ts'
import { call } from './define.ts'
import {
  AcquisitionIdNumber,
  FieldIdNumber,
  PlaneIdNumber,
  PlateIdNumber,
  RecordIdText,
} from './ids.ts'
import { Decision } from './decision.ts'
import { NamedBy, planeFacts, RunFacts } from './imaging-facts.ts'

/** How a plane stands. `waiting` has settled and is not judged yet. */
export const PLANE_STATES = ['waiting', 'pass', 'fail', 'cannot-judge', 'unreadable'] as const
export const PlaneState = z.enum(PLANE_STATES)
export type PlaneState = z.infer<typeof PlaneState>

const count = z.int().nonnegative()
/** Planes that count, by how they stand; those that were imaged again are not among them. */
export const StateCounts = z.record(PlaneState, count)
export type StateCounts = z.infer<typeof StateCounts>

export const NO_COUNTS: StateCounts = Object.freeze({
  waiting: 0,
  pass: 0,
  fail: 0,
  'cannot-judge': 0,
  unreadable: 0,
})

export const PlateSummary = z.object({
  plateId: PlateIdNumber,
  name: z.string(),
  /** How often it was imaged. */
  acquisitions: count,
  /** Its name for people, of the last imaging run. */
  instrument: z.string(),
  /** Of the last imaging run. */
  folder: z.string(),
  /** In the instrument's order. */
  channels: z.array(z.string()),
  wells: count,
  fields: count,
  /** Null where no index promises a number. */
  expected: count.nullable(),
  /** Promised planes that came; all that came where no index promises a number. */
  arrived: count,
  states: StateCounts,
  /** Planes that fail or cannot be judged and that nobody has decided about. */
  flagged: count,
  objects: count,
  /** When the first and the last plane were judged for the first time, UTC; null before. */
  firstAt: z.iso.datetime().nullable(),
  lastAt: z.iso.datetime().nullable(),
  /** True once all its images were identified as those of another plate: it is on record, and not listed. */
  identifiedOtherwise: z.boolean(),
})
export type PlateSummary = z.infer<typeof PlateSummary>

/**
 * One well as the plate shows it.
 *
 * Not imaged, imaged and empty, and with cells are three different things: a well that no index promises and
 * that has no plane is not in the list at all; one that is promised and has none has `expected` > 0 and only
 * zeros; one without cells has `objects` 0; `objects` null was not analysed.
 */
export const WellRow = z.object({
  /** `B03` */
  well: z.string(),
  /** Counted from 0. */
  row: count,
  column: count,
  expected: count.nullable(),
  /** As of the plate: a projection stands for no step of a stack that is missing. */
  arrived: count,
  states: StateCounts,
  /** Planes by reason. */
  reasons: z.record(z.string(), count),
  flagged: count,
  fields: count,
  objects: count.nullable(),
})
export type WellRow = z.infer<typeof WellRow>

/** One row of a platemap. */
export const LayoutWell = z.object({
  well: z.string(),
  /** What the well is for: `positive`, `negative`, `sample`, … ; empty where the map says nothing. */
  control: z.string(),
  /** The other columns of the map by their headings. */
  labels: z.record(z.string(), z.string()),
})
export type LayoutWell = z.infer<typeof LayoutWell>

export const PlateDetails = z.object({
  summary: PlateSummary,
  rows: count,
  columns: count,
  wells: z.array(WellRow),
  acquisitions: z.array(
    z.object({
      acquisitionId: AcquisitionIdNumber,
      number: count,
      folder: z.string(),
      /** Its name for people. */
      instrument: z.string(),
      namedBy: NamedBy,
      expected: count.nullable(),
      /** Null where no index says any. */
      facts: RunFacts.nullable(),
    }),
  ),
  /** Names of what was measured on objects so far, as CellProfiler writes them. */
  measures: z.array(z.string()),
  /** The platemap; empty where none was given. */
  layout: z.array(LayoutWell),
})
export type PlateDetails = z.infer<typeof PlateDetails>

export const STATISTICS = ['mean', 'median', 'sum', 'sd', 'cv', 'min', 'max'] as const
export const Statistic = z.enum(STATISTICS)
export type Statistic = z.infer<typeof Statistic>

/** A number for each well: a quality metric over its planes of one channel, or a measure over its objects. */
export const WellQuantity = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('metric'),
    metric: z.enum(METRIC_NAMES),
    channel: z.string(),
    statistic: Statistic,
  }),
  z.object({ kind: z.literal('measure'), measure: z.string(), statistic: Statistic }),
])
export type WellQuantity = z.infer<typeof WellQuantity>

export const WellValues = z.object({
  wells: z.array(z.string()),
  /** In the order of `wells`; null where there is nothing to take it from. `cv` is in per cent. */
  values: z.array(z.number().nullable()),
  /** False for a median that is the fields' median of medians, because the plate was not summarised yet. */
  exact: z.boolean(),
})
export type WellValues = z.infer<typeof WellValues>

export const PlaneRow = z.object({
  planeId: PlaneIdNumber,
  channel: z.string(),
  z: z.int(),
  projection: z.boolean(),
  state: PlaneState,
  reasons: z.array(z.string()),
  /** What is wrong with an unreadable plane, in words. */
  message: z.string().nullable(),
  /** The plane that this one took the place of, and the one that took its place. */
  supersedes: PlaneIdNumber.nullable(),
  supersededBy: PlaneIdNumber.nullable(),
  decision: Decision.nullable(),
  image: z.object({ width: count, height: count, bits: count }).nullable(),
  /** Names this version of the file in pixel URLs. */
  version: z.string(),
  ...planeFacts,
})
export type PlaneRow = z.infer<typeof PlaneRow>

export const FieldRow = z.object({
  fieldId: FieldIdNumber,
  plateId: PlateIdNumber,
  name: z.string(),
  /** Null for a loose image. */
  well: z.string().nullable(),
  site: z.int().nullable(),
  t: z.int(),
  /** Which imaging run, counted from 0. */
  acquisition: count,
  planes: z.array(PlaneRow),
  /** Null until its objects were looked for. */
  objects: z.object({ record: RecordIdText, channel: z.string(), count }).nullable(),
})
export type FieldRow = z.infer<typeof FieldRow>

export const plateCalls = {
  /** Newest first; without those all of whose images were identified otherwise. */
  'plates.list': call(z.void(), z.array(PlateSummary), []),
  'plates.open': call(z.object({ plateId: PlateIdNumber }), PlateDetails, ['plate-not-found']),
  'plates.values': call(z.object({ plateId: PlateIdNumber, quantity: WellQuantity }), WellValues, [
    'plate-not-found',
  ]),
  /** The fields of a well that count, or of the loose images; with `history` also what was imaged again. */
  'plates.fields': call(
    z.object({
      plateId: PlateIdNumber,
      well: z.string().nullable(),
      history: z.boolean().default(false),
    }),
    z.array(FieldRow),
    ['plate-not-found'],
  ),
  /** What its indexes promise and what of it is here; to be asked again when the plate changes, and at `endsAt`. */
  'plates.completeness': call(z.object({ plateId: PlateIdNumber }), PlateCompleteness, [
    'plate-not-found',
  ]),
  /** What a platemap says, without keeping it. */
  'layouts.read': call(z.object({ csv: z.string().max(900_000) }), z.array(LayoutWell), [
    'layout-invalid',
  ]),
  /**
   * Keeps a platemap: CSV text with a column `well` (or `row` and `column`), others as they come; null takes the one
   * from before away.
   */
  'plates.annotate': call(
    z.object({ plateId: PlateIdNumber, csv: z.string().max(900_000).nullable() }),
    z.array(LayoutWell),
    ['plate-not-found', 'layout-invalid', 'disk-full', 'store-not-writable'],
  ),
} as const
