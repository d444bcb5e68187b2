import { expect, test } from 'vitest'
import { PlateCompleteness } from '#contract/completeness.ts'
import { completenessAnswer } from '#workstation/desk/completeness-answer.ts'
import { createCompletenessReader } from '#workstation/plate-completeness.ts'
import { keepPromise } from '#workstation/store/promises.ts'
import { memoryDb } from '../../support/stores.ts'
import { plateWriter } from '../../support/written-plates.ts'

function desk(hoursLater: number) {
  const db = memoryDb()
  const write = plateWriter(db)
  const plateId = write.plate()
  const now = Date.now() + hoursLater * 3_600_000
  const reader = createCompletenessReader(db, () => new Date(now))
  return { db, write, plateId, answer: () => completenessAnswer(db, reader, plateId) }
}

const block = { sites: [1], channels: [{ wave: 1, name: 'DAPI' }], z: [0], t: [1] }

test('a plate whose index promises nothing has no counts, and is told to go on', () => {
  const { write, plateId, answer } = desk(0)
  const run = write.run(plateId, '/a')
  expect(PlateCompleteness.parse(answer())).toMatchObject({ going: 'unbegun', lastAt: null })
  write.plane(write.field(run, {}))
  const told = PlateCompleteness.parse(answer())
  expect(told).toMatchObject({ going: 'on', counts: null, runs: [{ planes: 1, counts: null }] })
  expect(Date.parse(told.endsAt!) - Date.parse(told.lastAt!)).toBe(300_000)
})

test('a plate that has ended says what is missing, and of which wells nothing came', () => {
  const { db, write, plateId, answer } = desk(1)
  const acquisitionId = write.run(plateId, '/a')
  const blocks = [{ ...block, wells: ['A01', 'A02'] }]
  keepPromise(db, { acquisitionId, blocks, format: null })
  write.plane(write.field(acquisitionId, {}))
  expect(PlateCompleteness.parse(answer())).toMatchObject({
    going: 'ended',
    endsAt: null,
    counts: { here: 1, awaited: 0, late: 0, missing: 1 },
    wells: [{ well: 'A02', late: 0, missing: 1 }],
    absentWells: ['A02'],
    planes: [],
  })
})
