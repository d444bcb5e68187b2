import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { fitTemperature } from '#core/infer/calibration.ts'
import {
  fitLogistic,
  guessByLogistic,
  guessByPrototypes,
  makePrototypes,
} from '#core/infer/few-shot.ts'
import { ledoitWolf } from '#core/infer/ledoit-wolf.ts'
import {
  mahalanobisDistance,
  nearestDistance,
  parseNoveltyStatistics,
} from '#core/infer/novelty.ts'
import { objectUncertainty } from '#core/infer/object-uncertainty.ts'
import { poolFeatures } from '#core/infer/pool-features.ts'
import { createPredictiveSum, softmaxInto } from '#core/infer/predictive-sum.ts'
import { brierScore, expectedCalibrationError, reliabilityDiagram } from '#core/infer/reliability.ts'

type Numbers = readonly number[]
type Rows = readonly Numbers[]

interface Golden {
  readonly passes: readonly {
    readonly classes: number
    readonly width: number
    readonly height: number
    readonly temperature: number
    readonly logits: Rows
    readonly probabilities: Numbers
    readonly entropy: Numbers
    readonly expectedEntropy: Numbers
    readonly mutualInformation: Numbers
  }[]
  readonly calibration: readonly {
    readonly classes: number
    readonly logits: Numbers
    readonly labels: Numbers
    readonly temperature: number
    readonly loss: number
    readonly lossBefore: number
    readonly confidence: Numbers
    readonly correct: Numbers
    readonly ece: number
    readonly bins: readonly (readonly [number, number | null, number | null])[]
    readonly brier: number
  }[]
  readonly objects: { readonly width: number; readonly height: number } & Readonly<
    Record<ObjectList, Numbers>
  >
  readonly novelty: {
    readonly known: Rows
    readonly asked: Rows
    readonly shrinkage: number
    readonly mean: Numbers
    readonly covariance: Rows
    readonly precision: Rows
    readonly distances: Numbers
    readonly nearest: Numbers
    readonly features: Numbers
    readonly weights: Numbers
    readonly mean_pooled: Numbers
    readonly std_pooled: Numbers
    readonly weighted_mean: Numbers
    readonly weighted_std: Numbers
  }
  readonly logistic: {
    readonly classes: number
    readonly penalty: number
    readonly vectors: Rows
    readonly labels: Numbers
    readonly asked: Rows
    readonly weights: Rows
    readonly intercepts: Numbers
    readonly probabilities: Rows
    readonly means: Rows
    readonly spread: number
    readonly distances: Numbers
  }
}

const RESULTS = [
  'area',
  'meanForeground',
  'meanEntropy',
  'maxEntropy',
  'meanMutualInformation',
  'outlineEntropy',
  'outlineMutualInformation',
] as const
type ObjectList =
  (typeof RESULTS)[number] | 'labels' | 'foreground' | 'entropy' | 'mutualInformation'

const golden = JSON.parse(
  readFileSync(new URL('uncertainty.json', import.meta.url), 'utf8'),
) as Golden

/** float32 holds probabilities to 6e-8, and there are a few sums and quotients of them. */
const SINGLE = 1e-6

function largestOff(found: ArrayLike<number>, expected: Numbers): number {
  expect(found.length).toBe(expected.length)
  return expected.reduce((most, value, i) => Math.max(most, Math.abs(found[i]! - value)), 0)
}

describe('createPredictiveSum against numpy and scipy.stats.entropy', () => {
  test.each(golden.passes)('$classes classes, $width × $height', one => {
    const { classes, width, height, temperature } = one
    const sum = createPredictiveSum({ classes, size: { width, height } })
    for (const logits of one.logits) {
      const probabilities = new Float32Array(logits.length)
      softmaxInto(Float32Array.from(logits), classes, temperature, probabilities)
      sum.add(probabilities)
    }
    const found = sum.finish()
    expect(found.passes).toBe(one.logits.length)
    expect(largestOff(found.probabilities, one.probabilities)).toBeLessThan(SINGLE)
    // Straight lines between the table's 65,536 points.
    expect(largestOff(found.entropy, one.entropy)).toBeLessThan(1e-5)
    expect(largestOff(found.expectedEntropy, one.expectedEntropy)).toBeLessThan(1e-5)
    expect(largestOff(found.mutualInformation, one.mutualInformation)).toBeLessThan(1e-5)
  })
})

describe('calibration against scipy.optimize and numpy', () => {
  test.each(golden.calibration)('$classes classes, temperature $temperature', one => {
    const logits = Float32Array.from(one.logits)
    const fit = fitTemperature(logits, one.labels, one.classes)
    // The minimum is flat: scipy's bounded search knows its place to about √ε.
    expect(Math.abs(fit.temperature - one.temperature)).toBeLessThan(1e-5 * one.temperature)
    expect(fit.loss).toBeCloseTo(one.loss, 8)
    expect(fit.lossBefore).toBeCloseTo(one.lossBefore, 8)

    const probabilities = new Float32Array(logits.length)
    softmaxInto(logits, one.classes, 1, probabilities)
    expect(brierScore(probabilities, one.labels, one.classes)).toBeCloseTo(one.brier, 6)
    expect(expectedCalibrationError(one.confidence, one.correct)).toBeCloseTo(one.ece, 8)
    const diagram = reliabilityDiagram(one.confidence, one.correct)
    expect(diagram.map(bin => bin.count)).toEqual(one.bins.map(([count]) => count))
    for (const [i, [count, confidence, accuracy]] of one.bins.entries()) {
      const bin = diagram[i]!
      if (count === 0) expect(bin).toMatchObject({ confidence: null, accuracy: null })
      else expect(largestOff([bin.confidence!, bin.accuracy!], [confidence!, accuracy!])).toBeLessThan(1e-8)
    }
  })
})

test('objectUncertainty against scipy.ndimage', () => {
  const { width, height, labels, foreground, entropy, mutualInformation } = golden.objects
  const pixels = Uint32Array.from(labels)
  const found = objectUncertainty(
    { width, height, pixels, count: Math.max(...labels) },
    {
      foreground: Float32Array.from(foreground),
      entropy: Float32Array.from(entropy),
      mutualInformation: Float32Array.from(mutualInformation),
    },
    null,
  )
  for (const name of RESULTS) {
    expect(largestOff(found[name], golden.objects[name]), name).toBeLessThan(SINGLE)
  }
})

describe('novelty against scipy.spatial.distance', () => {
  const { known, asked, mean, covariance, precision, ...expected } = golden.novelty

  test('shrinks covariance as far as the paper says', () => {
    const found = ledoitWolf(known)
    expect(found.shrinkage).toBeCloseTo(expected.shrinkage, 12)
    expect(largestOff(found.mean, mean)).toBeLessThan(1e-8)
    expect(largestOff(found.covariance, covariance.flat())).toBeLessThan(1e-11)
  })

  test.each([
    ['covariance', { covariance }],
    ['precision', { precision }],
  ])('measures Mahalanobis distances by %s', (_, matrix) => {
    const quantiles = { p: [0, 1], distance: [0, 9] }
    const statistics = parseNoveltyStatistics({ features: 'f', mean, quantiles, ...matrix }, 'x')
    if (!statistics.ok) throw new Error(statistics.fault.detail)
    const found = asked.map(vector => mahalanobisDistance(vector, statistics.value))
    expect(largestOff(found, expected.distances)).toBeLessThan(1e-7)
  })

  test('measures cosine distances to the nearest', () => {
    const found = asked.map(vector => nearestDistance(vector, known, 3))
    expect(largestOff(found, expected.nearest)).toBeLessThan(1e-8)
  })

  test('pools features', () => {
    const features = { data: Float32Array.from(expected.features), dims: [1, 4, 5, 7] }
    const weights = Float32Array.from(expected.weights)
    const plain = [...expected.mean_pooled, ...expected.std_pooled]
    const weighted = [...expected.weighted_mean, ...expected.weighted_std]
    expect(largestOff(poolFeatures(features, null, 'mean-std'), plain)).toBeLessThan(1e-8)
    expect(largestOff(poolFeatures(features, weights, 'mean-std'), weighted)).toBeLessThan(1e-8)
  })
})

describe('classes from few examples against scipy.optimize', () => {
  const { classes, penalty, vectors, labels, asked, ...expected } = golden.logistic
  const examples = vectors.map((vector, i) => ({ vector, label: labels[i]! }))

  test('finds the minimum of the penalised loss', () => {
    const found = fitLogistic(examples, classes, { penalty, iterations: 2000 })
    expect(largestOff(found.weights.flatMap(row => [...row]), expected.weights.flat())).toBeLessThan(
      1e-5,
    )
    const middle = found.intercepts.reduce((sum, value) => sum + value, 0) / classes
    const centred = found.intercepts.map(value => value - middle)
    expect(largestOff(centred, expected.intercepts)).toBeLessThan(1e-5)
    const probabilities = asked.flatMap(vector => [...guessByLogistic(found, vector).probabilities])
    expect(largestOff(probabilities, expected.probabilities.flat())).toBeLessThan(1e-5)
  })

  test('measures distances to prototypes', () => {
    const found = makePrototypes(examples, classes)
    expect(largestOff(found.means.flatMap(row => [...row]), expected.means.flat())).toBeLessThan(1e-9)
    expect(found.spread).toBeCloseTo(expected.spread, 9)
    const distances = asked.map(vector => guessByPrototypes(found, vector).distance)
    expect(largestOff(distances, expected.distances)).toBeLessThan(1e-8)
  })
})
