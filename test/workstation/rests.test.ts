import { expect, test } from 'vitest'
import type { AcquisitionId, FieldId, RecordId } from '#core/brand.ts'
import { createRests } from '#workstation/rests.ts'
import type { FieldRow } from '#workstation/store/fields.ts'

const run = 0 as AcquisitionId
const plane = 'plane' as RecordId
const field: FieldRow = {
  id: 0 as FieldId,
  acquisitionId: run,
  name: 'A01',
  well: 'A01',
  site: 1,
  t: 1,
}

test('what met a passing fault is tried again after a pause that doubles', () => {
  let now = 0
  const rests = createRests(() => now)
  const pauses = [1, 2, 3].map(() => {
    rests.begin(plane, run, field)
    const began = now
    while (!rests.isOver(plane)) now += 1000
    return now - began
  })
  expect(pauses).toEqual([5_000, 10_000, 20_000])
  expect(rests.over()).toMatchObject([{ acquisitionId: run, field }])
})

test('what never met one may be tried at once, and so may what is done', () => {
  const rests = createRests(() => 0)
  expect(rests.isOver(plane)).toBe(true)
  rests.begin(plane, run, field)
  expect([rests.has(plane), rests.isOver(plane)]).toEqual([true, false])
  rests.end(plane)
  expect([rests.has(plane), rests.isOver(plane)]).toEqual([false, true])
})

test('what is not wanted any longer is not tried again', () => {
  const rests = createRests(() => 0)
  const [other, elsewhere] = ['other' as RecordId, 'elsewhere' as RecordId]
  rests.begin(plane, run, field)
  rests.begin(other, run, field)
  rests.begin(elsewhere, run, { ...field, id: 1 as FieldId })
  rests.keep(field.id, () => [other])
  expect([plane, other, elsewhere].map(id => rests.has(id))).toEqual([false, true, true])
})

test('when a share returns, nothing of its runs waits any longer', () => {
  const rests = createRests(() => 0)
  rests.begin(plane, run, field)
  rests.begin('of another run' as RecordId, 1 as AcquisitionId, field)
  expect(rests.endOf(run)).toEqual([field])
  expect([rests.has(plane), rests.has('of another run' as RecordId)]).toEqual([false, true])
})
