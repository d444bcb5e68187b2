import type { z } from 'zod'
import { wellUncertainty } from '#core/infer/field-uncertainty.ts'
import { PredictionDetails } from '../record/recorded-prediction.ts'
import type { PredictionRow } from '../store/predictions.ts'
import { fieldClassColumns, wellClassColumns } from './class-columns.ts'
import type { ExportedField } from './exported-fields.ts'
import type { CsvRow } from './write-csv.ts'

/** How sure the networks were of a field; no columns where none was asked. */
export function fieldPredictionColumns({ objects }: ExportedField): CsvRow {
  const prediction = objects?.prediction ?? null
  if (prediction === null) return {}
  const { components, classes } = detailsOf(prediction)
  const parts = Object.entries(components).map(([name, value]) => [
    `Prediction_${name[0]!.toUpperCase()}${name.slice(1)}`,
    value,
  ])
  return {
    Prediction_Decision: prediction.decision,
    Prediction_Reasons: (JSON.parse(prediction.reasons) as string[]).join(';'),
    Prediction_Uncertainty: prediction.uncertainty,
    Prediction_UnlikeTraining: prediction.novelty,
    ...(Object.fromEntries(parts) as CsvRow),
    ...fieldClassColumns(classes),
  }
}

/** The same over the fields of each well, and of all where the well is null. */
export function wellPredictionColumns(
  fields: readonly ExportedField[],
): (well: string | null) => CsvRow {
  const asked = fields.filter(({ objects }) => objects !== null && objects.prediction !== null)
  return well => {
    const own = asked
      .filter(({ field }) => well === null || field.well === well)
      .map(({ objects }) => objects!.prediction!)
    const told = wellUncertainty(own.map(({ uncertainty }) => uncertainty))
    if (told === null) return {}
    return {
      Prediction_MeanUncertainty: told.uncertainty,
      Prediction_WorstUncertainty: told.worst,
      Count_FieldsForReview: own.filter(({ decision }) => decision === 'review').length,
      ...wellClassColumns(own.map(prediction => detailsOf(prediction).classes)),
    }
  }
}

function detailsOf({ details }: PredictionRow): z.infer<typeof PredictionDetails> {
  return PredictionDetails.parse(JSON.parse(details))
}
