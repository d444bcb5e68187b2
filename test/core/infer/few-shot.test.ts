import { describe, expect, test } from 'vitest'
import {
  fitLogistic,
  guessByLogistic,
  guessByPrototypes,
  makePrototypes,
  type Example,
} from '#core/infer/few-shot.ts'
import { randomFrom } from '#core/simulate/random.ts'

const examples: readonly Example[] = [
  { vector: [0, 0], label: 0 },
  { vector: [2, 0], label: 0 },
  { vector: [10, 0], label: 1 },
  { vector: [12, 0], label: 1 },
]

/** Examples of two classes whose means are `apart` standard deviations apart, of 8 numbers. */
function draw(count: number, apart: number, key: string): readonly Example[] {
  const random = randomFrom(key)
  return Array.from({ length: count }, (_, i) => ({
    label: i % 2,
    vector: Array.from({ length: 8 }, (_, d) => random.normal() + (d === 0 ? (i % 2) * apart : 0)),
  }))
}

describe('prototypes', () => {
  test('are means, and the spread of examples about them', () => {
    const { means, spread } = makePrototypes(examples, 2)
    expect(means.map(mean => [...mean])).toEqual([[1, 0], [11, 0]]) // prettier-ignore
    expect(spread).toBeCloseTo(Math.sqrt(4 / 2), 12)
  })

  test('name the nearest class, and tell what belongs to none', () => {
    const prototypes = makePrototypes(examples, 2)
    const near = guessByPrototypes(prototypes, [3, 0])
    expect(near.likeliest).toBe(0)
    expect(near.probabilities[0]).toBeGreaterThan(0.99)
    expect(near.distance).toBeCloseTo(Math.SQRT2, 12)
    expect(guessByPrototypes(prototypes, [1, 30]).distance).toBeGreaterThan(20)
    const between = guessByPrototypes(prototypes, [6, 0])
    expect([...between.probabilities]).toEqual([0.5, 0.5])
  })

  test('are as often right as they say', () => {
    const prototypes = makePrototypes(draw(60, 2, 'examples'), 2)
    const asked = draw(2000, 2, 'asked')
    let sure = 0
    let right = 0
    for (const { vector, label } of asked) {
      const { probabilities, likeliest } = guessByPrototypes(prototypes, vector)
      sure += probabilities[likeliest]! / asked.length
      right += likeliest === label ? 1 / asked.length : 0
    }
    expect(right).toBeGreaterThan(0.75)
    expect(Math.abs(sure - right)).toBeLessThan(0.05)
  })

  test('do with one example a class', () => {
    const prototypes = makePrototypes([examples[0]!, examples[2]!], 2)
    expect(guessByPrototypes(prototypes, [0, 0])).toMatchObject({ likeliest: 0, distance: 0 })
    expect(guessByPrototypes(prototypes, [9, 0])).toMatchObject({
      likeliest: 1,
      distance: Infinity,
    })
  })

  test('refuse a class without example', () => {
    expect(() => makePrototypes(examples, 3)).toThrow('Class 2 of 3 has no example')
    expect(() => makePrototypes([{ vector: [1], label: 1.5 }], 2)).toThrow('Class 1.5 of 2')
  })
})

describe('fitLogistic', () => {
  test('tells classes apart along what differs', () => {
    const { weights, intercepts } = fitLogistic(examples, 2)
    expect(weights[1]![0]).toBeGreaterThan(0.1)
    expect(weights[1]![0]).toBeCloseTo(-weights[0]![0]!, 9)
    expect(weights[1]![1]).toBeCloseTo(0, 9)
    expect(guessByLogistic({ weights, intercepts }, [6, 5]).probabilities[0]).toBeCloseTo(0.5, 6)
    expect(guessByLogistic({ weights, intercepts }, [11, 0]).likeliest).toBe(1)
  })

  test('bears examples that a line separates, and few against many numbers', () => {
    const random = randomFrom('wide')
    const wide = Array.from({ length: 6 }, (_, i) => ({
      label: i % 3,
      vector: Array.from({ length: 64 }, () => random.normal()),
    }))
    const classes = fitLogistic(wide, 3)
    for (const { vector, label } of wide) {
      expect(guessByLogistic(classes, vector).likeliest).toBe(label)
    }
  })

  test('gives the same bits again', () => {
    expect(fitLogistic(examples, 2)).toEqual(fitLogistic(examples, 2))
  })

  test('refuses what cannot be fitted', () => {
    expect(() => fitLogistic(examples, 3)).toThrow('2 of 3 classes')
    expect(() => fitLogistic(examples, 2, { penalty: 0, iterations: 1 })).toThrow('A penalty of 0')
  })
})
