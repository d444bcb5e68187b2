import { describe, expect, test } from 'vitest'
import { distanceTransform } from '#core/derive/distance-transform.ts'
import { typicalInscribedRadius } from '#core/derive/inscribed-radius.ts'
import type { Mask } from '#core/image/mask.ts'

function discs(...all: readonly (readonly [x: number, y: number, radius: number])[]): Mask {
  const width = 200
  const pixels = Uint8Array.from({ length: width * width }, (_, i) =>
    all.some(([x, y, r]) => Math.hypot((i % width) - x, Math.floor(i / width) - y) < r) ? 1 : 0,
  )
  return { width, height: width, pixels }
}

describe('typicalInscribedRadius', () => {
  test('is the radius of one disc even where discs touch', () => {
    const mask = discs([40, 40, 15], [68, 40, 15], [120, 120, 15], [150, 60, 15])
    expect(typicalInscribedRadius(distanceTransform(mask))).toBeCloseTo(15, 0)
  })

  test('gives dust no weight', () => {
    const dust = Array.from({ length: 18 }, (_, i) => [10 * i + 8, 190, 2] as const)
    const mask = discs([50, 50, 20], [130, 100, 20], ...dust)
    expect(typicalInscribedRadius(distanceTransform(mask))).toBeCloseTo(20, 0)
  })

  test('is unknown without foreground, and without background', () => {
    expect(typicalInscribedRadius(distanceTransform(discs()))).toBeNull()
    expect(typicalInscribedRadius(distanceTransform(discs([100, 100, 500])))).toBeNull()
  })
})
