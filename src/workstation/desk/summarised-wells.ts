import type { PlateId, RecordId } from '#core/brand.ts'
import type { PartSummary } from '#core/plate/combine-summaries.ts'
import { all, type ReadableDb } from '../store/db.ts'
import { newestAggregations } from '../store/objects.ts'
import { wellFields } from '../store/standing.ts'
import { measureIn } from './measure-in.ts'

/**
 * What the newest aggregations say of a measure, for those wells whose present objects they were made of: no fewer
 * analyses, no more and no other.
 */
export function summarisedWells(
  db: ReadableDb,
  plateId: PlateId,
  measure: string,
): ReadonlyMap<string, PartSummary> {
  const analysed = new Map(wellFields(db, plateId).map(row => [row.well, row.analysed]))
  const found = new Map<string, PartSummary>()
  for (const aggregation of newestAggregations(db, plateId)) {
    const present = presentAnalyses(db, aggregation)
    const summaries = all<{ well: string; fields: number; count: number; measures: string }>(
      db,
      `SELECT well, fields, count, measures FROM summary
       WHERE activityId = ? AND well IS NOT NULL`,
      aggregation,
    )
    for (const { well, fields, count, measures } of summaries) {
      if (fields !== analysed.get(well) || fields !== present.get(well)) continue
      const summary = measureIn(measures, count, measure)
      if (summary !== null) found.set(well, summary)
    }
  }
  return found
}

/** How many of the analyses that an aggregation was made of are still the present ones, by well. */
function presentAnalyses(db: ReadableDb, aggregation: RecordId): ReadonlyMap<string, number> {
  const rows = all<{ well: string; analyses: number }>(
    db,
    `SELECT fieldStanding.well, count(*) AS analyses
     FROM informed
     JOIN activity ON activity.id = informed.byId
     JOIN fieldStanding
       ON fieldStanding.fieldId = activity.fieldId AND fieldStanding.sequence = activity.sequence
     WHERE informed.activityId = ? AND fieldStanding.counts = 1
     GROUP BY fieldStanding.well`,
    aggregation,
  )
  return new Map(rows.map(({ well, analyses }) => [well, analyses]))
}
