import type { FieldDetails } from '#contract/fields.ts'
import type { ParfocalApi } from '#contract/index.ts'
import type { FieldRow } from '#contract/plates.ts'
import type { FieldId, PlaneId, PlateId } from '#core/brand.ts'
import { fail, ok } from '#core/fault.ts'
import { existsSync } from 'node:fs'
import { compareWells } from '../intake/group-fields.ts'
import { instrumentName } from '../intake/instruments/registry.ts'
import { artifactPath } from '../record/artifacts.ts'
import { generatedBy } from '../store/activities.ts'
import { all, type ReadableDb } from '../store/db.ts'
import { doubtedFields } from '../store/doubted-fields.ts'
import { acquisitionsOf, plateIsKnown } from '../store/plates.ts'
import type { Workstation } from '../workstation.ts'
import { fieldPrediction, type InUse } from './field-prediction.ts'
import { fieldRows } from './field-rows.ts'
import { runFacts } from './run-facts.ts'
import { referencePlane } from './reference-plane.ts'

type FieldCall = Extract<keyof ParfocalApi, `fields.${string}`>

/** Answers what the window asks about fields. */
export function fieldAnswers(
  workstation: Pick<Workstation, 'store' | 'pool'> & InUse,
): Pick<ParfocalApi, FieldCall> {
  const { db, folder } = workstation.store
  const { pool } = workstation
  return {
    'fields.open': async ({ fieldId }) => {
      const [field] = fieldRows(db, [fieldId], 'newest')
      if (field === undefined) return fail({ kind: 'field-not-found', fieldId })
      return ok(fieldDetails(db, field, workstation))
    },

    'fields.objects': async ({ record }) => {
      const table = generatedBy(db, record).find(({ role }) => role === 'objects')
      if (table === undefined) return fail({ kind: 'record-not-found', record })
      const path = artifactPath(folder, table.location)
      if (!existsSync(path)) return fail({ kind: 'artifact-missing', path })
      const answer = await pool.run({ kind: 'objects', table: path }, { priority: 'view' })
      if (!answer.ok) {
        const { loss } = answer
        const detail = loss.why === 'ended' ? loss.detail : loss.why
        return fail({ kind: 'worker-lost', path, detail })
      }
      const { count, columns } = answer.reply
      return ok({
        count,
        columns: columns.map(({ name, values }) => ({ name, values: [...values] })),
      })
    },

    'fields.reference': async ({ planeId }) => {
      const found = referencePlane(db, planeId)
      return found === undefined ? fail({ kind: 'plane-not-found', planeId }) : ok(found)
    },

    'fields.doubted': async ({ plateId }) => {
      if (!plateIsKnown(db, plateId)) return fail({ kind: 'plate-not-found', plateId })
      const { recipeHash } = workstation.recorder
      return ok({ fields: doubtedFields(db, recipeHash, plateId).length })
    },
  }
}

function fieldDetails(db: ReadableDb, field: FieldRow, { recorder }: InUse): FieldDetails {
  const { plateId, fieldId, name } = field
  const run = acquisitionsOf(db, plateId).find(({ number }) => number === field.acquisition)!
  const runs = all<FieldDetails['runs'][number]>(
    db,
    `SELECT field.id AS fieldId, number AS acquisition
     FROM acquisition JOIN field ON field.acquisitionId = acquisition.id
     WHERE acquisition.plateId = ? AND field.name = ? ORDER BY number`,
    plateId,
    name,
  )
  return {
    field,
    plate: run.plate,
    imaging: {
      instrument: instrumentName(run.instrument),
      namedBy: run.namedBy,
      facts: runFacts(db, run.id),
    },
    metrics: metricsOf(db, field),
    prediction: fieldPrediction(db, recorder, fieldId),
    ...neighbours(db, field),
    runs: [...runs],
  }
}

function metricsOf(db: ReadableDb, { planes }: FieldRow): FieldDetails['metrics'] {
  const rows = all<{ planeId: PlaneId; metrics: string }>(
    db,
    `SELECT standing.planeId, verdict.metrics
     FROM planeStanding AS standing
     JOIN activity ON activity.sequence = standing.sequence
     JOIN verdict ON verdict.activityId = activity.id
     WHERE standing.planeId IN (SELECT value FROM json_each(?))`,
    JSON.stringify(planes.map(({ planeId }) => planeId)),
  )
  return Object.fromEntries(
    rows.map(({ planeId, metrics }) => [
      String(planeId),
      JSON.parse(metrics) as Record<string, number | null>,
    ]),
  )
}

/** The fields before and after one on its plate: by well along the rows, then by site and time. */
function neighbours(
  db: ReadableDb,
  { plateId, well, fieldId }: FieldRow,
): Pick<FieldDetails, 'previous' | 'next'> {
  const wells = all<{ well: string }>(
    db,
    'SELECT DISTINCT well FROM fieldStanding WHERE plateId = ? AND counts = 1',
    plateId,
  )
    .map(row => row.well)
    .sort(compareWells)
  const own = fieldsInWell(db, plateId, well ?? '', fieldId)
  const place = own.indexOf(fieldId)
  const at = wells.indexOf(well ?? '')
  const before = wells[at - 1]
  const after = at < 0 ? undefined : wells[at + 1]
  const ofWell = (name: string | undefined): readonly FieldId[] =>
    name === undefined ? [] : fieldsInWell(db, plateId, name, null)
  return {
    previous: own[place - 1] ?? ofWell(before).at(-1) ?? null,
    next: own[place + 1] ?? ofWell(after)[0] ?? null,
  }
}

/** Fields of a well that count, and `besides` even if it does not. */
function fieldsInWell(
  db: ReadableDb,
  plateId: PlateId,
  well: string,
  besides: FieldId | null,
): readonly FieldId[] {
  return all<{ fieldId: FieldId }>(
    db,
    `SELECT fieldId FROM fieldStanding JOIN field ON field.id = fieldId
     WHERE plateId = ? AND fieldStanding.well = ? AND (counts = 1 OR fieldId = ?)
     ORDER BY site, t, name, acquisitionId`,
    plateId,
    well,
    besides,
  ).map(({ fieldId }) => fieldId)
}
