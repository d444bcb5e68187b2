import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createPredictiveSum, softmaxInto, type Prediction } from '#core/infer/predictive-sum.ts'

/** Predicts pixels in a row; a pass is a list of pixels, each the probabilities of its classes. */
function predict(...passes: readonly (readonly (readonly number[])[])[]): Prediction {
  const width = passes[0]!.length
  const classes = passes[0]![0]!.length
  const sum = createPredictiveSum({ classes, size: { width, height: 1 } })
  for (const pass of passes) sum.add(planar(pass))
  return sum.finish()
}

function planar(pixels: readonly (readonly number[])[]): Float32Array {
  return Float32Array.from(pixels[0]!.flatMap((_, k) => pixels.map(pixel => pixel[k]!)))
}

const distribution = fc
  .array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 3, maxLength: 3 })
  .map(weights => {
    const sum = weights.reduce((total, weight) => total + weight + 1e-9, 0)
    return weights.map(weight => (weight + 1e-9) / sum)
  })

describe('createPredictiveSum', () => {
  test('is certain of one-hot passes that agree, and knows nothing of even ones', () => {
    const pixels = [
      [1, 0, 0],
      [1 / 3, 1 / 3, 1 / 3],
    ]
    const { entropy, expectedEntropy, mutualInformation, passes } = predict(pixels, pixels)
    expect(passes).toBe(2)
    expect(entropy[0]).toBe(0)
    expect(entropy[1]).toBeCloseTo(1, 5)
    expect(expectedEntropy[1]).toBeCloseTo(1, 5)
    expect(mutualInformation[0]).toBe(0)
    expect(mutualInformation[1]).toBeCloseTo(0, 5)
  })

  test('tells passes that contradict each other from passes that all waver', () => {
    const wavering = [[0.5, 0.5]]
    const one = predict([[1, 0]], [[0, 1]])
    const other = predict(wavering, wavering)
    expect(one.entropy[0]).toBeCloseTo(1, 5)
    expect(other.entropy[0]).toBeCloseTo(1, 5)
    expect(one.mutualInformation[0]).toBeCloseTo(1, 5)
    expect(other.mutualInformation[0]).toBeCloseTo(0, 5)
    expect(one.probabilities).toEqual(Float32Array.of(0.5, 0.5))
  })

  test('takes one class for the probability of a yes', () => {
    const { entropy, mutualInformation } = predict([[0.5], [1], [0]], [[0.5], [0], [0]])
    expect(entropy[0]).toBeCloseTo(1, 5)
    expect(mutualInformation[0]).toBeCloseTo(0, 5)
    expect(entropy[1]).toBeCloseTo(1, 5)
    expect(mutualInformation[1]).toBeCloseTo(1, 5)
    expect(entropy[2]).toBe(0)
  })

  test('never says that knowing the pass leaves more doubt than not knowing it', () => {
    fc.assert(
      fc.property(fc.array(distribution, { minLength: 1, maxLength: 6 }), passes => {
        const { entropy, expectedEntropy, mutualInformation } = predict(
          ...passes.map(pixel => [pixel]),
        )
        expect(mutualInformation[0]).toBeGreaterThanOrEqual(0)
        expect(mutualInformation[0]).toBeLessThanOrEqual(1)
        expect(entropy[0]).toBeLessThanOrEqual(1)
        expect(expectedEntropy[0]! + mutualInformation[0]!).toBeCloseTo(entropy[0]!, 6)
      }),
    )
  })

  test('gives the same bits tile by tile as at once', () => {
    const size = { width: 5, height: 3 }
    const field = Float32Array.from({ length: 30 }, (_, i) => ((i * 7) % 11) / 11)
    const whole = createPredictiveSum({ classes: 2, size })
    whole.add(field)
    whole.add(field)
    const tiled = createPredictiveSum({ classes: 2, size })
    for (let pass = 0; pass < 2; pass += 1) {
      for (const [x, width] of [
        [0, 2],
        [2, 3],
      ] as const) {
        const tile = Float32Array.from({ length: 2 * 3 * width }, (_, i) => {
          const k = Math.floor(i / (3 * width))
          const y = Math.floor(i / width) % 3
          return field[k * 15 + y * 5 + x + (i % width)]!
        })
        tiled.add(tile, { x, y: 0, width, height: 3 })
      }
    }
    expect(tiled.finish()).toEqual(whole.finish())
  })

  test('refuses tiles that overlap or leave gaps', () => {
    const sum = createPredictiveSum({ classes: 1, size: { width: 2, height: 1 } })
    expect(() => sum.finish()).toThrow('Nothing was added')
    sum.add(Float32Array.of(0.5), { x: 0, y: 0, width: 1, height: 1 })
    expect(() => sum.finish()).toThrow('0 passes at pixel 1, 1 at the first')
  })

  test('refuses what does not fit', () => {
    const sum = createPredictiveSum({ classes: 1, size: { width: 2, height: 1 } })
    expect(() => sum.add(new Float32Array(1))).toThrow('1 probabilities for 1 × 2 pixels')
    const region = { x: 1, y: 0, width: 2, height: 1 }
    expect(() => sum.add(new Float32Array(2), region)).toThrow('not within 2×1 pixels')
  })
})

describe('softmaxInto', () => {
  test.each([2, 3, 4])('divides %i logits by the temperature first', classes => {
    const logits = Float32Array.from({ length: classes }, (_, k) => k)
    const weights = [...logits].map(logit => Math.exp(logit / 2))
    const sum = weights.reduce((total, weight) => total + weight)
    const out = new Float32Array(classes)
    softmaxInto(logits, classes, 2, out)
    for (const [k, weight] of weights.entries()) expect(out[k]).toBeCloseTo(weight / sum, 6)
  })

  test.each([2, 3])('bears logits of any size in place, with %i classes', classes => {
    const logits = Float32Array.from({ length: classes }, (_, k) => (k === 1 ? 1e30 : -1e30))
    softmaxInto(logits, classes, 1, logits)
    expect([...logits]).toEqual(Array.from({ length: classes }, (_, k) => (k === 1 ? 1 : 0)))
  })

  test('refuses a temperature of 0', () => {
    expect(() => softmaxInto(new Float32Array(2), 2, 0, new Float32Array(2))).toThrow(
      'A temperature of 0',
    )
  })
})
