import { expect, test } from 'vitest'
import { appendFault, passingFaultIsKnown, standingFaults } from '#workstation/store/faults.ts'
import { memoryDb } from '../../support/stores.ts'
import { plateWriter, WRITTEN_AT } from '../../support/written-plates.ts'

test('what a field met once is over when the recipe in use has its objects', () => {
  const db = memoryDb()
  const write = plateWriter(db)
  const run = write.run(write.plate(), '/plates')
  const field = write.field(run, {})
  const plane = write.plane(field)
  const path = `/plates/${field}/DAPI_z0_0.tif`
  const own = { acquisitionId: run, activityId: null, planeId: null, path, at: WRITTEN_AT }
  appendFault(db, { ...own, kind: 'model-not-usable', fault: '{}' })
  const standing = (recipe: ReturnType<typeof write.recipe>) =>
    standingFaults(db, run, recipe).map(({ kind }) => kind)

  const first = write.recipe('a')
  expect(standing(first)).toEqual(['model-not-usable'])
  write.objects(field, [plane])
  expect(standing(first)).toEqual([])
  expect(standing(write.recipe('b'))).toEqual(['model-not-usable'])

  // The image was taken again: what was found in the former one says nothing of it.
  write.plane(field)
  expect(standing(first)).toEqual(['model-not-usable'])
})

test('a fault that may pass is known when it is the last of its plane, or of its file where it is of no plane', () => {
  const db = memoryDb()
  const write = plateWriter(db)
  const run = write.run(write.plate(), '/plates')
  const [plane, other] = [write.plane(write.field(run, {})), write.plane(write.field(run, {}))]
  const own = { acquisitionId: run, activityId: null, path: '/a.tif', at: WRITTEN_AT }
  for (const planeId of [plane, null]) {
    const held = { ...own, planeId, kind: 'file-locked', fault: '{"detail":"EBUSY"}' }
    const gone = { ...held, kind: 'file-not-found', fault: '{}' }
    expect(passingFaultIsKnown(db, held)).toBe(false)
    appendFault(db, held)
    expect(passingFaultIsKnown(db, held)).toBe(true)
    expect(passingFaultIsKnown(db, gone)).toBe(false)
    appendFault(db, gone)
    expect(passingFaultIsKnown(db, held)).toBe(false)
    expect(passingFaultIsKnown(db, { ...gone, planeId: other })).toBe(false)
    expect(passingFaultIsKnown(db, { ...gone, planeId, path: '/b.tif' })).toBe(planeId !== null)
  }
})
