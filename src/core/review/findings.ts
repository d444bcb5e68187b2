import { deviationFrom } from '../quality/baseline.ts'
import type { MetricName } from '../quality/metrics.ts'
import type { QualityRule, QualitySettings } from '../quality/rules.ts'

/** What was measured on a plane, as far as it was. */
export type MeasuredMetrics = Readonly<Partial<Record<MetricName, number | null>>>

export interface JudgedPlane {
  readonly reasons: readonly string[]
  readonly metrics: MeasuredMetrics
  readonly channel: string
}

/** A measurement that stands behind a reason, and the limit that it does not keep. */
export interface Finding {
  readonly reason: string
  readonly metric: MetricName
  /** Whether value and limit are of the metric itself or robust deviations from the channel's baseline. */
  readonly of: QualityRule['of']
  readonly fails: QualityRule['fails']
  /** Null where it could not be measured. */
  readonly value: number | null
  readonly limit: number
}

/**
 * Looks up which measurements gave a plane its reasons, in the order of the rules.
 *
 * A reason is left out when the rules that gave it are not these: the recipe has changed since.
 */
export function findingsOf(
  { reasons, metrics, channel }: JudgedPlane,
  { rules, baselines }: Pick<QualitySettings, 'rules' | 'baselines'>,
): readonly Finding[] {
  const findings: Finding[] = []
  for (const rule of rules) {
    const { metric, of, fails, limit } = rule
    const measured = metrics[metric] ?? null
    for (const need of rule.needs) {
      const value = metrics[need.metric] ?? null
      if (value !== null && value >= need.atLeast) continue
      const reason = value === null ? rule.otherwise : need.otherwise
      if (reason !== null && reasons.includes(reason)) {
        const { metric, atLeast } = need
        findings.push({ reason, metric, of: 'value', fails: 'below', value, limit: atLeast })
      }
      break
    }
    if (reasons.includes(rule.reason)) {
      const baseline = baselines[channel]
      const deviates = of === 'deviation' && measured !== null
      const value = !deviates ? measured : baseline && deviationFrom(baseline, metric, measured)
      if (value !== null && value !== undefined && isBeyond(value, fails, limit)) {
        findings.push({ reason: rule.reason, metric, of, fails, value, limit })
      }
    }
    if (measured === null && rule.otherwise !== null && reasons.includes(rule.otherwise)) {
      findings.push({ reason: rule.otherwise, metric, of, fails, value: null, limit })
    }
  }
  return withoutRepeats(findings)
}

function isBeyond(value: number, fails: QualityRule['fails'], limit: number): boolean {
  return fails === 'below' ? value < limit : value > limit
}

/** Two rules can want the same of a plane. */
function withoutRepeats(findings: readonly Finding[]): readonly Finding[] {
  return findings.filter(
    (finding, i) =>
      findings.findIndex(
        other => other.reason === finding.reason && other.metric === finding.metric,
      ) === i,
  )
}
