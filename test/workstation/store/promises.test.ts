import { expect, test } from 'vitest'
import { keepPromise, promisesOf } from '#workstation/store/promises.ts'
import { memoryDb } from '../../support/stores.ts'
import { plateWriter } from '../../support/written-plates.ts'

const block = {
  wells: ['A01', 'A02'],
  sites: [1, 2],
  channels: [{ wave: 1, name: 'DAPI' }],
  z: [1],
  t: [1],
}

test('what an index promises is kept by imaging run, in their order', () => {
  const db = memoryDb()
  const plate = plateWriter(db)
  const plateId = plate.plate()
  const [first, second, third] = ['/a', '/b', '/c'].map(folder => plate.run(plateId, folder))
  keepPromise(db, { acquisitionId: third!, blocks: [block], format: { rows: 8, columns: 12 } })
  keepPromise(db, { acquisitionId: first!, blocks: [], format: null })
  expect(promisesOf(db, plateId)).toEqual([
    { acquisitionId: first, blocks: [], format: null },
    { acquisitionId: third, blocks: [block], format: { rows: 8, columns: 12 } },
  ])
  expect(promisesOf(db, plateId).map(({ acquisitionId }) => acquisitionId)).not.toContain(second)
})

test('an index that grows promises what it says now', () => {
  const db = memoryDb()
  const plate = plateWriter(db)
  const plateId = plate.plate()
  const acquisitionId = plate.run(plateId, '/a')
  keepPromise(db, { acquisitionId, blocks: [block], format: null })
  const grown = { ...block, wells: [...block.wells, 'A03'] }
  keepPromise(db, { acquisitionId, blocks: [grown], format: null })
  expect(promisesOf(db, plateId)).toEqual([{ acquisitionId, blocks: [grown], format: null }])
})
