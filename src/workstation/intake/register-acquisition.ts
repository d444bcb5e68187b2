import { join } from 'node:path'
import { canonicalJson } from '#core/canonical.ts'
import { enterField, enterPlane, type FieldRow } from '../store/fields.ts'
import type { WritableDb } from '../store/db.ts'
import { keepPlaneFacts, keepRunFacts } from '../store/facts.ts'
import { keepPromise } from '../store/promises.ts'
import { enterAcquisition, enterPlate, type AcquisitionRow } from '../store/plates.ts'
import type { Acquisition } from './acquisition.ts'
import { groupFields } from './group-fields.ts'

/** An imaging run in the store, and those of its fields that were entered with it. */
export interface EnteredRun {
  readonly run: AcquisitionRow
  readonly fields: readonly FieldRow[]
}

/** Enters what intake found; what is there already stays. Call it in a transaction. */
export function registerAcquisition(
  db: WritableDb,
  root: string,
  acquisition: Acquisition,
): EnteredRun {
  const { plate, instrument, namedBy, expected, channels } = acquisition
  const folder = join(root, acquisition.folder)
  const run = enterAcquisition(db, {
    plateId: enterPlate(db, plate, plateIdentity(root, acquisition)),
    folder,
    instrument,
    namedBy,
    expected,
    channels: canonicalJson(channels.map(({ name }) => name)),
  })
  if (acquisition.facts !== undefined) keepRunFacts(db, run.id, acquisition.facts)
  if (acquisition.promised !== null) {
    const { promised: blocks, format } = acquisition
    keepPromise(db, { acquisitionId: run.id, blocks, format })
  }
  const fields = groupFields(acquisition).map(({ name, well, site, t, planes }): FieldRow => {
    const field = { acquisitionId: run.id, name, well, site, t }
    const fieldId = enterField(db, field)
    for (const plane of planes) {
      const { absolute: path, bytes, modified, page, channel, z } = plane
      const projection = plane.projection ? 1 : 0
      const planeId = enterPlane(db, {
        fieldId,
        path,
        bytes,
        modified,
        page,
        channel,
        z,
        projection,
      })
      if (plane.facts !== undefined) keepPlaneFacts(db, planeId, plane.facts)
    }
    return { id: fieldId, ...field }
  })
  return { run, fields }
}

/** What tells a plate from others of its name. Two folders of loose images are two plates, even if both are called "images". */
export function plateIdentity(root: string, { uniqueId, namedBy, folder }: Acquisition): string {
  return uniqueId ?? (namedBy === 'loose' ? join(root, folder) : '')
}
