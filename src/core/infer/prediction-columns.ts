import type { MeasureColumn } from '../measure/object-table.ts'
import type { Agreement } from './agreement.ts'
import type { ObjectUncertainty } from './object-uncertainty.ts'

/**
 * How sure the networks were of each object, as columns beside its measures.
 *
 * @param originOf the number of an object among those the values are of, by its number in the table; both from 1
 */
export function predictionColumns(
  objects: ObjectUncertainty,
  agreed: Agreement | null,
  originOf: Uint32Array,
): readonly MeasureColumn[] {
  const column = (name: string, values: Float32Array, of = (value: number) => value) => ({
    name: `Prediction_${name}`,
    values: Float64Array.from(originOf.subarray(1), origin => of(values[origin - 1]!)),
  })
  return [
    column('Probability', objects.meanForeground),
    column('Uncertainty', objects.score, score => 1 - score),
    column('Entropy', objects.meanEntropy),
    column('OutlineEntropy', objects.outlineEntropy),
    column('MutualInformation', objects.meanMutualInformation),
    ...(agreed === null ? [] : [column('Agreement', agreed.objectIou)]),
  ]
}
