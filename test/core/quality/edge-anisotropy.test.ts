import { describe, expect, test } from 'vitest'
import type { Plane } from '#core/image/plane.ts'
import { measureQuality } from '#core/quality/metrics.ts'
import { drawNucleiField } from '../../support/nuclei-field.ts'

/** What the camera sees when the stage moves by whole pixels while the shutter is open. */
function smeared(plane: Plane, steps: number, dx: number, dy: number): Plane {
  const { width, height } = plane
  const pixels = Uint16Array.from(plane.pixels, (_, i) => {
    let sum = 0
    for (let step = 0; step < steps; step += 1) {
      const x = Math.min(width - 1, (i % width) + step * dx)
      const y = Math.min(height - 1, Math.floor(i / width) + step * dy)
      sum += plane.pixels[y * width + x]!
    }
    return Math.round(sum / steps)
  })
  return { ...plane, pixels }
}

function anisotropy(plane: Plane): number | null {
  return measureQuality.run(plane, measureQuality.defaults).edge_anisotropy
}

describe('the anisotropy of edges', () => {
  test.each([1, 4])('is low in a field at rest, blurred by %d pixels', blur => {
    expect(anisotropy(drawNucleiField({ blur, signal: 2000 }))).toBeLessThan(0.2)
  })

  test.each([
    { name: 'across', dx: 1, dy: 0 },
    { name: 'down', dx: 0, dy: 1 },
    { name: 'aslant', dx: 1, dy: 1 },
  ])('is high when the stage moved $name', ({ dx, dy }) => {
    const field = drawNucleiField({ signal: 2000, radius: 14 })
    expect(anisotropy(smeared(field, 14, dx, dy))).toBeGreaterThan(0.5)
  })

  test('of a few edges is not known', () => {
    expect(anisotropy(drawNucleiField({ nuclei: 1 }))).toBeNull()
  })
})
