import { describe, expect, test } from 'vitest'
import { dropoutMasks } from '#core/infer/dropout-masks.ts'

const request = { channels: 64, rate: 0.2, seed: 7, pass: 0 }

describe('dropoutMasks', () => {
  test('are these bits, on every machine', () => {
    const masks = dropoutMasks({ channels: 24, rate: 0.5, seed: 2026, pass: 3 })
    expect(masks.join('')).toMatchInlineSnapshot(`"200002020202020020022022"`)
  })

  test('are the same for the same seed and pass, whatever was drawn between', () => {
    const first = dropoutMasks(request)
    dropoutMasks({ ...request, pass: 1 })
    expect(dropoutMasks(request)).toEqual(first)
  })

  test('begin alike however many channels are asked for', () => {
    expect(dropoutMasks({ ...request, channels: 7 })).toEqual(dropoutMasks(request).slice(0, 7))
  })

  test.each([{ pass: 1 }, { pass: 2 ** 32 }, { seed: 8 }, { seed: 7 + 2 ** 32 }])(
    'are others for %o',
    change => {
      expect(dropoutMasks({ ...request, ...change })).not.toEqual(dropoutMasks(request))
    },
  )

  test('drop the share that is asked for and keep the mean at 1', () => {
    const masks = dropoutMasks({ channels: 100_000, rate: 0.2, seed: 1, pass: 0 })
    expect(new Set(masks)).toEqual(new Set([0, 1.25]))
    const dropped = masks.reduce((count, value) => count + (value === 0 ? 1 : 0), 0)
    // Five standard deviations of a binomial.
    expect(Math.abs(dropped - 20_000)).toBeLessThan(5 * Math.sqrt(100_000 * 0.2 * 0.8))
  })

  test('drop a channel in one pass independently of the last', () => {
    const passes = Array.from({ length: 400 }, (_, pass) =>
      dropoutMasks({ ...request, rate: 0.5, pass }),
    )
    const both = passes.slice(1).map((masks, i) => {
      const last = passes[i]!
      return masks.reduce((count, value, c) => count + (value > 0 && last[c]! > 0 ? 1 : 0), 0)
    })
    const share = both.reduce((sum, count) => sum + count, 0) / (399 * 64)
    expect(Math.abs(share - 0.25)).toBeLessThan(5 * Math.sqrt((0.25 * 0.75) / (399 * 64)))
  })

  test('keep every channel at a rate of 0', () => {
    expect(new Set(dropoutMasks({ ...request, rate: 0 }))).toEqual(new Set([1]))
  })

  test.each([
    { rate: 1 },
    { rate: -0.1 },
    { rate: NaN },
    { seed: 0.5 },
    { seed: -1 },
    { pass: 2 ** 60 },
  ])('refuse %o', change => {
    expect(() => dropoutMasks({ ...request, ...change })).toThrow(RangeError)
  })
})
