import { expect, test } from 'vitest'
import { predictionColumns } from '#core/infer/prediction-columns.ts'

const OBJECTS = {
  count: 3,
  area: Uint32Array.of(10, 20, 30),
  meanForeground: Float32Array.of(0.5, 0.75, 1),
  meanEntropy: Float32Array.of(0.5, 0.25, 0),
  maxEntropy: Float32Array.of(1, 0.5, 0),
  meanMutualInformation: Float32Array.of(0.125, 0.25, 0),
  outlineEntropy: Float32Array.of(1, 0.75, 0.5),
  outlineMutualInformation: Float32Array.of(0, 0, 0),
  score: Float32Array.of(0.25, 0.5, 1),
}

test('a row of the table has the values of the object that it came from', () => {
  // Enlarging lost the second object and swapped the others.
  const columns = predictionColumns(OBJECTS, null, Uint32Array.of(0, 3, 1))
  expect(Object.fromEntries(columns.map(({ name, values }) => [name, [...values]]))).toEqual({
    Prediction_Probability: [1, 0.5],
    Prediction_Uncertainty: [0, 0.75],
    Prediction_Entropy: [0, 0.5],
    Prediction_OutlineEntropy: [0.5, 1],
    Prediction_MutualInformation: [0, 0.125],
  })
})

test('agreement is a column where there is somebody to agree', () => {
  const agreed = { objectIou: Float32Array.of(0.5, 0.25, 1), meanIou: 0, f1At50: 0, f1At70: 0 }
  const columns = predictionColumns(OBJECTS, agreed, Uint32Array.of(0, 1, 2, 3))
  expect(columns.at(-1)).toEqual({
    name: 'Prediction_Agreement',
    values: Float64Array.of(0.5, 0.25, 1),
  })
})

test('a field without objects has columns without rows', () => {
  for (const { values } of predictionColumns(OBJECTS, null, Uint32Array.of(0))) {
    expect(values).toHaveLength(0)
  }
})
