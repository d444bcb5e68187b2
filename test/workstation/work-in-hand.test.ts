import { expect, test } from 'vitest'
import type { AcquisitionId, FieldId, RecordId } from '#core/brand.ts'
import { createWorkInHand } from '#workstation/work-in-hand.ts'

const RUN = 1 as AcquisitionId
const FIELD = { id: 1 as FieldId, acquisitionId: RUN, name: 'B03_s1', well: 'B03', site: 1, t: 1 }
const [DONE, FAULTY] = [{ id: 'done' as RecordId }, { id: 'faulty' as RecordId }]

test('what is in hand is not begun a second time, and is free once it is put down', () => {
  const inHand = createWorkInHand(() => true)
  const putDown = inHand.begin([DONE, FAULTY])
  expect([DONE, FAULTY].map(({ id }) => inHand.isFree(id))).toEqual([false, false])
  putDown()
  expect([DONE, FAULTY].map(({ id }) => inHand.isFree(id))).toEqual([true, true])
})

test('what could not be recorded rests with its field, until its run is released or it is done elsewhere', () => {
  const inHand = createWorkInHand(id => id === DONE.id)
  inHand.settle([DONE, FAULTY], RUN, FIELD)
  expect([DONE, FAULTY].map(({ id }) => inHand.isResting(id))).toEqual([false, true])
  expect(inHand.isFree(FAULTY.id)).toBe(false)
  expect(inHand.endOf(RUN)).toEqual([FIELD])
  expect(inHand.isFree(FAULTY.id)).toBe(true)

  inHand.settle([FAULTY], RUN, FIELD)
  inHand.end([FAULTY])
  expect(inHand.isResting(FAULTY.id)).toBe(false)
})
