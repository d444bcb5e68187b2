import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createHeap } from '#core/derive/heap.ts'

test('gives back any numbers in rising order', () => {
  fc.assert(
    fc.property(fc.array(fc.integer()), numbers => {
      const heap = createHeap<number>((a, b) => a < b)
      numbers.forEach(number => heap.push(number))
      const out = numbers.map(() => heap.pop())
      expect(out).toEqual([...numbers].sort((a, b) => a - b))
      expect(heap.pop()).toBeUndefined()
    }),
  )
})
