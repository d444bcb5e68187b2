import { describe, expect, test } from 'vitest'
import { shortTermSigma, steadyStart, watchDrift } from '#core/quality/drift.ts'
import { randomFrom } from '#core/simulate/random.ts'

const CENTRE = 100
const SIGMA = 2
const STEADY = { centre: CENTRE, sigma: SIGMA, learntFrom: null }

/** A lamp that is steady until `from` and then changes by `slope` standard deviations each plane. */
function lamp(seed: number, length: number, from: number, slope: number): Float64Array {
  const { normal } = randomFrom('lamp', seed)
  return Float64Array.from(
    { length },
    (_, i) => CENTRE + SIGMA * (normal() + slope * Math.max(0, i - from)),
  )
}

const SEEDS = Array.from({ length: 400 }, (_, seed) => seed)

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!
}

describe('watchDrift', () => {
  test('averages by the weight of the newest, within limits that widen to L·σ·√(w/(2−w))', () => {
    const { average, allowed } = watchDrift([104, 100, 96], STEADY)
    expect([...average]).toEqual([100.8, 100.64, 99.712].map(value => expect.closeTo(value, 9)))
    expect([...allowed]).toEqual([1.2, 1.5367, 1.7178].map(value => expect.closeTo(value, 3)))
    const long = watchDrift(new Float64Array(200).fill(CENTRE), STEADY)
    expect(long.allowed.at(-1)).toBeCloseTo(3 * SIGMA * Math.sqrt(0.2 / 1.8), 9)
  })

  test('a steady lamp is hardly ever taken to drift', () => {
    const drifting = SEEDS.filter(
      seed => watchDrift(lamp(seed, 300, 300, 0), STEADY).drift !== null,
    )
    expect(drifting.length / SEEDS.length).toBeLessThan(0.015)
  })

  test.each([
    { slope: -0.05, direction: 'down', within: 40 },
    { slope: 0.1, direction: 'up', within: 25 },
  ] as const)(
    'a lamp that changes by $slope σ a plane is seen within $within planes, since when it did',
    ({ slope, direction, within }) => {
      const seen = SEEDS.map(seed => watchDrift(lamp(seed, 300, 150, slope), STEADY).drift!)
      expect(new Set(seen.map(drift => drift.direction))).toEqual(new Set([direction]))
      expect(median(seen.map(({ seenAt }) => seenAt)) - 150).toBeLessThan(within)
      expect(Math.abs(median(seen.map(({ since }) => since)) - 150)).toBeLessThan(15)
    },
  )

  test('is seen long before a plane is eight standard deviations off, where the rule fails it', () => {
    const early = SEEDS.filter(seed => {
      const values = lamp(seed, 400, 100, -0.05)
      const failed = values.findIndex(value => value < CENTRE - 8 * SIGMA)
      return watchDrift(values, STEADY).drift!.seenAt < failed - 60
    })
    expect(early.length / SEEDS.length).toBeGreaterThan(0.99)
  })

  test('one plane with a bubble is no drift, whatever its value', () => {
    const values = lamp(3, 60, 60, 0)
    values[59] = 10 * CENTRE
    expect(watchDrift(values, STEADY).drift).toBeNull()
  })

  test('a drift that is over is not told any more', () => {
    const values = [...lamp(1, 100, 50, 0.2), ...lamp(2, 100, 100, 0)]
    expect(watchDrift(values.slice(0, 100), STEADY).drift).toMatchObject({ direction: 'up' })
    expect(watchDrift(values, STEADY).drift).toBeNull()
  })

  test('allows more where the centre was learnt from few planes', () => {
    const learnt = watchDrift([CENTRE], { ...STEADY, learntFrom: 10 })
    const known = watchDrift([CENTRE], STEADY)
    expect(learnt.allowed[0]).toBeGreaterThan(known.allowed[0]!)
  })

  test('a series without spread that leaves its centre drifts, one that stays does not', () => {
    const still = { centre: 5, sigma: 0, learntFrom: null }
    expect(watchDrift([5, 5, 5], still).drift).toBeNull()
    expect(watchDrift([5, 6, 6], still).drift).toEqual({ direction: 'up', since: 1, seenAt: 1 })
  })

  test('has nothing to say about an empty series', () => {
    expect(watchDrift([], STEADY)).toMatchObject({ drift: null, average: new Float64Array(0) })
  })
})

describe('steadyStart', () => {
  test('learns centre and spread from the beginning; a lamp that stays is hardly ever taken to drift', () => {
    const drifting = SEEDS.filter(seed => {
      const values = lamp(seed, 200, 200, 0)
      return watchDrift(values, steadyStart(values, 20)).drift !== null
    })
    expect(drifting.length / SEEDS.length).toBeLessThan(0.03)
  })

  test('draws outliers in', () => {
    const values = lamp(5, 100, 100, 0)
    const { centre } = steadyStart(values, 20)
    values[3] = 1e6
    expect(Math.abs(steadyStart(values, 20).centre - centre)).toBeLessThan(SIGMA)
    expect(steadyStart(values, 20).learntFrom).toBe(20)
  })
})

describe('shortTermSigma', () => {
  test('is the standard deviation of a steady lamp', () => {
    expect(shortTermSigma(lamp(7, 5000, 5000, 0)) / SIGMA).toBeCloseTo(1, 1)
  })

  test('is not widened by a slow drift', () => {
    expect(shortTermSigma(lamp(7, 5000, 0, 0.05)) / SIGMA).toBeCloseTo(1, 1)
  })

  test('needs two numbers', () => {
    expect([shortTermSigma(Float64Array.of()), shortTermSigma(Float64Array.of(3))]).toEqual([0, 0])
  })
})
