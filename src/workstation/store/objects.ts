import type { AcquisitionId, FieldId, PlaneId, PlateId, RecordId, Sha256 } from '#core/brand.ts'
import { all, first, write, type ReadableDb, type WritableDb } from './db.ts'

/** The objects of a field; their rows and their label image are artifacts. JSON columns are canonical. */
export interface FieldObjectsRow {
  readonly activityId: RecordId
  readonly fieldId: FieldId
  /** List of AnalysedPlane, those of the segmented channel first. */
  readonly planes: string
  readonly count: number
  /** Pixels; null for an empty field. */
  readonly diameter: number | null
  /** List of { name, mean, median, mad }. */
  readonly measures: string
}

/** A plane that objects were found in; of a channel that was projected there are several, the sharpest first. */
export interface AnalysedPlane {
  readonly channel: string
  readonly planeId: PlaneId
  /** µm, where networks were told it by the index; left out where the image's own notes counted. */
  readonly pixelSize?: number
}

export function analysedPlanes({
  planes,
}: Pick<FieldObjectsRow, 'planes'>): readonly AnalysedPlane[] {
  return JSON.parse(planes) as AnalysedPlane[]
}

/** The summary of a well, or of the plate where `well` is null. */
export interface SummaryRow {
  readonly activityId: RecordId
  readonly well: string | null
  readonly fields: number
  readonly count: number
  readonly measures: string
}

export function appendFieldObjects(db: WritableDb, row: FieldObjectsRow): void {
  write(
    db,
    `INSERT INTO fieldObjects (activityId, fieldId, planes, count, diameter, measures)
     VALUES (@activityId, @fieldId, @planes, @count, @diameter, @measures)`,
    row,
  )
}

export function fieldObjectsOf(db: ReadableDb, activityId: RecordId): FieldObjectsRow | undefined {
  return first<FieldObjectsRow>(db, 'SELECT * FROM fieldObjects WHERE activityId = ?', activityId)
}

/** The newest objects of each field of an imaging run by one recipe, found in planes that still count. */
export function latestFieldObjects(
  db: ReadableDb,
  acquisitionId: AcquisitionId,
  recipeHash: Sha256,
): readonly FieldObjectsRow[] {
  return all<FieldObjectsRow & { sequence: number }>(
    db,
    `SELECT objects.*, max(activity.sequence) AS sequence
     FROM field
     JOIN currentFieldObjects AS objects ON objects.fieldId = field.id
     JOIN activity ON activity.id = objects.activityId
     WHERE field.acquisitionId = ? AND activity.recipeHash = ?
     GROUP BY field.id ORDER BY field.id`,
    acquisitionId,
    recipeHash,
  )
}

export function appendSummary(db: WritableDb, row: SummaryRow): void {
  write(
    db,
    `INSERT INTO summary (activityId, well, fields, count, measures)
     VALUES (@activityId, @well, @fields, @count, @measures)`,
    row,
  )
}

/** Wells in the order of their names, the plate first. */
export function summariesOf(db: ReadableDb, activityId: RecordId): readonly SummaryRow[] {
  return all<SummaryRow>(db, 'SELECT * FROM summary WHERE activityId = ? ORDER BY well', activityId)
}

/** The newest aggregation of an imaging run by one recipe. */
export function latestAggregation(
  db: ReadableDb,
  acquisitionId: AcquisitionId,
  recipeHash: Sha256,
): RecordId | undefined {
  return first<{ id: RecordId }>(
    db,
    `SELECT id FROM activity
     WHERE acquisitionId = ? AND kind = 'aggregation' AND recipeHash = ?
     ORDER BY sequence DESC LIMIT 1`,
    acquisitionId,
    recipeHash,
  )?.id
}

/** The newest aggregation of each imaging run of a plate, by whatever recipe. */
export function newestAggregations(db: ReadableDb, plateId: PlateId): readonly RecordId[] {
  return all<{ id: RecordId; newest: number }>(
    db,
    `SELECT activity.id, max(activity.sequence) AS newest
     FROM acquisition JOIN activity ON activity.acquisitionId = acquisition.id
     WHERE acquisition.plateId = ? AND activity.kind = 'aggregation'
     GROUP BY acquisition.id`,
    plateId,
  ).map(({ id }) => id)
}

/** Lists of measures, as JSON, that name what was measured on a plate: of its summaries, and of its newest field. */
export function measureListsOf(db: ReadableDb, plateId: PlateId): readonly string[] {
  const summaries = newestAggregations(db, plateId).flatMap(id =>
    all<{ measures: string }>(
      db,
      'SELECT measures FROM summary WHERE activityId = ? AND well IS NULL',
      id,
    ),
  )
  const fields = all<{ measures: string }>(
    db,
    `SELECT fieldObjects.measures
     FROM activity JOIN fieldObjects ON fieldObjects.activityId = activity.id
     WHERE activity.sequence =
       (SELECT max(sequence) FROM fieldStanding WHERE plateId = ? AND counts = 1)`,
    plateId,
  )
  return [...summaries, ...fields].map(({ measures }) => measures)
}
