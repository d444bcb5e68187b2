import { roleOf, type ChannelRole, type ChannelRule } from '#core/prepare/channel-roles.ts'
import { deviationFrom } from '#core/quality/baseline.ts'
import { metricText, numberText, reasonText, ruleText } from '#core/quality/rule-text.ts'
import type { QualityRule, QualitySettings } from '#core/quality/rules.ts'

/** A rule that a plane does not pass, in words. */
export interface Finding {
  readonly reason: string
  /** What was measured against what is allowed: `edge sharpness 0.031, limit 0.07`. */
  readonly measured: string
  /** The rule itself. */
  readonly rule: string
}

/** What a recipe judges by: its rules, and how it tells what a channel shows. */
export interface RulesInUse {
  readonly quality: QualitySettings
  readonly channels: readonly ChannelRule[]
}

type Measured = Readonly<Record<string, number | null>>

/**
 * The rules behind a plane's reasons, with what was measured. Rules are those of the recipe in use: a reason that none
 * of them gives comes from an earlier version and has no rule here.
 */
export function findingsOf(
  plane: { readonly channel: string; readonly reasons: readonly string[] },
  metrics: Measured,
  { quality: settings, channels }: RulesInUse,
): readonly Finding[] {
  const role = roleOf(plane.channel, channels)
  return plane.reasons.map(reason => {
    const rules = settings.rules.filter(rule => role === null || suits(rule, role))
    const failing = rules.find(rule => rule.reason === reason)
    if (failing !== undefined) {
      return {
        reason: reasonText(reason),
        measured: measuredText(failing, plane.channel, metrics, settings),
        rule: ruleText(failing),
      }
    }
    const wanting = rules.find(rule => rule.needs.some(({ otherwise }) => otherwise === reason))
    const need = wanting?.needs.find(({ otherwise }) => otherwise === reason)
    if (wanting !== undefined && need !== undefined) {
      const { name } = metricText(need.metric)
      const value = metrics[need.metric]
      return {
        reason: reasonText(reason),
        measured: `${name} ${valueText(value)}, at least ${numberText(need.atLeast)} is needed`,
        rule: ruleText(wanting),
      }
    }
    const silent = rules.find(({ otherwise }) => otherwise === reason)
    return {
      reason: reasonText(reason),
      measured:
        silent === undefined
          ? 'No rule of the recipe in use gives this reason; the plane was judged by an earlier one.'
          : `${metricText(silent.metric).name} could not be measured`,
      rule: silent === undefined ? '' : ruleText(silent),
    }
  })
}

function suits(rule: QualityRule, role: ChannelRole): boolean {
  return rule.roles.includes(role)
}

function measuredText(
  rule: QualityRule,
  channel: string,
  metrics: Measured,
  { baselines }: QualitySettings,
): string {
  const { name } = metricText(rule.metric)
  const value = metrics[rule.metric]
  if (rule.of === 'value') {
    return `${name} ${valueText(value)}, limit ${numberText(rule.limit)}`
  }
  const baseline = baselines[channel]
  const deviation =
    baseline === undefined || value === null || value === undefined
      ? null
      : deviationFrom(baseline, rule.metric, value)
  return `${name} ${valueText(value)}: ${valueText(deviation)} robust standard deviations from the baseline, limit ${numberText(rule.limit)}`
}

function valueText(value: number | null | undefined): string {
  return value === null || value === undefined ? 'not measured' : numberText(value)
}
