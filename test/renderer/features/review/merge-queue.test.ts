import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { PlaneId } from '#core/brand.ts'
import { mergeQueue } from '../../../../src/renderer/features/review/merge-queue.ts'
import { reviewItem } from '../../../support/review-items.ts'

const ids = fc.uniqueArray(fc.integer({ min: 1, max: 30 }), { minLength: 1 })

test('whatever changes, the current plane stays, and so does its place unless one before it is gone', () => {
  fc.assert(
    fc.property(ids, ids, fc.nat(), (before, after, choice) => {
      const at = choice % before.length
      const currentId = before[at] as PlaneId
      const queue = { currentId, selected: new Set<PlaneId>(), anchorId: null }
      const items = before.map(id => reviewItem(id))
      const merged = mergeQueue(
        { ...queue, items },
        after.map(id => reviewItem(id)),
      )
      const places = merged.items.map(({ planeId }) => planeId as number)
      const gone = before.slice(0, at).filter(id => !after.includes(id)).length
      expect(merged.currentId).toBe(currentId)
      expect(places.indexOf(currentId)).toBe(at - gone)
      expect(places.toSorted()).toEqual([...new Set([...after, currentId as number])].toSorted())
    }),
  )
})

test('a selection keeps what is still there', () => {
  const items = [1, 2].map(id => reviewItem(id))
  const selected = new Set([1, 2] as PlaneId[])
  const queue = { items, currentId: 1 as PlaneId, selected, anchorId: 2 as PlaneId }
  expect(mergeQueue(queue, [reviewItem(1)])).toMatchObject({
    selected: new Set([1]),
    anchorId: null,
  })
})
