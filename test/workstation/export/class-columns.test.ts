import { describe, expect, test } from 'vitest'
import type { FieldClasses } from '#core/infer/field-classes.ts'
import { fieldClassColumns, wellClassColumns } from '#workstation/export/class-columns.ts'

function objects(round: number, split: number, unclassified: number): FieldClasses {
  const classes = [
    { name: 'round', count: round },
    { name: 'just split', count: split },
  ]
  return { of: 'objects', classes, unclassified, explained: null }
}

function whole(found: string | null): FieldClasses {
  const classes = [
    { name: 'confluent', probability: 0.75 },
    { name: 'sparse', probability: 0.25 },
  ]
  const doubt = { entropy: 0.8, mutualInformation: 0.1, explained: null }
  return { of: 'field', classes, found, ...doubt }
}

describe('classes of objects', () => {
  test('are counts of each field', () => {
    expect(fieldClassColumns(objects(3, 1, 2))).toEqual({
      Count_Class_round: 3,
      Count_Class_just_split: 1,
      Count_Class_Unclassified: 2,
    })
  })

  test('are sums over wells', () => {
    expect(wellClassColumns([objects(3, 1, 2), objects(4, 0, 1), null])).toEqual({
      Count_Class_round: 7,
      Count_Class_just_split: 1,
      Count_Class_Unclassified: 3,
    })
  })
})

describe('classes of fields', () => {
  test('are probabilities, and the class that was found', () => {
    expect(fieldClassColumns(whole('confluent'))).toEqual({
      Prediction_Class: 'confluent',
      Prediction_Class_confluent: 0.75,
      Prediction_Class_sparse: 0.25,
      Prediction_ClassUncertainty: 0.8,
      Prediction_ClassMutualInformation: 0.1,
    })
    expect(fieldClassColumns(whole(null))).toMatchObject({ Prediction_Class: 'unclassified' })
  })

  test('are counted over wells, those that none was found of too', () => {
    expect(wellClassColumns([whole('confluent'), whole('confluent'), whole(null)])).toEqual({
      Count_FieldsOfClass_confluent: 2,
      Count_FieldsOfClass_sparse: 0,
    })
  })
})

test('fields without classes have no columns', () => {
  expect(fieldClassColumns(null)).toEqual({})
  expect(wellClassColumns([null])).toEqual({})
})
