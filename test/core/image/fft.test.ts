import { describe, expect, test } from 'vitest'
import { planFourier } from '#core/image/fft.ts'
import { uniform } from '../../support/nuclei-field.ts'

/** The sum as the definition has it. */
function slowTransform(re: Float64Array, im: Float64Array): [Float64Array, Float64Array] {
  const length = re.length
  const outRe = new Float64Array(length)
  const outIm = new Float64Array(length)
  for (let k = 0; k < length; k += 1) {
    for (let i = 0; i < length; i += 1) {
      const angle = (-2 * Math.PI * ((i * k) % length)) / length
      outRe[k]! += re[i]! * Math.cos(angle) - im[i]! * Math.sin(angle)
      outIm[k]! += re[i]! * Math.sin(angle) + im[i]! * Math.cos(angle)
    }
  }
  return [outRe, outIm]
}

function largestDifference(a: Float64Array, b: Float64Array): number {
  return a.reduce((largest, value, i) => Math.max(largest, Math.abs(value - b[i]!)), 0)
}

describe('the Fourier transform', () => {
  // Powers of two, camera sides (520, 696 = 8·3·29), primes that are transformed directly (29) and by Bluestein (37, 101).
  const lengths = [1, 2, 3, 4, 5, 6, 7, 8, 11, 12, 15, 16, 25, 29, 30, 37, 49, 60, 64, 74, 101, 128]
  test.each([...lengths, 520, 696])('of length %d is the sum that defines it', length => {
    const random = uniform(length)
    const batch = 3
    const re = Float64Array.from({ length: length * batch }, () => random() - 0.5)
    const im = Float64Array.from({ length: length * batch }, () => random() - 0.5)
    const second = (values: Float64Array): Float64Array =>
      Float64Array.from({ length }, (_, i) => values[i * batch + 1]!)
    const [expectedRe, expectedIm] = slowTransform(second(re), second(im))
    planFourier(length, batch)(re, im)
    // Rounding of double precision grows with the logarithm of the length.
    expect(largestDifference(second(re), expectedRe)).toBeLessThan(1e-11)
    expect(largestDifference(second(im), expectedIm)).toBeLessThan(1e-11)
  })

  test('can be planned once and run on one sequence after the other', () => {
    const transform = planFourier(37, 1)
    const first = Float64Array.from({ length: 37 }, (_, i) => i)
    const again = first.slice()
    transform(first, new Float64Array(37))
    transform(again, new Float64Array(37))
    expect(again).toEqual(first)
  })
})
