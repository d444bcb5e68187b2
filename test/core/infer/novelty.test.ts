import { describe, expect, test } from 'vitest'
import {
  nearestDistance,
  noveltyOf,
  parseNoveltyStatistics,
  shareWithin,
  type NoveltyStatistics,
} from '#core/infer/novelty.ts'

const document = {
  features: 'features',
  mean: [1, 0],
  covariance: [
    [4, 0],
    [0, 1],
  ],
  quantiles: { p: [0, 0.5, 1], distance: [1, 2, 4] },
}

function statistics(changes: object = {}): NoveltyStatistics {
  const parsed = parseNoveltyStatistics({ ...document, ...changes }, 'ood.json')
  if (!parsed.ok) throw new Error(parsed.fault.detail)
  return parsed.value
}

describe('parseNoveltyStatistics', () => {
  test('fills in what may be left out', () => {
    expect(statistics()).toMatchObject({ pool: 'mean', weights: 'none', neighbours: null })
  })

  test.each([
    ['another format', { format: 2 }, 'format'],
    ['a key that nobody knows', { sd: 1 }, 'sd'],
    ['both matrices', { precision: document.covariance }, 'either covariance or precision'],
    ['no matrix', { covariance: undefined }, 'either covariance or precision'],
    ['a matrix of another size', { covariance: [[1]] }, 'symmetric'],
    ['a matrix that is not symmetric', { covariance: [[4, 1], [0, 1]] }, 'symmetric'], // prettier-ignore
    ['a matrix of no distances', { covariance: [[1, 2], [2, 1]] }, 'positive definite'], // prettier-ignore
    ['a number that is none', { mean: [1, null] }, 'mean.1'],
    ['shares that fall', { quantiles: { p: [0.5, 0.5], distance: [1, 2] } }, 'p must rise'],
    ['distances that fall', { quantiles: { p: [0, 1], distance: [2, 1] } }, 'must not fall'],
    ['fewer distances', { quantiles: { p: [0, 0.5, 1], distance: [1, 2] } }, 'as many'],
    ['distances of nothing', { quantiles: { p: [0, 1], distance: [0, 0] } }, 'above 0'],
    [
      'neighbours of another size',
      { neighbours: { k: 1, vectors: [[1]], quantiles: document.quantiles } },
      'neighbours',
    ],
  ])('refuses %s', (_, changes, detail) => {
    expect(parseNoveltyStatistics({ ...document, ...changes }, 'ood.json')).toMatchObject({
      ok: false,
      fault: { kind: 'model-invalid', path: 'ood.json', detail: expect.stringContaining(detail) },
    })
  })
})

describe('noveltyOf', () => {
  test('weighs distances by the spread in their direction', () => {
    expect(noveltyOf(Float64Array.of(5, 0), statistics()).distance).toBeCloseTo(2, 12)
    expect(noveltyOf(Float64Array.of(1, 3), statistics()).distance).toBeCloseTo(3, 12)
  })

  test('says how many known fields are less unusual', () => {
    const novelty = (y: number): number => noveltyOf(Float64Array.of(1, y), statistics()).novelty
    expect(novelty(0.5)).toBe(0)
    expect(novelty(1.5)).toBeCloseTo(0.25, 12)
    expect(novelty(3)).toBeCloseTo(0.75, 12)
    expect(novelty(5)).toBe(1)
  })

  test('still orders what is beyond everything known', () => {
    const beyond = (y: number): number => noveltyOf(Float64Array.of(1, y), statistics()).beyond
    expect(beyond(8)).toBeCloseTo(2, 12)
    expect(beyond(40)).toBeCloseTo(10, 12)
  })

  test('takes the worse of mean and neighbours', () => {
    const neighbours = {
      k: 1,
      vectors: [[1, 0]],
      quantiles: { p: [0, 1], distance: [0, 0.5] },
    }
    // In the middle of the training fields, but in no direction where one of them lies.
    const found = noveltyOf(Float64Array.of(0, 0.1), statistics({ neighbours }))
    expect(found).toMatchObject({ novelty: 1, neighbourDistance: 1, beyond: 2 })
    expect(found.distance).toBeLessThan(1)
  })

  test('takes what is no number for new', () => {
    expect(noveltyOf(Float64Array.of(NaN, 0), statistics()).novelty).toBe(1)
  })

  test('refuses a vector of another length', () => {
    expect(() => noveltyOf(Float64Array.of(1), statistics())).toThrow('1 features, not 2')
  })
})

test('nearestDistance is the mean of 1 − cosine over the nearest, of all where there are fewer', () => {
  const references = [[1, 0], [0, 2], [-1, 0]] // prettier-ignore
  expect(nearestDistance([3, 0], references, 1)).toBeCloseTo(0, 12)
  expect(nearestDistance([3, 0], references, 2)).toBeCloseTo(0.5, 12)
  expect(nearestDistance([3, 0], references, 9)).toBeCloseTo(1, 12)
})

test('shareWithin steps where distances stand still', () => {
  const steps = { p: [0, 0.4, 0.6, 1], distance: [1, 2, 2, 3] }
  expect(shareWithin(steps, 2)).toBeCloseTo(0.6, 12)
  expect(shareWithin(steps, 1.999999)).toBeCloseTo(0.4, 4)
  expect(shareWithin(steps, 3)).toBe(1)
})
