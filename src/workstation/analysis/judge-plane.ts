import { measureQuality } from '#core/quality/metrics.ts'
import type { Recipe } from '#core/recipe.ts'
import type { PlaneJudgement } from './job.ts'
import { judgeMetrics } from './judge-metrics.ts'
import type { ReadPlane } from './plane-cache.ts'

/** Plane → metrics → verdict. */
export function judgePlane(
  { plane, bits }: ReadPlane,
  channel: string,
  recipe: Recipe,
): PlaneJudgement {
  const metrics = measureQuality.run(plane, recipe.quality.metrics)
  const { verdict, reasons } = judgeMetrics(metrics, channel, recipe)
  const { width, height } = plane
  return { image: { width, height, bits }, metrics, verdict, reasons }
}
