import { describe, expect, test } from 'vitest'
import { choleskyFactor } from '#core/infer/cholesky.ts'
import { ledoitWolf } from '#core/infer/ledoit-wolf.ts'
import { randomFrom } from '#core/simulate/random.ts'

describe('ledoitWolf', () => {
  test('gives a usable covariance of fewer vectors than they have numbers', () => {
    const random = randomFrom('vectors')
    const vectors = Array.from({ length: 5 }, () =>
      Float64Array.from({ length: 20 }, () => random.normal()),
    )
    const { covariance, shrinkage } = ledoitWolf(vectors)
    expect(choleskyFactor(covariance, 20)).not.toBeNull()
    expect(shrinkage).toBeGreaterThan(0.5)
  })

  test('leaves alone what many vectors say', () => {
    const random = randomFrom('many')
    const vectors = Array.from({ length: 4000 }, () => [random.normal() * 3, random.normal()])
    const { covariance, shrinkage } = ledoitWolf(vectors)
    expect(shrinkage).toBeLessThan(0.01)
    expect(covariance[0]).toBeCloseTo(9, 0)
    expect(covariance[3]).toBeCloseTo(1, 0)
  })

  test('refuses one vector, and vectors that differ', () => {
    expect(() => ledoitWolf([[1, 2]])).toThrow(RangeError)
    expect(() => ledoitWolf([[1, 2], [1]])).toThrow(RangeError)
  })
})
