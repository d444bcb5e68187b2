import type { Plane } from '#core/image/plane.ts'
import { measureQuality } from '#core/quality/metrics.ts'
import { judgePlane as judgeMetrics } from '#core/quality/verdict.ts'
import type { Recipe } from '#core/recipe.ts'
import type { PlaneJudgement } from './job.ts'

/** Plane → metrics → verdict. */
export function judgePlane(plane: Plane, channel: string, recipe: Recipe): PlaneJudgement {
  const metrics = measureQuality.run(plane, recipe.quality.metrics)
  const { verdict, reasons } = judgeMetrics.run({ metrics, channel }, recipe.quality)
  const { width, height, pixels } = plane
  return { image: { width, height, bits: pixels.BYTES_PER_ELEMENT * 8 }, metrics, verdict, reasons }
}
