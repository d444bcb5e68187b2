import type { Sha256 } from '#core/brand.ts'
import type { Json } from '#core/canonical.ts'
import type { Fault } from '#core/fault.ts'
import type { FieldAnalysis, PlaneJudgement, WellSummary } from '../analysis/job.ts'
import { digestOf } from './digest.ts'

// What an activity gave, as one hash. Times, store ids and compression are not part of it,
// so the same work gives the same digest in another run, store or folder.

export function judgementDigest({ image, metrics, verdict, reasons }: PlaneJudgement): Sha256 {
  return digestOf({ image, metrics, verdict, reasons })
}

export function analysisDigest({
  planes,
  count,
  diameter,
  measures,
  content,
}: FieldAnalysis): Sha256 {
  const channels = planes.map(({ channel }) => channel)
  return digestOf({ channels, count, diameter, measures, content } as unknown as Json)
}

export function summaryDigest(summaries: readonly WellSummary[]): Sha256 {
  return digestOf(summaries as unknown as Json)
}

/** Only the kind: what a library says of a damaged file may be worded differently one day. */
export function faultDigest({ kind }: Fault): Sha256 {
  return digestOf({ fault: kind })
}
