import { expect, test } from 'vitest'
import { measureText } from '../../../../src/renderer/features/field/measure-text.ts'

test.each([
  ['AreaShape_Area', 'Area · AreaShape'],
  ['Location_Center_X', 'Center X · Location'],
  ['Prediction_Uncertainty', 'Uncertainty · network'],
  ['Prediction_Probability', 'Probability of being an object · network'],
  ['Prediction_SomethingNew', 'SomethingNew · Prediction'],
  ['Class_mitotic', 'Is mitotic · network'],
  ['Single', 'Single'],
])('%s is offered as %s', (name, text) => {
  expect(measureText(name)).toBe(text)
})
