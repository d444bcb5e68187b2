import type { Sha256 } from '#core/brand.ts'
import type { Result } from '#core/fault.ts'
import type { FieldClasses } from '#core/infer/field-classes.ts'
import type { ModelDescription } from '#core/infer/model-description.ts'
import type { Recipe } from '#core/recipe.ts'
import type { QualityMetrics } from '#core/quality/metrics.ts'
import type { MeasureSummary } from '#core/plate/aggregate.ts'
import type {
  SweepJob,
  SweepReply,
  ThumbnailOrder,
  ViewJob,
  ViewReply,
} from '../pixels/view-job.ts'
import type { FileVersion } from '../reading/image-reader.ts'
import type { Artifact } from '../record/artifacts.ts'

/** What a worker is asked to do. Jobs carry paths and parameters, never pixels. */
export type Job = FieldJob | AggregationJob | ObjectsJob | ViewJob | SweepJob

/** Judge planes of a field, and find and measure its objects. */
export interface FieldJob {
  readonly kind: 'field'
  /** Planes whose verdict is wanted. */
  readonly judge: readonly PlaneSource[]
  /** Null where only verdicts are wanted. */
  readonly analyse: AnalysisRequest | null
  readonly recipe: Recipe
}

/** A registered network, as a worker finds it. */
export interface NetworkFile {
  /** `id@version` */
  readonly reference: string
  readonly description: ModelDescription
  readonly weights: { readonly path: string; readonly sha256: Sha256; readonly bytes: number }
  /** What its training data looks like, by which foreign images are told; null where it has none. */
  readonly statistics: string | null
}

export interface AnalysisRequest {
  /** Name of the channel in which objects are looked for. */
  readonly segmented: string
  /** Every plane of the field that may be analysed, with those in `judge`. */
  readonly candidates: readonly PlaneSource[]
  /** Store folder that artifacts are kept in. */
  readonly store: string
  /** Every network that the recipe names. */
  readonly networks: readonly NetworkFile[]
}

export interface PlaneSource {
  /** The asker's name for this plane: the store's id, or a place in a list. */
  readonly key: number
  readonly path: string
  readonly page: number
  readonly channel: string
  readonly z: number
  readonly projection: boolean
  /** Variance of the Laplacian where it is known from an earlier job. */
  readonly sharpness: number | null
  /** Side of a pixel in µm as the index says it; null where the image's own notes count. */
  readonly pixelSize: number | null
  /** As which version of its file it came; left out where the one that is there is meant. */
  readonly version?: FileVersion
  /** Where a small picture is kept in passing; left out where nobody will look. */
  readonly thumbnail?: ThumbnailOrder
}

/** Summarise the objects of fields, over each well and over all. */
export interface AggregationJob {
  readonly kind: 'aggregation'
  readonly fields: readonly { readonly well: string | null; readonly table: string }[]
}

/** Read the rows of a field's objects for somebody who looks at them. */
export interface ObjectsJob {
  readonly kind: 'objects'
  readonly table: string
}

export interface FieldReply {
  readonly kind: 'field'
  /** One for each plane of `judge`, in its order. */
  readonly planes: readonly PlaneOutcome[]
  /** Null where none was asked for, or where the segmented channel has no readable plane. */
  readonly analysis: AnalysisOutcome | null
}

/** Times are UTC, ISO 8601. */
interface Timed {
  readonly startedAt: string
  readonly endedAt: string
}

/** The bytes that were read. */
export interface FileRead {
  readonly path: string
  readonly sha256: Sha256
  readonly bytes: number
}

export interface PlaneOutcome extends Timed {
  readonly key: number
  /** Null where the file could not be read at all. */
  readonly file: FileRead | null
  readonly result: Result<PlaneJudgement>
}

export interface PlaneJudgement {
  readonly image: { readonly width: number; readonly height: number; readonly bits: number }
  readonly metrics: QualityMetrics
  readonly verdict: 'pass' | 'fail' | 'cannot-judge'
  readonly reasons: readonly string[]
}

export interface AnalysisOutcome extends Timed {
  readonly files: readonly FileRead[]
  readonly result: Result<FieldAnalysis>
}

export interface FieldAnalysis {
  /** The planes that were analysed, those of the segmented channel first; several of one channel were projected. */
  readonly planes: readonly {
    readonly channel: string
    readonly key: number
    /** µm, where networks were told it by the index; left out where the image's own notes counted. */
    readonly pixelSize?: number
  }[]
  readonly count: number
  /** Pixels; null for an empty field. */
  readonly diameter: number | null
  readonly measures: readonly MeasureSummary[]
  /** What networks said beside the objects; null where none was asked. */
  readonly prediction: FieldPrediction | null
  /** Of all that came out: what is in the artifacts too, however stored. */
  readonly digest: Sha256
  readonly artifacts: { readonly labels: Artifact; readonly objects: Artifact }
}

export interface FieldPrediction {
  readonly served: Served
  /** 0 sure to 1 not at all, and the parts that it is made of. */
  readonly uncertainty: number
  readonly components: Readonly<Record<string, number>>
  /** 0 as in training to 1 never seen; null where that is not known. */
  readonly novelty: number | null
  readonly decision: 'use' | 'review'
  readonly reasons: readonly string[]
  /** Predictions that were combined: members × augmentations × dropout. */
  readonly passes: number
  /** Pixels of the network for one of the field. */
  readonly factor: number
  /** Counts of classes of its objects, or how probable those of the field are; null where none were asked for. */
  readonly classes: FieldClasses | null
  /** 8-bit images that span the field, value / 255 is 0…1. */
  readonly maps: readonly { readonly kind: MapKind; readonly artifact: Artifact }[]
}

export type MapKind =
  'foreground' | 'entropy' | 'mutual-information' | 'saliency' | 'class-activation'

/** What ran the networks. */
export interface Served {
  readonly networks: readonly {
    readonly id: string
    readonly version: string
    readonly weights: Sha256
  }[]
  readonly provider: string
  readonly threads: number
  /** Name and version of the runtime, and how far it may rewrite a network. */
  readonly runtime: string
  /** Why it is not the provider that was asked for first; null where it is. */
  readonly fellBack: string | null
}

export interface AggregationReply {
  readonly kind: 'aggregation'
  readonly startedAt: string
  readonly endedAt: string
  /** The whole plate first (`well` null), then wells by name. */
  readonly summaries: readonly WellSummary[]
}

export interface ObjectsReply {
  readonly kind: 'objects'
  readonly count: number
  /** Row i is the object with label i + 1; null where it has no value. */
  readonly columns: readonly {
    readonly name: string
    readonly values: readonly (number | null)[]
  }[]
}

export interface WellSummary {
  readonly well: string | null
  readonly fields: number
  readonly count: number
  readonly measures: readonly MeasureSummary[]
}

export type ReplyTo<J extends Job> = J extends FieldJob
  ? FieldReply
  : J extends AggregationJob
    ? AggregationReply
    : J extends ObjectsJob
      ? ObjectsReply
      : J extends ViewJob
        ? ViewReply
        : SweepReply
