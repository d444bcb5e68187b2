import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { planTiles } from '#core/infer/tile-plan.ts'

describe('planTiles', () => {
  test('covers each pixel exactly once, on the grid, with the whole halo around every core', () => {
    const side = fc.integer({ min: 1, max: 150 })
    const power = fc.integer({ min: 0, max: 4 })
    const halo = fc.integer({ min: 0, max: 40 })
    fc.assert(
      fc.property(side, side, power, halo, fc.nat(60), (width, height, exponent, wanted, room) => {
        const step = 2 ** exponent
        const tile = 2 * Math.ceil(wanted / step) * step + step + room
        const plan = planTiles({ width, height, tile, halo: wanted, step })
        const seen = new Uint8Array(width * height)
        expect(plan.halo).toBeGreaterThanOrEqual(wanted)
        expect(plan.tileWidth).toBeLessThanOrEqual(tile)
        for (const { input, core } of plan.tiles) {
          expect(input).toEqual({
            left: core.left - plan.halo,
            top: core.top - plan.halo,
            width: plan.tileWidth,
            height: plan.tileHeight,
          })
          expect([core.left % step, core.top % step, plan.halo % step]).toEqual([0, 0, 0])
          expect(core.width + 2 * plan.halo).toBeLessThanOrEqual(plan.tileWidth)
          expect(core.height + 2 * plan.halo).toBeLessThanOrEqual(plan.tileHeight)
          for (let y = core.top; y < core.top + core.height; y += 1) {
            for (let x = core.left; x < core.left + core.width; x += 1) seen[y * width + x]! += 1
          }
        }
        expect(seen.every(times => times === 1)).toBe(true)
      }),
    )
  })

  test('makes tiles no larger than an even share needs', () => {
    const plan = planTiles({ width: 2160, height: 1080, tile: 768, halo: 32, step: 16 })
    // Four columns of up to 704 would do for 2816 pixels: 34 of 135 steps of 16 each are enough.
    expect([plan.tileWidth, plan.tileHeight]).toEqual([34 * 16 + 64, 34 * 16 + 64])
    expect(plan.tiles).toHaveLength(8)
  })

  test('takes an image of 10,000 × 10,000 in one tile where it is allowed', () => {
    const plan = planTiles({ width: 10_000, height: 10_000, tile: 20_000, halo: 30, step: 8 })
    expect(plan.tiles).toHaveLength(1)
    expect(plan).toMatchObject({ tileWidth: 10_064, halo: 32 })
  })

  test('keeps to the lengths a network takes', () => {
    const sizes = {
      width: { kind: 'stepped', min: 100, step: 32 },
      height: { kind: 'fixed', size: 144 },
    } as const
    const plan = planTiles({ width: 400, height: 90, tile: 200, halo: 16, step: 16, sizes })
    expect([plan.tileWidth, plan.tileHeight]).toEqual([196, 144])
    expect(plan.tiles).toHaveLength(3)
  })

  test.each([
    { name: 'a halo that leaves no room', tile: 64, halo: 32, step: 16 },
    { name: 'steps that are no pixels', tile: 64, halo: 8, step: 0 },
  ])('refuses $name', ({ tile, halo, step }) => {
    expect(() => planTiles({ width: 99, height: 99, tile, halo, step })).toThrow(RangeError)
  })

  test('refuses axes whose length follows from others', () => {
    const free = { kind: 'dependent', min: 1, max: null } as const
    const sizes = { width: free, height: free }
    expect(() => planTiles({ width: 99, height: 99, tile: 64, halo: 8, step: 8, sizes })).toThrow(
      'follows from another tensor',
    )
  })
})
