import { expect, test } from 'vitest'
import { appendLayout, latestLayout } from '#workstation/store/layouts.ts'
import { memoryDb } from '../../support/stores.ts'
import { plateWriter, WRITTEN_AT } from '../../support/written-plates.ts'

const negative = { well: 'A01', control: 'negative', labels: { dose: '0' } }

test('the last platemap of a plate counts, and those before it stay', () => {
  const db = memoryDb()
  const plate = plateWriter(db)
  const [plateId, other] = [plate.plate('BR1'), plate.plate('BR2')]
  appendLayout(db, plateId, [negative], WRITTEN_AT)
  appendLayout(db, other, [], WRITTEN_AT)
  appendLayout(db, plateId, [{ ...negative, control: 'positive' }], WRITTEN_AT)
  expect(latestLayout(db, plateId)).toEqual([{ ...negative, control: 'positive' }])
  expect(db.prepare('SELECT count(*) FROM layout WHERE plateId = ?').pluck().get(plateId)).toBe(2)
  expect(() => db.exec('DELETE FROM layout')).toThrow('append-only')
})

test('a plate without a platemap has an empty one', () => {
  const db = memoryDb()
  expect(latestLayout(db, plateWriter(db).plate())).toEqual([])
})
