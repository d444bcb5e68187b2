import { expect, test } from 'vitest'
import type { PlateId } from '#core/brand.ts'
import { plateIsKnown } from '#workstation/store/plates.ts'
import { memoryDb } from '../../support/stores.ts'
import { plateWriter } from '../../support/written-plates.ts'

test('a plate is known once it was entered', () => {
  const db = memoryDb()
  const plateId = plateWriter(db).plate()
  expect([plateIsKnown(db, plateId), plateIsKnown(db, 99 as PlateId)]).toEqual([true, false])
})
