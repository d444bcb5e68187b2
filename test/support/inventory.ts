import type { PlaneId, PlateId } from '#core/brand.ts'
import type { WritableDb } from '#workstation/store/db.ts'
import { enterField, enterPlane } from '#workstation/store/fields.ts'
import { enterAcquisition, enterPlate } from '#workstation/store/plates.ts'

interface InventoryChoice {
  readonly plate?: string
  readonly wells?: readonly string[]
  readonly channels?: readonly string[]
}

/** Enters a plate of one imaging run as intake would; gives its planes in the order of wells and channels. */
export function enterInventory(
  db: WritableDb,
  { plate = 'BR00117', wells = ['A01'], channels = ['DNA'] }: InventoryChoice = {},
): { readonly plateId: PlateId; readonly planeIds: readonly PlaneId[] } {
  const plateId = enterPlate(db, plate, '')
  const run = enterAcquisition(db, {
    plateId,
    folder: `/data/${plate}`,
    instrument: 'imagexpress',
    namedBy: 'name',
    expected: null,
    channels: JSON.stringify(channels),
  })
  for (const well of wells) {
    const name = `${well} s1`
    const fieldId = enterField(db, { acquisitionId: run.id, name, well, site: 1, t: 1 })
    for (const channel of channels) {
      const path = `/data/${plate}/${well}_${channel}.tif`
      const file = { path, bytes: 100, modified: '1', page: 0 }
      enterPlane(db, { fieldId, channel, z: 0, projection: 0, ...file })
    }
  }
  const planeIds = db
    .prepare<[PlateId], PlaneId>(
      `SELECT plane.id FROM plane JOIN field ON field.id = fieldId
       JOIN acquisition ON acquisition.id = acquisitionId WHERE plateId = ? ORDER BY plane.id`,
    )
    .pluck()
    .all(plateId)
  return { plateId, planeIds }
}
