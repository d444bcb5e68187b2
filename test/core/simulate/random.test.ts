import { describe, expect, test } from 'vitest'
import { randomFrom, seedFrom } from '#core/simulate/random.ts'

const DRAWS = 200_000

function moments(draw: () => number): { mean: number; variance: number } {
  let sum = 0
  let squares = 0
  for (let i = 0; i < DRAWS; i += 1) {
    const value = draw()
    sum += value
    squares += value * value
  }
  const mean = sum / DRAWS
  return { mean, variance: squares / DRAWS - mean * mean }
}

// Tolerances are five standard errors of the mean and of the variance at this number of draws.
describe('a stream of random numbers', () => {
  test('is spread evenly between 0 and 1', () => {
    const { mean, variance } = moments(randomFrom('even').uniform)
    expect(Math.abs(mean - 1 / 2)).toBeLessThan((5 * Math.sqrt(1 / 12)) / Math.sqrt(DRAWS))
    expect(Math.abs(variance - 1 / 12)).toBeLessThan((5 * Math.sqrt(1 / 180)) / Math.sqrt(DRAWS))
  })

  test('has normal numbers of mean 0 and variance 1', () => {
    const { mean, variance } = moments(randomFrom('bell').normal)
    expect(Math.abs(mean)).toBeLessThan(5 / Math.sqrt(DRAWS))
    expect(Math.abs(variance - 1)).toBeLessThan((5 * Math.SQRT2) / Math.sqrt(DRAWS))
  })

  test.each([
    { beyond: 1, share: 0.317311 },
    { beyond: 2, share: 0.0455003 },
    { beyond: 3, share: 0.0026998 },
    { beyond: 3.6, share: 0.000318217 },
  ])('has $share of its normal numbers beyond ±$beyond', ({ beyond, share }) => {
    const { normal } = randomFrom('tails', beyond)
    const count = Array.from({ length: DRAWS }, normal).filter(x => Math.abs(x) > beyond).length
    expect(Math.abs(count - share * DRAWS)).toBeLessThan(5 * Math.sqrt(share * DRAWS))
  })

  test.each([0.3, 4, 39, 60, 1000])('counts photons of mean %d with that variance', photons => {
    const random = randomFrom('photons', photons)
    const { mean, variance } = moments(() => random.poisson(photons))
    expect(Math.abs(mean - photons)).toBeLessThan(5 * Math.sqrt(photons / DRAWS))
    const spread = Math.sqrt((2 * photons ** 2 + photons) / DRAWS)
    // Rounding a normal number adds 1/12 to the variance.
    expect(Math.abs(variance - photons)).toBeLessThan(5 * spread + 1 / 12)
  })

  test('counts nothing in the dark', () => {
    expect(randomFrom('dark').poisson(0)).toBe(0)
  })

  test('is the same for the same key', () => {
    const a = randomFrom(7, 'A01', 1)
    const b = randomFrom(7, 'A01', 1)
    expect(Array.from({ length: 50 }, a.normal)).toEqual(Array.from({ length: 50 }, b.normal))
  })

  test.each([
    [
      ['A', 11],
      ['A1', 1],
    ],
    [
      [1, 'A01'],
      [2, 'A01'],
    ],
    [
      [1, 'A01', 12],
      [1, 'A011', 2],
    ],
  ])('is another one for %j than for %j', (one, other) => {
    const a = randomFrom(...one)
    const b = randomFrom(...other)
    expect(Array.from({ length: 20 }, a.uniform)).not.toEqual(Array.from({ length: 20 }, b.uniform))
  })

  test('of neighbouring keys has nothing in common', () => {
    let product = 0
    for (let i = 0; i < 20_000; i += 1) {
      product +=
        (randomFrom('well', i).uniform() - 0.5) * (randomFrom('well', i + 1).uniform() - 0.5)
    }
    // Correlation of independent numbers: 0 ± 1/√n.
    expect(Math.abs(product / 20_000) * 12).toBeLessThan(5 / Math.sqrt(20_000))
  })

  test('is hardly ever shared by two of the fields of many plates', () => {
    const seeds = new Set<number>()
    for (let plate = 0; plate < 20; plate += 1) {
      for (let site = 0; site < 1000; site += 1) seeds.add(seedFrom(plate, 'A01', site))
    }
    // 20,000 keys in 2³²: 0.05 collisions expected by chance.
    expect(seeds.size).toBeGreaterThanOrEqual(19_998)
  })
})
