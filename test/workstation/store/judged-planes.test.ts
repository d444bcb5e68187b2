import { expect, test } from 'vitest'
import { JUDGED_AFTER, planesByState } from '#workstation/store/judged-planes.ts'
import { memoryDb } from '../../support/stores.ts'
import { plateWriter } from '../../support/written-plates.ts'

test('a page of planes is read along the order in which they were judged, without sorting', () => {
  const plan = memoryDb()
    .prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${JUDGED_AFTER}`)
    .all(1, 0, 10)
    .map(({ detail }) => detail)
  expect(plan[0]).toContain('USING INDEX planeByJudgement (plateId=? AND sequence>?)')
  expect(plan.slice(1).filter(line => !line.includes('SEARCH'))).toEqual([])
})

test('counts the planes that count by how they stand', () => {
  const db = memoryDb()
  const write = plateWriter(db)
  const plateId = write.plate()
  const run = write.run(plateId, '/one')
  const field = write.field(run, { well: 'A01' })
  write.verdict(write.plane(field), 'fail')
  // The same plane in a later version, and one in another well.
  write.verdict(write.plane(field), 'pass')
  write.plane(write.field(run, { well: 'A02' }))
  expect(planesByState(db, plateId)).toEqual([
    { state: 'pass', planes: 1 },
    { state: 'waiting', planes: 1 },
  ])
})
