import { describe, expect, test } from 'vitest'
import { fitSurface, type SurfacePoint } from '#core/image/surface.ts'

const grid = [-1, -0.5, 0, 0.5, 1]
const bowl = (x: number, y: number): number => 5 - x + 2 * y + 3 * x * x - x * y + 0.5 * y * y
const points: readonly SurfacePoint[] = grid.flatMap(x =>
  grid.map(y => ({ x, y, value: bowl(x, y), weight: 1 })),
)

describe('a surface', () => {
  test('follows a quadratic exactly', () => {
    expect(fitSurface(points)(0.3, -0.7)).toBeCloseTo(bowl(0.3, -0.7), 6)
  })

  test('ignores points without weight', () => {
    const spoilt = points.map((point, i) => (i === 7 ? { ...point, value: 900, weight: 0 } : point))
    expect(fitSurface(spoilt)(0.3, -0.7)).toBeCloseTo(bowl(0.3, -0.7), 6)
  })

  test('is a plane through few points and a level through fewer', () => {
    const slope = grid.flatMap(x => [-1, 1].map(y => ({ x, y, value: x + 2 * y, weight: 1 })))
    expect(fitSurface(slope)(0.5, 0.5)).toBeCloseTo(1.5, 6)
    expect(fitSurface([{ x: 0.2, y: 0.9, value: 4, weight: 1 }])(-1, 1)).toBeCloseTo(4, 6)
  })
})
