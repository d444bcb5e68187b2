import { describe, expect, test } from 'vitest'
import type { FieldId, PlaneId, RecordId, Sha256 } from '#core/brand.ts'
import { NUCLEI_FLUORESCENCE } from '#core/recipe.ts'
import { registerAcquisition } from '#workstation/intake/register-acquisition.ts'
import { recordedPlanes } from '#workstation/record/recorded-planes.ts'
import type { ActivityRow } from '#workstation/store/activities.ts'
import type { WritableDb } from '#workstation/store/db.ts'
import { keepPlaneFacts } from '#workstation/store/facts.ts'
import { appendFieldObjects } from '#workstation/store/objects.ts'
import type { Acquisition } from '#workstation/intake/acquisition.ts'
import type { PlaneFile } from '#workstation/intake/plane-file.ts'
import { memoryDb } from '../../support/stores.ts'

const INDEXED = { pixelSize: 0.65, position: null, takenAt: null }

/** A field of two depths whose index says 0.65 µm by now. */
function enteredField(): { db: WritableDb; fieldId: FieldId } {
  const db = memoryDb()
  const planes = [1, 2].map((z): PlaneFile => {
    const path = `B03_z${z}.tif`
    const file = { path, absolute: `/plate/${path}`, bytes: 9, modified: '1' }
    const place = { well: 'B03', site: 1, channel: 'DAPI', wave: 1, z, t: 1, projection: false }
    return { ...file, ...place, page: 0, facts: INDEXED }
  })
  const run: Acquisition = {
    ...{ plate: '9987', uniqueId: null, folder: '', instrument: 'paper', namedBy: 'index' },
    ...{ format: null, promised: null, expected: null, planes, ignored: [], faults: [] },
    channels: [{ wave: 1, name: 'DAPI' }],
  }
  const { fields } = registerAcquisition(db, '/plate', run)
  return { db, fieldId: fields[0]!.id }
}

function record(planes: object): { db: WritableDb; activity: ActivityRow } {
  const { db, fieldId } = enteredField()
  const id = 'a'.repeat(64) as RecordId
  db.exec('PRAGMA foreign_keys = OFF')
  const objects = { planes: JSON.stringify(planes), count: 0, diameter: null, measures: '[]' }
  appendFieldObjects(db, { activityId: id, fieldId, ...objects })
  const recipeHash = 'b'.repeat(64) as Sha256
  return { db, activity: { id, fieldId, recipeHash, outcome: 'done' } as ActivityRow }
}

describe('the planes that objects are looked for in again', () => {
  const both = [
    { channel: 'DAPI', planeId: 2 as PlaneId, pixelSize: 0.325 },
    { channel: 'DAPI', planeId: 1 as PlaneId },
  ]

  test('are those that were recorded, in their order, with the pixel size of then', () => {
    const { db, activity } = record(both)
    const { segmented, candidates } = recordedPlanes(db, activity, NUCLEI_FLUORESCENCE)
    expect(segmented).toBe('DAPI')
    expect(candidates.map(({ z, pixelSize }) => [z, pixelSize])).toEqual([
      [2, 0.325],
      [1, null],
    ])
  })

  test('keep it when an index says it otherwise later', () => {
    const { db, activity } = record(both)
    keepPlaneFacts(db, 2 as PlaneId, { ...INDEXED, pixelSize: 1.3 })
    const { candidates } = recordedPlanes(db, activity, NUCLEI_FLUORESCENCE)
    expect(candidates[0]!.pixelSize).toBe(0.325)
  })
})
