import type { Sha256 } from '#core/brand.ts'
import type { Json } from '#core/canonical.ts'
import type { Fault } from '#core/fault.ts'
import type { FieldClasses } from '#core/infer/field-classes.ts'
import type {
  FieldAnalysis,
  FieldPrediction,
  PlaneJudgement,
  WellSummary,
} from '../analysis/job.ts'
import { digestOf } from './digest.ts'

// What an activity gave, as one hash. Times, store ids and compression are not part of it,
// so the same work gives the same digest in another run, store or folder.

export function judgementDigest({ image, metrics, verdict, reasons }: PlaneJudgement): Sha256 {
  return digestOf({ image, metrics, verdict, reasons })
}

/** What an analysis found, with SHA-256 of the label image's size and pixels, and of the rows. */
interface Found extends Pick<FieldAnalysis, 'planes' | 'count' | 'diameter' | 'measures'> {
  readonly content: { readonly labels: Sha256; readonly objects: Sha256 }
  /** Null where no network was asked. */
  readonly prediction: PredictedContent | null
}

/** What networks said, with SHA-256 of each map's size and pixels. */
interface PredictedContent extends Pick<
  FieldPrediction,
  'uncertainty' | 'components' | 'novelty' | 'decision' | 'reasons' | 'passes' | 'factor'
> {
  readonly maps: Readonly<Record<string, Sha256>>
  /** Left out where no classes were asked for. */
  readonly classes?: FieldClasses
}

export function analysisDigest(found: Found): Sha256 {
  const { planes, count, diameter, measures, content, prediction } = found
  const channels = planes.map(({ channel }) => channel)
  const objects = { channels, count, diameter, measures, content }
  const all = prediction === null ? objects : { ...objects, prediction }
  return digestOf(all as unknown as Json)
}

export function summaryDigest(summaries: readonly WellSummary[]): Sha256 {
  return digestOf(summaries as unknown as Json)
}

/** Only the kind: what a library says of a damaged file may be worded differently one day. */
export function faultDigest({ kind }: Fault): Sha256 {
  return digestOf({ fault: kind })
}
