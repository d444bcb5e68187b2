import { expect, test } from 'vitest'
import { keepPlaneFacts, keepRunFacts, planeFactsOf, runFactsOf } from '#workstation/store/facts.ts'
import { currentPlanesOfField } from '#workstation/store/fields.ts'
import { memoryDb } from '../../support/stores.ts'
import { plateWriter } from '../../support/written-plates.ts'

const SAID = { pixelSize: 0.65, position: { x: 1, y: -2, z: 3.5 }, takenAt: '2026-01-05T08:00:00Z' }

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
