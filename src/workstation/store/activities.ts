import type { AcquisitionId, FieldId, PlaneId, RecordId, Sha256 } from '#core/brand.ts'
import { all, first, write, type ReadableDb, type WritableDb } from './db.ts'

export type ActivityKind = 'quality' | 'analysis' | 'aggregation'

/** One thing that was done: a PROV activity. JSON columns are canonical. */
export interface ActivityRow {
  readonly id: RecordId
  readonly kind: ActivityKind
  /** Exactly one of these three is set: what the activity was about. */
  readonly planeId: PlaneId | null
  readonly fieldId: FieldId | null
  readonly acquisitionId: AcquisitionId | null
  readonly recipeHash: Sha256
  readonly stages: string
  readonly model: string | null
  readonly provider: string
  readonly threads: number
  readonly seed: number
  readonly softwareId: number
  readonly personId: number
  readonly machine: string
  readonly startedAt: string
  readonly endedAt: string
  readonly outcome: 'done' | 'fault'
  readonly digest: Sha256
}

/** Bytes that an activity used or generated: a PROV entity. */
export interface EntityRow {
  readonly kind: 'file' | 'artifact'
  readonly location: string
  readonly sha256: Sha256
  readonly bytes: number
}

/** What an activity generated, and as what. */
export interface GeneratedRow extends EntityRow {
  readonly role: string
}

export function insertActivity(db: WritableDb, row: ActivityRow): void {
  write(
    db,
    `INSERT INTO activity (id, kind, planeId, fieldId, acquisitionId, recipeHash, stages, model,
                           provider, threads, seed, softwareId, personId, machine, startedAt,
                           endedAt, outcome, digest)
     VALUES (@id, @kind, @planeId, @fieldId, @acquisitionId, @recipeHash, @stages, @model,
             @provider, @threads, @seed, @softwareId, @personId, @machine, @startedAt,
             @endedAt, @outcome, @digest)`,
    row,
  )
}

export function insertUsed(db: WritableDb, activityId: RecordId, entity: EntityRow): void {
  write(
    db,
    'INSERT INTO used (activityId, entityId) VALUES (?, ?) ON CONFLICT DO NOTHING',
    activityId,
    enterEntity(db, entity),
  )
}

export function insertGenerated(db: WritableDb, activityId: RecordId, made: GeneratedRow): void {
  write(
    db,
    'INSERT INTO generated (activityId, entityId, role) VALUES (?, ?, ?)',
    activityId,
    enterEntity(db, made),
    made.role,
  )
}

/** Notes that an activity took up what another one gave. */
export function insertInformed(db: WritableDb, activityId: RecordId, byId: RecordId): void {
  write(db, 'INSERT INTO informed (activityId, byId) VALUES (?, ?)', activityId, byId)
}

export function informedBy(db: ReadableDb, activityId: RecordId): readonly RecordId[] {
  return all<{ byId: RecordId }>(
    db,
    'SELECT byId FROM informed WHERE activityId = ? ORDER BY byId',
    activityId,
  ).map(({ byId }) => byId)
}

export function activityIsRecorded(db: ReadableDb, id: RecordId): boolean {
  return first(db, 'SELECT 1 FROM activity WHERE id = ?', id) !== undefined
}

const ACTIVITIES = `
  SELECT id, kind, planeId, fieldId, acquisitionId, recipeHash, stages, model, provider, threads,
         seed, softwareId, personId, machine, startedAt, endedAt, outcome, digest
  FROM activity`

/** Every activity in the order in which it was recorded. */
export function listActivities(db: ReadableDb): readonly ActivityRow[] {
  return all<ActivityRow>(db, `${ACTIVITIES} ORDER BY sequence`)
}

/** What was done about a plane, by whatever recipe, the newest first. */
export function activitiesOfPlane(db: ReadableDb, planeId: PlaneId): readonly ActivityRow[] {
  return all<ActivityRow>(db, `${ACTIVITIES} WHERE planeId = ? ORDER BY sequence DESC`, planeId)
}

/** What was done about a field as a whole, by whatever recipe, the newest first. */
export function activitiesOfField(db: ReadableDb, fieldId: FieldId): readonly ActivityRow[] {
  return all<ActivityRow>(db, `${ACTIVITIES} WHERE fieldId = ? ORDER BY sequence DESC`, fieldId)
}

/** Files and artifacts that an activity used, in the order of their places. */
export function usedBy(db: ReadableDb, activityId: RecordId): readonly EntityRow[] {
  return all<EntityRow>(
    db,
    `SELECT kind, location, sha256, bytes FROM used JOIN entity ON entity.id = entityId
     WHERE activityId = ? ORDER BY location, sha256`,
    activityId,
  )
}

export function generatedBy(db: ReadableDb, activityId: RecordId): readonly GeneratedRow[] {
  return all<GeneratedRow>(
    db,
    `SELECT kind, location, sha256, bytes, role FROM generated JOIN entity ON entity.id = entityId
     WHERE activityId = ? ORDER BY role`,
    activityId,
  )
}

/** The artifact that an activity generated in a role; that it did is part of its record. */
export function artifactOf(
  db: ReadableDb,
  activityId: RecordId,
  role: 'labels' | 'objects',
): EntityRow {
  const entity = generatedBy(db, activityId).find(made => made.role === role)
  if (entity === undefined) throw new Error(`Activity ${activityId} generated no ${role}`)
  return entity
}

/** Every artifact, and of each raw file the version that was used last: those before it were superseded. */
export function entitiesToKeep(db: ReadableDb): readonly EntityRow[] {
  return all<EntityRow>(
    db,
    `SELECT kind, location, sha256, bytes FROM entity WHERE kind = 'artifact'
     UNION ALL
     SELECT kind, location, sha256, bytes FROM (
       SELECT entity.*, max(activity.sequence)
       FROM entity
       JOIN used ON used.entityId = entity.id
       JOIN activity ON activity.id = used.activityId
       WHERE entity.kind = 'file'
       GROUP BY entity.location)
     ORDER BY location`,
  )
}

/** The number under which bytes are known; the same bytes at the same place are one entity. */
export function enterEntity(db: WritableDb, { kind, location, sha256, bytes }: EntityRow): number {
  const known = first<{ id: number }>(
    db,
    'SELECT id FROM entity WHERE kind = ? AND location = ? AND sha256 = ?',
    kind,
    location,
    sha256,
  )
  if (known !== undefined) return known.id
  return all<{ id: number }>(
    db,
    'INSERT INTO entity (kind, location, sha256, bytes) VALUES (?, ?, ?, ?) RETURNING id',
    kind,
    location,
    sha256,
    bytes,
  )[0]!.id
}
