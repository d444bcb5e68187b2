import { describe, expect, test } from 'vitest'
import { classColumnWord } from '#core/infer/class-columns.ts'
import { ClassHead, fitHead, guessByHead, scoresOfHead } from '#core/infer/class-heads.ts'
import type { Example } from '#core/infer/few-shot.ts'
import { contrastOf, contrastWeights, logitsOf } from '#core/infer/linear-scores.ts'
import { leaveOneOut, MOST_LOGISTIC_FITS, tryHead } from '#core/infer/try-head.ts'
import { randomFrom } from '#core/simulate/random.ts'

const NAMES = ['round', 'long', 'split']

/** Directions of 6 numbers, about one of three that are `apart`. */
function draw(count: number, apart: number, key: string): readonly Example[] {
  const random = randomFrom(key)
  return Array.from({ length: count }, (_, i) => {
    const values = Array.from({ length: 6 }, (_, d) => {
      return 0.3 * random.normal() + (d === i % 3 ? apart : 0)
    })
    const length = Math.hypot(...values)
    return { label: i % 3, vector: values.map(value => value / length) }
  })
}

describe.each(['prototypes', 'logistic'] as const)('a head of %s', kind => {
  test('tells what it was taught, from the recipe’s text alone', () => {
    const head = fitHead(draw(30, 1, 'examples'), NAMES, kind)!
    const again = ClassHead.parse(JSON.parse(JSON.stringify(head)))
    const asked = draw(300, 1, 'asked')
    const right = asked.filter(
      ({ vector, label }) => guessByHead(again, vector).likeliest === label,
    )
    expect(right.length).toBeGreaterThan(270)
    for (const { vector } of asked.slice(0, 20)) {
      expect(guessByHead(again, vector)).toEqual(guessByHead(head, vector))
    }
  })

  test('is about as often right as it says', () => {
    const head = fitHead(draw(300, 0.5, 'examples'), NAMES, kind)!
    const asked = draw(1500, 0.5, 'asked')
    let sure = 0
    let right = 0
    for (const { vector, label } of asked) {
      const { probabilities, likeliest } = guessByHead(head, vector)
      sure += probabilities[likeliest]! / asked.length
      right += likeliest === label ? 1 / asked.length : 0
    }
    expect(right).toBeGreaterThan(0.6)
    expect(Math.abs(sure - right)).toBeLessThan(0.05)
  })

  test('has logits that are linear in a unit vector', () => {
    const head = fitHead(draw(30, 1, 'examples'), NAMES, kind)!
    const scores = scoresOfHead(head)
    for (const { vector } of draw(10, 1, 'asked')) {
      const { probabilities } = guessByHead(head, vector)
      const logits = logitsOf(scores, vector)
      for (const k of [1, 2]) {
        const odds = Math.log(probabilities[k]! / probabilities[0]!)
        expect(logits[k]! - logits[0]!).toBeCloseTo(odds, 6)
      }
    }
  })

  test('wants two examples of each class that differ', () => {
    const examples = draw(30, 1, 'examples')
    expect(fitHead(examples.slice(0, 4), NAMES, kind)).toBeNull()
    const same = examples.map(({ label }) => ({ label, vector: [label, 0, 1] }))
    expect(fitHead(same, NAMES, kind)).toBeNull()
  })
})

test('what belongs to none of the classes is far away', () => {
  const head = fitHead(draw(60, 1, 'examples'), NAMES, 'prototypes')!
  const near = draw(60, 1, 'asked').map(({ vector }) => guessByHead(head, vector).distance)
  expect(near.toSorted((a, b) => a - b)[30]).toBeLessThan(1.2)
  expect(guessByHead(head, [0, 0, 0, 0, 0, -1]).distance).toBeGreaterThan(2)
})

describe('a trial', () => {
  test('tells each example by the others', () => {
    const examples = draw(30, 1, 'examples')
    const { tested, right, confusion } = tryHead(
      examples,
      leaveOneOut(30, 'prototypes'),
      3,
      'prototypes',
    )
    expect(tested).toBe(30)
    expect(right).toBeGreaterThan(24)
    expect(confusion.flat().reduce((sum, count) => sum + count)).toBe(30)
    expect(confusion.map(row => row.reduce((sum, count) => sum + count))).toEqual([10, 10, 10])
  })

  test('finds out that names mean nothing', () => {
    const random = randomFrom('names')
    const examples = draw(90, 1, 'examples').map(({ vector }) => ({
      vector,
      label: random.below(3),
    }))
    const { tested, right } = tryHead(examples, leaveOneOut(90, 'prototypes'), 3, 'prototypes')
    expect(right / tested).toBeLessThan(0.5)
  })

  test('does not count a class that is only there in what was left out', () => {
    const examples = draw(30, 1, 'examples')
    const wells = examples.map(({ label }) => (label === 0 ? 0 : 1))
    expect(tryHead(examples, wells, 3, 'prototypes').tested).toBe(0)
  })

  test('fits logistic classes only so often', () => {
    expect(new Set(leaveOneOut(500, 'logistic')).size).toBe(MOST_LOGISTIC_FITS)
    expect(new Set(leaveOneOut(20, 'logistic')).size).toBe(20)
  })
})

describe('names', () => {
  test.each([
    ['early anaphase', 'early_anaphase'],
    ['G2/M', 'G2_M'],
    ['Index', 'Index_'],
    ['Zellkörper', 'Zellkörper'],
  ])('%s is the column %s', (name, word) => {
    expect(classColumnWord(name)).toBe(word)
  })

  test('that make the same column are refused', () => {
    const means = [[1, 0], [0, 1]] // prettier-ignore
    const head = { names: ['a b', 'a-b'], means, spread: 1, temperature: 1 }
    expect(ClassHead.safeParse(head).success).toBe(false)
    expect(ClassHead.safeParse({ ...head, names: ['a', 'b'] }).success).toBe(true)
    expect(ClassHead.safeParse({ ...head, names: ['a', 'b', 'c'] }).success).toBe(false)
    expect(ClassHead.safeParse({ ...head, names: ['a', 'b'], means: [[1], [0, 1]] }).success).toBe(false) // prettier-ignore
  })
})

describe('contrasts', () => {
  test('are a class against the mean of the others', () => {
    expect(contrastOf([5, 1, 3], 0)).toBe(3)
    expect(contrastOf([5], 0)).toBe(5)
    const scores = { weights: [Float64Array.of(1, 0), Float64Array.of(0, 2)], intercepts: Float64Array.of(0, 0) } // prettier-ignore
    expect([...contrastWeights(scores, 1)]).toEqual([-1, 2])
  })
})
