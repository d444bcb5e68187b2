import { describe, expect, test } from 'vitest'
import { drawOutline, reach, type OutlineShape } from '#core/simulate/outline.ts'
import { randomFrom } from '#core/simulate/random.ts'

const smooth: OutlineShape = { semiMajor: 10, semiMinor: 4, angle: 0, wobble: 0, dent: 0 }

describe('an outline', () => {
  test.each([
    { name: 'to the right', dx: 3, dy: 0, distance: 10 },
    { name: 'to the left', dx: -1, dy: 0, distance: 10 },
    { name: 'down', dx: 0, dy: 7, distance: 4 },
    { name: 'up', dx: 0, dy: -0.1, distance: 4 },
    { name: 'along a diagonal', dx: -2, dy: 2, distance: Math.sqrt(2 / (1 / 100 + 1 / 16)) },
  ])('of an ellipse is as far as the ellipse $name', ({ dx, dy, distance }) => {
    const outline = drawOutline(smooth, randomFrom('ellipse'))
    // Between its 128 directions an outline is straight in polar terms.
    expect(reach(outline, dx, dy)).toBeCloseTo(distance, 1)
  })

  test('turns with its long axis', () => {
    const outline = drawOutline({ ...smooth, angle: Math.PI / 2 }, randomFrom('turned'))
    expect(reach(outline, 0, 1)).toBeCloseTo(10, 2)
    expect(reach(outline, 1, 0)).toBeCloseTo(4, 2)
  })

  test('closes without a step where directions begin again', () => {
    const outline = drawOutline({ ...smooth, wobble: 0.1 }, randomFrom('closed'))
    expect(reach(outline, 1, -1e-9)).toBeCloseTo(reach(outline, 1, 1e-9), 6)
  })

  test('swings about its ellipse, by more the more it wobbles', () => {
    const spread = (wobble: number): number => {
      let squares = 0
      for (let i = 0; i < 200; i += 1) {
        const outline = drawOutline({ ...smooth, semiMinor: 10, wobble }, randomFrom('swing', i))
        squares += outline.radii.reduce((sum, radius) => sum + (radius / 10 - 1) ** 2, 0) / 128
      }
      return Math.sqrt(squares / 200)
    }
    expect(spread(0.03)).toBeGreaterThan(0.02)
    expect(spread(0.06) / spread(0.03)).toBeCloseTo(2, 1)
  })

  test('has one dent where one is asked for', () => {
    const round = { ...smooth, semiMinor: 10, dent: 0.3 }
    const { radii } = drawOutline(round, randomFrom('kidney'))
    expect(Math.min(...radii)).toBeCloseTo(7, 1)
    expect(Math.max(...radii)).toBeCloseTo(10, 1)
  })
})
