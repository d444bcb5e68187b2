import { describe, expect, test } from 'vitest'
import { poolFeatures, shrinkMap } from '#core/infer/pool-features.ts'

const features = { data: Float32Array.of(1, 2, 3, 4, 10, 10, 10, 10), dims: [1, 2, 2, 2] }

describe('poolFeatures', () => {
  test('gives means, then standard deviations', () => {
    expect([...poolFeatures(features)]).toEqual([2.5, 10])
    expect([...poolFeatures(features, null, 'mean-std')]).toEqual([2.5, 10, Math.sqrt(1.25), 0])
  })

  test('weighs pixels, unless the weights are nothing', () => {
    expect([...poolFeatures(features, Float32Array.of(0, 0, 0.5, 0.5))]).toEqual([3.5, 10])
    expect([...poolFeatures(features, Float32Array.of(1e-7, 0, 0, 0))]).toEqual([2.5, 10])
  })

  test('takes a vector as it is', () => {
    expect([...poolFeatures({ data: Float32Array.of(3, 5), dims: [1, 2] })]).toEqual([3, 5])
  })

  test('refuses other shapes', () => {
    expect(() => poolFeatures({ data: new Float32Array(4), dims: [2, 2] })).toThrow('[2, 2]')
    expect(() => poolFeatures({ data: new Float32Array(4), dims: [1, 2, 2] })).toThrow('[1, 2, 2]')
    expect(() => poolFeatures(features, new Float32Array(3))).toThrow('3 weights for 4 pixels')
  })
})

describe('shrinkMap', () => {
  test('takes the mean of blocks', () => {
    const map = Float32Array.of(0, 1, 1, 0, 1, 1, 1, 0)
    expect(shrinkMap(map, { width: 4, height: 2 }, { width: 2, height: 1 })).toEqual(
      Float32Array.of(0.75, 0.5),
    )
  })

  test('gives every pixel to one cell where sizes do not divide', () => {
    const map = Float32Array.of(1, 2, 3, 4, 5)
    expect(shrinkMap(map, { width: 5, height: 1 }, { width: 2, height: 1 })).toEqual(
      Float32Array.of(2, 4.5),
    )
  })

  test('does not enlarge', () => {
    const one = { width: 1, height: 1 }
    expect(() => shrinkMap(new Float32Array(1), one, { width: 2, height: 1 })).toThrow(RangeError)
  })
})
