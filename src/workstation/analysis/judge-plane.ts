import { measureQuality } from '#core/quality/metrics.ts'
import { roleOf } from '#core/prepare/channel-roles.ts'
import { judgePlane as judgeMetrics } from '#core/quality/verdict.ts'
import type { Recipe } from '#core/recipe.ts'
import type { PlaneJudgement } from './job.ts'
import type { ReadPlane } from './plane-cache.ts'

/** Plane → metrics → verdict. */
export function judgePlane(
  { plane, bits }: ReadPlane,
  channel: string,
  recipe: Recipe,
): PlaneJudgement {
  const metrics = measureQuality.run(plane, recipe.quality.metrics)
  // A channel that no rule names is judged as what is looked for: nuclei.
  const role = roleOf(channel, recipe.channels) ?? 'nucleus'
  const { verdict, reasons } = judgeMetrics.run({ metrics, channel, role }, recipe.quality)
  const { width, height } = plane
  return { image: { width, height, bits }, metrics, verdict, reasons }
}
