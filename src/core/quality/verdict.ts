import type { ChannelRole } from '../prepare/channel-roles.ts'
import { stage } from '../stage.ts'
import { deviationFrom, type Baseline } from './baseline.ts'
import type { QualityMetrics } from './metrics.ts'
import { defaultQuality, type QualityRule, type QualitySettings } from './rules.ts'

export const VERDICTS = ['pass', 'fail', 'cannot-judge'] as const
export type Verdict = (typeof VERDICTS)[number]

export interface JudgedMetrics {
  readonly metrics: QualityMetrics
  /** Its name, by which the recipe keeps baselines. */
  readonly channel: string
  /** What the channel shows. */
  readonly role: ChannelRole
}

export interface PlaneVerdict {
  readonly verdict: Verdict
  /** Why it fails or cannot be judged, in the order of the rules; empty for a pass. */
  readonly reasons: readonly string[]
}

/**
 * Judges a plane by its metrics.
 *
 * One rule that fails fails the plane. Where none fails but one cannot judge, neither can the plane be
 * judged: an empty field is not a blurred one.
 */
export const judgePlane = stage({
  id: 'quality.verdict',
  version: 1,
  defaults: defaultQuality,
  run: judge,
})

function judge({ metrics, channel, role }: JudgedMetrics, settings: QualitySettings): PlaneVerdict {
  const findings = settings.rules
    .filter(rule => rule.roles.includes(role))
    .map(rule => applyRule(rule, metrics, channel, settings))
  for (const verdict of ['fail', 'cannot-judge'] as const) {
    const reasons = findings.flatMap(found => (found.verdict === verdict ? [found.reason] : []))
    if (reasons.length > 0) return { verdict, reasons: [...new Set(reasons)] }
  }
  return { verdict: 'pass', reasons: [] }
}

type Finding =
  | { readonly verdict: 'pass' }
  | { readonly verdict: 'fail' | 'cannot-judge'; readonly reason: string }

function applyRule(
  rule: QualityRule,
  metrics: QualityMetrics,
  channel: string,
  settings: QualitySettings,
): Finding {
  const unmeasured: Finding =
    rule.otherwise === null
      ? { verdict: 'pass' }
      : { verdict: 'cannot-judge', reason: rule.otherwise }
  for (const need of rule.needs) {
    const value = metrics[need.metric]
    if (value === null) return unmeasured
    if (value < need.atLeast) return { verdict: 'cannot-judge', reason: need.otherwise }
  }
  const value = valueFor(rule, metrics[rule.metric], settings.baselines[channel])
  if (value === null) return unmeasured
  const failed = rule.fails === 'below' ? value < rule.limit : value > rule.limit
  return failed ? { verdict: 'fail', reason: rule.reason } : { verdict: 'pass' }
}

/** What a rule compares with its limit; null without a measurement, or without the baseline it wants. */
function valueFor(
  rule: QualityRule,
  measured: number | null,
  baseline: Baseline | undefined,
): number | null {
  if (rule.of === 'value' || measured === null) return measured
  return baseline === undefined ? null : deviationFrom(baseline, rule.metric, measured)
}
