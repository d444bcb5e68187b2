import { augmentations } from './augment.ts'
import { EXPLAINING_RUNS } from './class-question.ts'
import type { ClassesParams, Inference } from './inference-params.ts'

/** Crops three nuclei wide cover a field this often where nuclei touch. */
const CROPS_OVER_A_FIELD = 9

/** How often, at most, a field's area goes through networks that describe it and its objects. */
export function describingPasses({ embedding, classes, augment, dropout }: Inference): number {
  const ways = augmentations({ ...augment, scales: [1] }).length * Math.max(1, dropout.passes)
  const embedded = (embedding?.length ?? 0) * ways * CROPS_OVER_A_FIELD
  if (classes === null) return embedded
  const whole = classes.by === 'network' && classes.of === 'field'
  const area = whole ? 1 : CROPS_OVER_A_FIELD
  const members = classes.by === 'network' ? classes.models.length : 0
  return embedded + (members * ways + explainingRuns(classes)) * area
}

/** Class activation may turn out to say nothing, and places are covered instead. */
function explainingRuns({ saliency }: ClassesParams): number {
  if (saliency === 'none') return 0
  return saliency === 'rise' ? EXPLAINING_RUNS.rise : EXPLAINING_RUNS.occlusion
}
