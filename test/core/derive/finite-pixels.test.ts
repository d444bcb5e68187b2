import { expect, test } from 'vitest'
import { finitePixels } from '#core/derive/finite-pixels.ts'

const of = (...values: number[]) => {
  const plane = { width: values.length, height: 1, pixels: Float32Array.from(values), fullScale: 1 }
  return [...finitePixels(plane).pixels]
}

test('makes gaps dark and clips the infinite', () => {
  expect(of(3, NaN, 5, Infinity, -Infinity)).toEqual([3, 3, 5, 5, 3])
})

test('is all zero where nothing is finite', () => {
  expect(of(NaN, Infinity)).toEqual([0, 0])
})
