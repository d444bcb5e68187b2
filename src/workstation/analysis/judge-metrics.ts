import { roleOf } from '#core/prepare/channel-roles.ts'
import type { QualityMetrics } from '#core/quality/metrics.ts'
import { judgePlane, type PlaneVerdict } from '#core/quality/verdict.ts'
import type { Recipe } from '#core/recipe.ts'

/** Metrics → verdict, the same whether they were taken just now or long ago. */
export function judgeMetrics(
  metrics: QualityMetrics,
  channel: string,
  { channels, quality }: Pick<Recipe, 'channels' | 'quality'>,
): PlaneVerdict {
  // A channel that no rule names is judged as what is looked for: nuclei.
  const role = roleOf(channel, channels) ?? 'nucleus'
  return judgePlane.run({ metrics, channel, role }, quality)
}
