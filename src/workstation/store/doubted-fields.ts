import type { FieldId, PlaneId, PlateId, RecordId, Sha256 } from '#core/brand.ts'
import { all, first, type ReadableDb } from './db.ts'

/** A field that networks leave to a person. */
export interface DoubtedFieldRow {
  readonly activityId: RecordId
  /** The plane in which they looked for objects. */
  readonly planeId: PlaneId
  readonly uncertainty: number
  readonly novelty: number | null
  /** JSON list of words. */
  readonly reasons: string
}

/**
 * Fields whose newest analysis is by this recipe, says `review`, and is of planes that all count; of one plate, or of
 * all where it is null.
 */
export function doubtedFields(
  db: ReadableDb,
  recipeHash: Sha256,
  plateId: PlateId | null,
): readonly DoubtedFieldRow[] {
  const ofPlate = plateId === null ? '' : 'AND standing.plateId = @plateId'
  return all<DoubtedFieldRow>(db, `${IN_DOUBT} ${ofPlate}`, { recipeHash, plateId })
}

/** The same of one field. */
export function doubtedField(
  db: ReadableDb,
  recipeHash: Sha256,
  fieldId: FieldId,
): DoubtedFieldRow | undefined {
  return first<DoubtedFieldRow>(db, `${IN_DOUBT} AND prediction.fieldId = @fieldId`, {
    recipeHash,
    fieldId,
  })
}

/** The newest analysis of a field by a recipe, of the newest versions of its planes, where networks were asked. */
export function newestPrediction(
  db: ReadableDb,
  fieldId: FieldId,
  recipeHash: Sha256,
): RecordId | undefined {
  return first<{ activityId: RecordId }>(
    db,
    `SELECT prediction.activityId
     FROM prediction
     JOIN activity ON activity.id = prediction.activityId
     JOIN fieldObjects AS objects ON objects.activityId = prediction.activityId
     WHERE prediction.fieldId = ? AND activity.recipeHash = ?
       AND NOT EXISTS (
         SELECT 1 FROM json_each(objects.planes) AS analysed
         JOIN plane ON plane.id = json_extract(analysed.value, '$.planeId')
         JOIN plane AS newer
           ON newer.fieldId = plane.fieldId AND newer.channel = plane.channel
          AND newer.z = plane.z AND newer.projection = plane.projection AND newer.id > plane.id)
     ORDER BY activity.sequence DESC LIMIT 1`,
    fieldId,
    recipeHash,
  )?.activityId
}

/** `fieldStanding.sequence` is the newest analysis all of whose planes count. */
const IN_DOUBT = `
  SELECT prediction.activityId, json_extract(objects.planes, '$[0].planeId') AS planeId,
         uncertainty, novelty, prediction.reasons
  FROM prediction
  JOIN activity ON activity.id = prediction.activityId
  JOIN fieldStanding AS standing
    ON standing.fieldId = prediction.fieldId AND standing.sequence = activity.sequence
  JOIN fieldObjects AS objects ON objects.activityId = prediction.activityId
  WHERE prediction.decision = 'review' AND activity.recipeHash = @recipeHash
    AND standing.counts = 1`
