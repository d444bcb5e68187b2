import { expect, test } from 'vitest'
import { smoothNoise } from '#core/simulate/noise.ts'

function walk(seed: number, step: number): number[] {
  return Array.from({ length: 4000 }, (_, i) => smoothNoise(seed, i * step, i * step * 0.37))
}

test('stays between about −1 and 1 and averages to nothing', () => {
  const heights = walk(11, 0.31)
  expect(Math.max(...heights.map(Math.abs))).toBeLessThan(1.3)
  expect(Math.max(...heights)).toBeGreaterThan(0.6)
  expect(Math.abs(heights.reduce((sum, height) => sum + height) / heights.length)).toBeLessThan(
    0.05,
  )
})

test('has no steps, not even where the lattice begins again', () => {
  const heights = Array.from({ length: 5000 }, (_, i) => smoothNoise(3, 250 + i * 0.002, -0.5))
  const steepest = Math.max(...heights.slice(1).map((height, i) => Math.abs(height - heights[i]!)))
  // The landscape climbs about 4 in a unit at most.
  expect(steepest).toBeLessThan(4 * 0.002 * 1.5)
})

test('forgets itself over two units', () => {
  const pairs = Array.from({ length: 4000 }, (_, i) => {
    const x = i * 1.618
    return [smoothNoise(5, x, 0.4), smoothNoise(5, x + 2, 0.4)] as const
  })
  const covariance = pairs.reduce((sum, [a, b]) => sum + a * b, 0) / pairs.length
  const variance = pairs.reduce((sum, [a]) => sum + a * a, 0) / pairs.length
  expect(Math.abs(covariance / variance)).toBeLessThan(0.1)
})

test('is another landscape for another seed', () => {
  expect(walk(11, 0.31)).not.toEqual(walk(12, 0.31))
  expect(walk(11, 0.31)).toEqual(walk(11, 0.31))
})
