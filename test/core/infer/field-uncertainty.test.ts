import { describe, expect, test } from 'vitest'
import type { Labels } from '#core/image/labels.ts'
import { agreement } from '#core/infer/agreement.ts'
import {
  FIELD_WEIGHTS,
  fieldUncertainty,
  weighComponents,
  wellUncertainty,
  type FieldEvidence,
  type FieldUncertainty,
} from '#core/infer/field-uncertainty.ts'
import { objectUncertainty } from '#core/infer/object-uncertainty.ts'
import { createPredictiveSum } from '#core/infer/predictive-sum.ts'
import { randomFrom } from '#core/simulate/random.ts'
import { evaluateLabels } from '#core/review/evaluate.ts'

const SIDE = 96
const CELL = 16
const size = { width: SIDE, height: SIDE }
const nothing = {
  disagreement: 0,
  objects: 0,
  pixelDisagreement: 0,
  ambiguity: 0,
  missed: 0,
  novelty: 0,
}

/** A disc in each cell of a grid that is kept, its centre off by up to `off` pixels. */
function discs(keep: (cell: number) => boolean, off: (cell: number) => number): Labels {
  const pixels = new Uint32Array(SIDE * SIDE)
  let count = 0
  for (let cell = 0; cell < (SIDE / CELL) ** 2; cell += 1) {
    if (!keep(cell)) continue
    count += 1
    const x = (cell % (SIDE / CELL)) * CELL + CELL / 2 + off(cell)
    const y = Math.floor(cell / (SIDE / CELL)) * CELL + CELL / 2
    for (let down = -4; down <= 4; down += 1) {
      for (let i = 0; i < SIDE; i += 1) {
        if (Math.hypot(i - x, down) < 5) pixels[(y + down) * SIDE + i] = count
      }
    }
  }
  return { ...size, pixels, count }
}

/** A network that misses and shifts objects by chance, the more so the harder the field, and is as unsure. */
function member(difficulty: number, ...key: readonly (string | number)[]) {
  const random = randomFrom('member', ...key)
  const fate = Array.from({ length: 36 }, () => ({
    seen: random.uniform() > difficulty * 0.6,
    off: random.normal() * difficulty * 4,
  }))
  const labels = discs(
    cell => fate[cell]!.seen,
    cell => fate[cell]!.off,
  )
  const sure = 0.98 - 0.3 * difficulty
  const foreground = Float32Array.from(labels.pixels, label => (label > 0 ? sure : 1 - sure))
  return { labels, foreground }
}

function judge(difficulty: number, field: number): { f1: number } & FieldUncertainty {
  const members = [1, 2, 3].map(number => member(difficulty, field, number))
  const sum = createPredictiveSum({ classes: 1, size })
  for (const { foreground } of members) sum.add(foreground)
  const { probabilities, entropy, mutualInformation } = sum.finish()
  const labels = members[0]!.labels
  const maps = { foreground: probabilities, entropy, mutualInformation }
  const agreed = agreement(
    labels,
    members.slice(1).map(one => one.labels),
  )
  const truth = discs(
    () => true,
    () => 0,
  )
  return {
    f1: evaluateLabels(labels, truth, [0.5]).thresholds['0.5']!.f1,
    ...fieldUncertainty({
      labels,
      maps,
      objects: objectUncertainty(labels, maps, agreed.objectIou),
      agreement: agreed,
      novelty: null,
      typicalArea: 80,
    }),
  }
}

function spearman(one: readonly number[], other: readonly number[]): number {
  const ranks = (values: readonly number[]): readonly number[] =>
    values.map(value => {
      const below = values.filter(v => v < value).length
      const equal = values.filter(v => v === value).length
      return below + (equal - 1) / 2
    })
  const a = ranks(one)
  const b = ranks(other)
  const middle = (a.length - 1) / 2
  const sum = (f: (i: number) => number): number => a.reduce((total, _, i) => total + f(i), 0)
  const product = sum(i => (a[i]! - middle) * (b[i]! - middle))
  return product / Math.sqrt(sum(i => (a[i]! - middle) ** 2) * sum(i => (b[i]! - middle) ** 2))
}

function emptyField(foreground: number): FieldEvidence {
  const labels = { ...size, pixels: new Uint32Array(SIDE * SIDE), count: 0 }
  const entropy = foreground < 0.1 ? 0.2 : 0.9
  const maps = {
    foreground: new Float32Array(SIDE * SIDE).fill(foreground),
    entropy: new Float32Array(SIDE * SIDE).fill(entropy),
    mutualInformation: new Float32Array(SIDE * SIDE),
  }
  return {
    labels,
    maps,
    objects: objectUncertainty(labels, maps, null),
    agreement: agreement(labels, [labels]),
    novelty: null,
    typicalArea: 80,
  }
}

describe('fieldUncertainty', () => {
  test('puts fields in the order of their F1', () => {
    const fields = Array.from({ length: 40 }, (_, i) => judge((i % 20) / 20, i))
    const found = spearman(
      fields.map(field => field.uncertainty),
      fields.map(field => field.f1),
    )
    expect(found).toBeLessThan(-0.8)
  })

  test('finds an empty field that is called empty certain, and one full of doubt uncertain', () => {
    expect(fieldUncertainty(emptyField(0.02))).toEqual({ components: nothing, uncertainty: 0 })
    const doubtful = fieldUncertainty(emptyField(0.6))
    expect(doubtful.components.missed).toBeGreaterThan(0.9)
    expect(doubtful.uncertainty).toBeGreaterThan(0.8)
  })

  test('takes for missed only what is more likely foreground than not', () => {
    expect(fieldUncertainty(emptyField(0.45)).components.missed).toBe(0)
  })

  test('says nothing of novelty that one in ten fields of other experiments has', () => {
    const novel = (novelty: number): number =>
      fieldUncertainty({ ...emptyField(0.02), novelty }).components.novelty
    expect(novel(0.9)).toBe(0)
    expect(novel(0.95)).toBeCloseTo(0.5, 12)
    expect(novel(1)).toBe(1)
  })
})

describe('weighComponents', () => {
  test('lets each component take its share of the trust', () => {
    const half = { ...nothing, disagreement: 0.5, missed: 0.75 }
    const weights = { ...FIELD_WEIGHTS, disagreement: 1, missed: 0.5 }
    expect(weighComponents(half, weights)).toBeCloseTo(1 - 0.5 * 0.5, 12)
    expect(weighComponents(half, { ...weights, missed: 0 })).toBeCloseTo(0.5, 12)
    expect(weighComponents(nothing, FIELD_WEIGHTS)).toBe(0)
  })

  test('still tells apart fields that are beyond hope', () => {
    const worst = { ...nothing, disagreement: 1 }
    const worse = { ...worst, missed: 0.5 }
    expect(weighComponents(worse, FIELD_WEIGHTS)).toBeGreaterThan(
      weighComponents(worst, FIELD_WEIGHTS),
    )
    const all = { ...worst, objects: 1, pixelDisagreement: 1, ambiguity: 1, missed: 1, novelty: 1 }
    expect(weighComponents(all, FIELD_WEIGHTS)).toBeLessThan(1)
  })

  test('refuses negative weights', () => {
    expect(() => weighComponents(nothing, { ...FIELD_WEIGHTS, missed: -1 })).toThrow('-1')
  })
})

test('wellUncertainty gives the mean and the worst of its fields', () => {
  expect(wellUncertainty([0.1, 0.5, 0.3])).toEqual({
    uncertainty: 0.9 / 3,
    worst: 0.5,
    fields: 3,
  })
  expect(wellUncertainty([])).toBeNull()
})
