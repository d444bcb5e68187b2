import { classColumnWord } from '#core/infer/class-columns.ts'
import type { FieldClasses } from '#core/infer/field-classes.ts'
import type { CsvRow } from './write-csv.ts'

/**
 * What a field's record says of classes: `Count_Class_<name>` and `Count_Class_Unclassified` of its objects, or
 * `Prediction_Class` and `Prediction_Class_<name>` of the field as a whole.
 */
export function fieldClassColumns(classes: FieldClasses | null): CsvRow {
  if (classes === null) return {}
  if (classes.of === 'objects') return countColumns([classes])
  const probabilities = classes.classes.map(({ name, probability }) => [
    `Prediction_Class_${classColumnWord(name)}`,
    probability,
  ])
  return {
    Prediction_Class: classes.found ?? 'unclassified',
    ...(Object.fromEntries(probabilities) as CsvRow),
    Prediction_ClassUncertainty: classes.entropy,
    Prediction_ClassMutualInformation: classes.mutualInformation,
  }
}

/** The same over several fields: sums of counts, and how many fields are of each class. */
export function wellClassColumns(fields: readonly (FieldClasses | null)[]): CsvRow {
  const found = new Map<string, number>()
  for (const { classes, found: name } of fields.filter(one => one?.of === 'field')) {
    for (const one of classes) found.set(one.name, found.get(one.name) ?? 0)
    if (name !== null) found.set(name, found.get(name)! + 1)
  }
  const counts = [...found].map(([name, count]) => [
    `Count_FieldsOfClass_${classColumnWord(name)}`,
    count,
  ])
  return {
    ...countColumns(fields.filter(one => one?.of === 'objects')),
    ...(Object.fromEntries(counts) as CsvRow),
  }
}

function countColumns(
  fields: readonly Extract<FieldClasses, { readonly of: 'objects' }>[],
): CsvRow {
  if (fields.length === 0) return {}
  const counts: Record<string, number> = {}
  for (const { classes, unclassified } of fields) {
    const own = classes.map(({ name, count }) => [classColumnWord(name), count] as const)
    for (const [word, count] of [...own, ['Unclassified', unclassified] as const]) {
      const column = `Count_Class_${word}`
      counts[column] = (counts[column] ?? 0) + count
    }
  }
  return counts
}
