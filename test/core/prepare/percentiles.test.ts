import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { percentiles } from '#core/prepare/percentiles.ts'

describe('percentiles', () => {
  test('of floats are those of the sorted floats', () => {
    const pixels = fc.float32Array({
      minLength: 1,
      maxLength: 60,
      noNaN: true,
      noDefaultInfinity: true,
    })
    fc.assert(
      fc.property(pixels, fc.nat(59), (values, rank) => {
        fc.pre(rank < values.length)
        const sorted = values.toSorted()
        const percent = values.length === 1 ? 0 : (100 * rank) / (values.length - 1)
        const [found] = percentiles(values, [percent])
        // The rank may come out a rounding beside the whole number; so may the value then.
        const step =
          Math.abs((sorted[rank + 1] ?? 0) - sorted[rank]!) +
          Math.abs((sorted[rank - 1] ?? 0) - sorted[rank]!)
        expect(Math.abs(found! - sorted[rank]!)).toBeLessThanOrEqual(1e-12 * step)
      }),
    )
  })

  test('go between two pixels in proportion', () => {
    expect(percentiles(Uint16Array.of(10, 20), [0, 25, 50, 100])).toEqual([10, 12.5, 15, 20])
  })

  test('leave out what is not finite', () => {
    expect(percentiles(Float32Array.of(NaN, 3, Infinity, 1, -Infinity), [0, 100])).toEqual([1, 3])
    expect(percentiles(Float32Array.of(NaN), [50])).toEqual([NaN])
    expect(percentiles(new Uint8Array(0), [50])).toEqual([NaN])
  })

  test('of a view into a longer buffer are those of the view', () => {
    const pixels = Float32Array.of(100, 1, 2, 3, 100).subarray(1, 4)
    expect(percentiles(pixels, [0, 50, 100])).toEqual([1, 2, 3])
  })

  test.each([-1, 101, NaN])('refuse %d', percent => {
    expect(() => percentiles(Uint8Array.of(1), [percent])).toThrow(RangeError)
  })
})
