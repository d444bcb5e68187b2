import { join } from 'node:path'
import { canonicalJson } from '#core/canonical.ts'
import { enterField, enterPlane } from '../store/fields.ts'
import type { WritableDb } from '../store/db.ts'
import { enterAcquisition, enterPlate, type AcquisitionRow } from '../store/plates.ts'
import type { Acquisition } from './acquisition.ts'
import { groupFields } from './group-fields.ts'

/** Enters what intake found; what is there already stays. Call it in a transaction. */
export function registerAcquisition(
  db: WritableDb,
  root: string,
  acquisition: Acquisition,
): AcquisitionRow {
  const { plate, uniqueId, instrument, namedBy, expected, channels } = acquisition
  const folder = join(root, acquisition.folder)
  // Two folders of loose images are two plates, even if both are called "images".
  const identity = uniqueId ?? (namedBy === 'loose' ? folder : '')
  const row = enterAcquisition(db, {
    plateId: enterPlate(db, plate, identity),
    folder,
    instrument,
    namedBy,
    expected,
    channels: canonicalJson(channels.map(({ name }) => name)),
  })
  for (const { name, well, site, t, planes } of groupFields(acquisition)) {
    const fieldId = enterField(db, { acquisitionId: row.id, name, well, site, t })
    for (const plane of planes) {
      const { absolute: path, bytes, modified, page, channel, z } = plane
      const projection = plane.projection ? 1 : 0
      enterPlane(db, { fieldId, path, bytes, modified, page, channel, z, projection })
    }
  }
  return row
}
