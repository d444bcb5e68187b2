import type { FieldRow, PlaneRow } from '#contract/plates.ts'
import type { Decision } from '#contract/decision.ts'
import type { FieldId, PlaneId, PlateId, RecordId } from '#core/brand.ts'
import type { Fault } from '#core/fault.ts'
import { faultText } from '#core/fault-text.ts'
import { pixelVersion } from '../pixels/pixel-version.ts'
import { all, type ReadableDb } from '../store/db.ts'
import { asDecision, standingDecision } from '../store/decisions.ts'
import type { PlaneStandingRow } from '../store/standing.ts'

/** Which of a field's planes are wanted: those that count, the newest version of each, or all there ever were. */
export type PlaneChoice = 'counting' | 'newest' | 'all'

/** The fields of a well in the order of their sites, or the loose images of a plate. */
export function fieldsOfWell(
  db: ReadableDb,
  plateId: PlateId,
  well: string | null,
  history: boolean,
): readonly FieldRow[] {
  const ids = all<{ fieldId: FieldId }>(
    db,
    `SELECT fieldId FROM fieldStanding
     JOIN field ON field.id = fieldId
     WHERE plateId = @plateId AND fieldStanding.well = coalesce(@well, '')
       AND (counts = 1 OR @history = 1)
     ORDER BY site, t, name, acquisitionId`,
    { plateId, well, history: history ? 1 : 0 },
  )
  return fieldRows(
    db,
    ids.map(({ fieldId }) => fieldId),
    history ? 'all' : 'counting',
  )
}

/** Fields as the window shows them, in the order in which they are asked for. */
export function fieldRows(
  db: ReadableDb,
  fieldIds: readonly FieldId[],
  choice: PlaneChoice,
): readonly FieldRow[] {
  const ids = JSON.stringify(fieldIds)
  const planes = Map.groupBy(planesOf(db, ids), ({ fieldId }) => fieldId)
  const objects = new Map(objectsOf(db, ids).map(row => [row.fieldId, row]))
  const known = all<Omit<FieldRow, 'planes' | 'objects'>>(
    db,
    `SELECT field.id AS fieldId, plateId, name, well, site, t, number AS acquisition
     FROM field JOIN acquisition ON acquisition.id = acquisitionId
     WHERE field.id IN (SELECT value FROM json_each(?))`,
    ids,
  )
  const rows = new Map(
    known.map(field => {
      const analysis = objects.get(field.fieldId)
      const own = (planes.get(field.fieldId) ?? []).filter(chosenBy(choice))
      return [
        field.fieldId,
        {
          ...field,
          planes: own.map(plane => planeRow(db, plane)),
          objects:
            analysis === undefined
              ? null
              : { record: analysis.record, count: analysis.count, channel: analysis.channel },
        },
      ] as const
    }),
  )
  return fieldIds.flatMap(id => rows.get(id) ?? [])
}

function chosenBy(choice: PlaneChoice): (plane: FoundPlane) => boolean {
  return plane => {
    if (choice === 'all') return true
    return choice === 'newest' ? plane.newest === 1 : plane.supersededBy === null
  }
}

type FoundPlane = PlaneStandingRow & {
  readonly path: string
  readonly bytes: number
  readonly modified: string
  readonly page: number
  /** The last version in its field. */
  readonly newest: 0 | 1
  readonly supersedes: PlaneId | null
  /** `{ width, height, bits }` */
  readonly image: string | null
  readonly fault: string | null
  readonly pixelSize: number | null
  readonly stageX: number | null
  readonly stageY: number | null
  readonly stageZ: number | null
  readonly takenAt: string | null
}

function planesOf(db: ReadableDb, fieldIds: string): readonly FoundPlane[] {
  return all<FoundPlane>(
    db,
    `SELECT standing.*, file.path, bytes, modified, page,
            pixelSize, stageX, stageY, stageZ, takenAt,
            NOT EXISTS (
              SELECT 1 FROM plane AS newer
              WHERE newer.fieldId = plane.fieldId AND newer.channel = plane.channel
                AND newer.z = plane.z AND newer.projection = plane.projection
                AND newer.id > plane.id) AS newest,
            (SELECT max(earlier.planeId) FROM planeStanding AS earlier
             WHERE earlier.plateId = standing.plateId AND earlier.well IS standing.well
               AND earlier.field = standing.field AND earlier.channel = standing.channel
               AND earlier.z = standing.z AND earlier.projection = standing.projection
               AND earlier.supersededBy = standing.planeId) AS supersedes,
            (SELECT image FROM activity JOIN verdict ON verdict.activityId = activity.id
             WHERE activity.sequence = standing.sequence) AS image,
            (SELECT fault FROM fault WHERE fault.planeId = plane.id ORDER BY id DESC LIMIT 1) AS fault
     FROM plane
     JOIN planeStanding AS standing ON standing.planeId = plane.id
     JOIN file ON file.id = plane.fileId
     JOIN field ON field.id = plane.fieldId
     JOIN acquisition ON acquisition.id = field.acquisitionId
     LEFT JOIN planeFacts ON planeFacts.planeId = plane.id
     LEFT JOIN json_each(acquisition.channels) AS named ON named.value = plane.channel
     WHERE plane.fieldId IN (SELECT value FROM json_each(?))
     ORDER BY named.key, plane.channel, plane.projection, plane.z, plane.id`,
    fieldIds,
  )
}

function planeRow(db: ReadableDb, plane: FoundPlane): PlaneRow {
  const { planeId, channel, z, projection, state, reasons, supersedes, supersededBy } = plane
  const { pixelSize, stageX, stageY, stageZ, takenAt } = plane
  return {
    planeId,
    channel,
    z,
    projection: projection === 1,
    state,
    reasons: JSON.parse(reasons) as string[],
    message:
      state === 'unreadable' && plane.fault !== null
        ? faultText(JSON.parse(plane.fault) as Fault)
        : null,
    supersedes,
    supersededBy,
    decision: decisionAbout(db, planeId),
    image: plane.image === null ? null : (JSON.parse(plane.image) as PlaneRow['image']),
    version: pixelVersion(plane),
    pixelSize,
    position: stageX === null || stageY === null ? null : { x: stageX, y: stageY, z: stageZ },
    takenAt,
  }
}

function decisionAbout(db: ReadableDb, planeId: PlaneId): Decision | null {
  const row = standingDecision(db, planeId)
  return row === undefined ? null : asDecision(row)
}

interface FoundObjects {
  readonly fieldId: FieldId
  readonly record: RecordId
  readonly channel: string
  readonly count: number
}

/** The newest objects of each field that were found in the newest versions of its planes, re-imaged since or not. */
function objectsOf(db: ReadableDb, fieldIds: string): readonly FoundObjects[] {
  return all<FoundObjects & { newest: number }>(
    db,
    `SELECT objects.fieldId, objects.activityId AS record, objects.count,
            json_extract(objects.planes, '$[0].channel') AS channel,
            max(activity.sequence) AS newest
     FROM fieldObjects AS objects
     JOIN activity ON activity.id = objects.activityId
     WHERE objects.fieldId IN (SELECT value FROM json_each(?))
       AND NOT EXISTS (
         SELECT 1 FROM json_each(objects.planes) AS analysed
         JOIN plane ON plane.id = json_extract(analysed.value, '$.planeId')
         JOIN plane AS newer
           ON newer.fieldId = plane.fieldId AND newer.channel = plane.channel
          AND newer.z = plane.z AND newer.projection = plane.projection AND newer.id > plane.id)
     GROUP BY objects.fieldId`,
    fieldIds,
  )
}
