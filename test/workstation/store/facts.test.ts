import { expect, test } from 'vitest'
import type { FieldId, PlaneId } from '#core/brand.ts'
import type { PlaneFacts } from '#workstation/intake/plane-file.ts'
import { all, type ReadableDb } from '#workstation/store/db.ts'
import { keepPlaneFacts, keepRunFacts, runFactsOf } from '#workstation/store/facts.ts'
import { currentPlanesOfField } from '#workstation/store/fields.ts'
import { memoryDb } from '../../support/stores.ts'
import { plateWriter } from '../../support/written-plates.ts'

const SAID = { pixelSize: 0.65, position: { x: 1, y: -2, z: 3.5 }, takenAt: '2026-01-05T08:00:00Z' }

/** What is kept of the planes of a field. */
function planeFactsOf(db: ReadableDb, fieldId: FieldId): ReadonlyMap<PlaneId, PlaneFacts> {
  interface Row {
    readonly planeId: PlaneId
    readonly pixelSize: number | null
    readonly stageX: number | null
    readonly stageY: number | null
    readonly stageZ: number | null
    readonly takenAt: string | null
  }
  const rows = all<Row>(
    db,
    `SELECT planeFacts.* FROM currentPlane
     JOIN planeFacts ON planeFacts.planeId = currentPlane.id WHERE fieldId = ?`,
    fieldId,
  )
  return new Map(
    rows.map(({ planeId, pixelSize, stageX: x, stageY: y, stageZ: z, takenAt }) => {
      const position = x === null || y === null ? null : { x, y, z }
      return [planeId, { pixelSize, position, takenAt }]
    }),
  )
}

function writtenField() {
  const db = memoryDb()
  const writer = plateWriter(db)
  const run = writer.run(writer.plate(), '/screen')
  const fieldId = writer.field(run, {})
  return { db, writer, run, fieldId }
}

test('what an index says of a plane is kept, and told with it', () => {
  const { db, writer, fieldId } = writtenField()
  const said = writer.plane(fieldId, { channel: 'DAPI' })
  const silent = writer.plane(fieldId, { channel: 'FITC' })
  keepPlaneFacts(db, said, SAID)
  expect(planeFactsOf(db, fieldId)).toEqual(new Map([[said, SAID]]))
  const sizes = currentPlanesOfField(db, fieldId).map(({ id, pixelSize }) => [id, pixelSize])
  expect(sizes).toEqual([
    [said, 0.65],
    [silent, null],
  ])
})

test('an index that says it otherwise later is believed', () => {
  const { db, writer, fieldId } = writtenField()
  const planeId = writer.plane(fieldId)
  keepPlaneFacts(db, planeId, SAID)
  const later = { pixelSize: null, position: null, takenAt: null }
  keepPlaneFacts(db, planeId, later)
  expect(planeFactsOf(db, fieldId).get(planeId)).toEqual(later)
})

test('how a run was imaged is kept', () => {
  const { db, run } = writtenField()
  expect(runFactsOf(db, run)).toBeNull()
  const facts = {
    startedAt: '2026-01-05T08:00:00+01:00',
    objective: { name: '20x', magnification: 20, numericalAperture: null },
    channels: [
      { channel: 'DAPI', excitation: 377, emission: 461, exposure: 40, flatField: 'flat.tif' },
    ],
  }
  keepRunFacts(db, run, { ...facts, startedAt: null })
  keepRunFacts(db, run, facts)
  expect(runFactsOf(db, run)).toEqual(facts)
})
