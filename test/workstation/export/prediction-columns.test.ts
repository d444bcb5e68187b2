import { expect, test } from 'vitest'
import type { ExportedField } from '#workstation/export/exported-fields.ts'
import {
  fieldPredictionColumns,
  wellPredictionColumns,
} from '#workstation/export/prediction-columns.ts'
import type { PredictionRow } from '#workstation/store/predictions.ts'

/** Of an exported field only what these columns are made of. */
function field(well: string | null, prediction: Partial<PredictionRow> | null): ExportedField {
  const details = JSON.stringify({
    components: { disagreement: 0.5, missed: 0.125 },
    passes: 8,
    factor: 0.5,
  })
  const row = { decision: 'use', reasons: '[]', uncertainty: 0.25, novelty: null, details }
  return {
    field: { well },
    objects: { count: 3, prediction: prediction === null ? null : { ...row, ...prediction } },
  } as unknown as ExportedField
}

test('a field has what networks said of it, and what that is made of', () => {
  const row = field('A01', {
    decision: 'review',
    reasons: '["field-uncertain","field-novel"]',
    uncertainty: 0.75,
    novelty: 0.998,
  })
  expect(fieldPredictionColumns(row)).toEqual({
    Prediction_Decision: 'review',
    Prediction_Reasons: 'field-uncertain;field-novel',
    Prediction_Uncertainty: 0.75,
    Prediction_UnlikeTraining: 0.998,
    Prediction_Disagreement: 0.5,
    Prediction_Missed: 0.125,
  })
})

test('a field without networks or without objects has no such columns', () => {
  expect(fieldPredictionColumns(field('A01', null))).toEqual({})
  expect(fieldPredictionColumns({ ...field('A01', null), objects: null })).toEqual({})
})

test('a well has the mean and the worst of its fields, and how many are left to a person', () => {
  const columns = wellPredictionColumns([
    field('A01', { uncertainty: 0.25 }),
    field('A01', { uncertainty: 0.75, decision: 'review' }),
    field('A01', null),
    field('B02', { uncertainty: 0.5 }),
    field(null, { uncertainty: 0, decision: 'review' }),
  ])
  expect(columns('A01')).toEqual({
    Prediction_MeanUncertainty: 0.5,
    Prediction_WorstUncertainty: 0.75,
    Count_FieldsForReview: 1,
  })
  expect(columns('B02')).toMatchObject({
    Prediction_MeanUncertainty: 0.5,
    Count_FieldsForReview: 0,
  })
  expect(columns(null)).toEqual({
    Prediction_MeanUncertainty: 0.375,
    Prediction_WorstUncertainty: 0.75,
    Count_FieldsForReview: 2,
  })
  expect(columns('C03')).toEqual({})
})
