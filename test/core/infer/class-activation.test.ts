import { describe, expect, test } from 'vitest'
import { classActivation } from '#core/infer/class-activation.ts'

/** Two channels of 3 × 1 pixels. */
const features = { data: Float32Array.of(0, 1, 0, 0, 0, 2), dims: [1, 2, 1, 3] }
const weights = [
  [5, 5],
  [3, -1],
]

describe('classActivation', () => {
  test('shows what speaks for a class above 0 and what speaks against it below', () => {
    expect(classActivation(features, weights, 1)).toEqual({
      width: 3,
      height: 1,
      pixels: Float32Array.of(0, 3, -2),
    })
  })

  test('refuses weights of another network', () => {
    expect(() => classActivation(features, [[1]], 0)).toThrow('1 weights of class 0, 2 channels')
    expect(() => classActivation(features, weights, 2)).toThrow('No weights of class 2')
  })
})
