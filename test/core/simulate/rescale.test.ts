import { expect, test } from 'vitest'
import { enlarge, reduce } from '#core/simulate/rescale.ts'

test('reduces to means of blocks; those at the edge take what they have', () => {
  const image = { width: 3, height: 2, pixels: Float32Array.of(1, 3, 10, 5, 7, 20) }
  expect(reduce(image, 2)).toEqual({ width: 2, height: 1, pixels: Float32Array.of(4, 15) })
})

test('enlarges along a straight line between the centres of blocks', () => {
  const small = { width: 2, height: 1, pixels: Float32Array.of(0, 8) }
  const { pixels } = enlarge(small, { width: 8, height: 1 }, 4)
  expect([...pixels]).toEqual([0, 0, 1, 3, 5, 7, 8, 8])
})

test('comes back to the size it left, whatever the factor', () => {
  const image = { width: 13, height: 7, pixels: new Float32Array(91).fill(2) }
  const back = enlarge(reduce(image, 4), image, 4)
  expect(back).toEqual(image)
})
