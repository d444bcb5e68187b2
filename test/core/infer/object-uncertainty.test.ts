import { describe, expect, test } from 'vitest'
import { objectScore, objectUncertainty } from '#core/infer/object-uncertainty.ts'
import { labels } from '../../support/labels.ts'

const image = labels(`
  11.22
  11.22
  .....
`)
const flat = (value: number): Float32Array => new Float32Array(15).fill(value)

describe('objectUncertainty', () => {
  test('counts a background pixel between two objects for both', () => {
    const entropy = flat(0)
    entropy[2] = 0.6
    const found = objectUncertainty(
      image,
      { foreground: flat(1), entropy, mutualInformation: flat(0) },
      null,
    )
    // Object 1: three own pixels on its outline, two background ones to the right, two below.
    expect(found.outlineEntropy[0]).toBeCloseTo(0.6 / 7, 6)
    expect(found.outlineEntropy[1]).toBeCloseTo(0.6 / 7, 6)
    expect([...found.meanEntropy]).toEqual([0, 0])
  })

  test('scores by agreement where there is one, else by the outline', () => {
    const maps = { foreground: flat(0.8), entropy: flat(0.5), mutualInformation: flat(0.19) }
    const agreed = objectUncertainty(image, maps, Float32Array.of(1, 0.25)).score
    expect(agreed[0]).toBeCloseTo(0.8, 6)
    expect(agreed[1]).toBeCloseTo(0.4, 6)
    expect(objectUncertainty(image, maps, null).score[0]).toBeCloseTo(0.8 * 0.9, 6)
  })

  test('an object as large as the image has no outline', () => {
    const all = labels(`11\n11`)
    const four = new Float32Array(4).fill(0.5)
    const found = objectUncertainty(
      all,
      { foreground: four, entropy: four, mutualInformation: four },
      null,
    )
    expect(found.outlineEntropy[0]).toBe(0)
    expect(found.meanEntropy[0]).toBe(0.5)
  })

  test('refuses maps and agreements of another size', () => {
    const maps = { foreground: flat(1), entropy: flat(0), mutualInformation: new Float32Array(3) }
    expect(() => objectUncertainty(image, maps, null)).toThrow('A map of 3 values')
    const right = { ...maps, mutualInformation: flat(0) }
    expect(() => objectUncertainty(image, right, new Float32Array(3))).toThrow('3 agreements')
  })
})

test('objectScore is 1 only for what is certain and agreed on', () => {
  expect(objectScore(1, 1)).toBe(1)
  expect(objectScore(1, 0)).toBe(0)
  expect(objectScore(0.5, 1)).toBe(0.5)
})
