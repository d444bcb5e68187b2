import { segmentNuclei } from '#core/derive/nuclei.ts'
import { measureObjects } from '#core/measure/objects.ts'
import { classifyField } from '#core/infer/classify-field.ts'
import { classifyObjects } from '#core/infer/classify-objects.ts'
import { embedObjects } from '#core/infer/embed-objects.ts'
import type { Inference } from '#core/infer/inference-params.ts'
import { predictField } from '#core/infer/predict-field.ts'
import { aggregateObjects } from '#core/plate/aggregate.ts'
import { choosePlanes } from '#core/prepare/choose-planes.ts'
import { measureQuality } from '#core/quality/metrics.ts'
import { judgePlane } from '#core/quality/verdict.ts'
import type { Recipe } from '#core/recipe.ts'
import type { StageName } from '../record/activity-id.ts'

/** Stages that lead from a plane to its verdict. */
export const JUDGING_STAGES = [measureQuality, judgePlane] as const

/** Stages that lead from the planes of a field to its objects, by classical methods or by networks. */
export function analysisStages({ infer }: Recipe): readonly StageName[] {
  const finding = infer === undefined ? [segmentNuclei] : [predictField, ...describing(infer)]
  return [choosePlanes, ...finding, measureObjects, aggregateObjects]
}

function describing({ embedding, classes }: Inference): readonly StageName[] {
  const classifying =
    classes?.by === 'network' && classes.of === 'field' ? classifyField : classifyObjects
  return [...(embedding === null ? [] : [embedObjects]), ...(classes === null ? [] : [classifying])]
}

/** Stages that lead from the objects of fields to the summaries of wells and plate. */
export const AGGREGATION_STAGES = [aggregateObjects] as const
