import { binaryEntropy, entropyTerm } from './entropy-term.ts'

export interface MapSize {
  readonly width: number
  readonly height: number
}

/** A rectangle of a map, in pixels. */
export interface MapRegion extends MapSize {
  readonly x: number
  readonly y: number
}

/** What several passes of one or more networks say of each pixel together. Maps are row-major. */
export interface Prediction extends MapSize {
  readonly classes: number
  /** Mean probabilities, [classes, height, width]. */
  readonly probabilities: Float32Array
  /** Entropy of the mean, over its largest possible value: 0 is certain, 1 knows nothing. */
  readonly entropy: Float32Array
  /** Mean of the passes' entropies on the same scale: doubt that no further pass will settle. */
  readonly expectedEntropy: Float32Array
  /** `entropy − expectedEntropy`, 0 to 1: what the passes disagree about. */
  readonly mutualInformation: Float32Array
  readonly passes: number
}

export interface PredictiveSum {
  /**
   * Adds a pass, or a tile of one.
   *
   * @param probabilities [classes, height, width] of the region.
   * @throws RangeError for a region outside the map or a length that is not the region's.
   */
  add(probabilities: Float32Array, region?: MapRegion): void
  /**
   * Uses up what was added.
   *
   * @throws RangeError unless all pixels were added equally often, and at least once.
   */
  finish(): Prediction
}

/**
 * Collects the probabilities of members × augmentations × dropout passes and says how sure they are together.
 *
 * Predictive entropy, expected entropy and their difference, the mutual information between prediction and
 * network (BALD: Houlsby et al. 2011, eq. 2; Smith & Gal 2018, eq. 3). One class is the probability of a yes,
 * the no is what it leaves to 1. Entropies are within 1e-5. The same passes in the same order give the same bits.
 */
export function createPredictiveSum({
  classes,
  size,
}: {
  readonly classes: number
  readonly size: MapSize
}): PredictiveSum {
  const { width, height } = size
  const pixels = width * height
  const sum = new Float32Array(classes * pixels)
  const entropySum = new Float32Array(pixels)
  const passes = new Uint16Array(pixels)
  const whole: MapRegion = { x: 0, y: 0, width, height }

  return {
    add(probabilities, region = whole) {
      checkRegion(region, size)
      const regionPixels = region.width * region.height
      if (probabilities.length !== classes * regionPixels) {
        throw new RangeError(
          `${probabilities.length} probabilities for ${classes} × ${regionPixels} pixels`,
        )
      }
      for (let y = 0; y < region.height; y += 1) {
        const from = y * region.width
        const to = (region.y + y) * width + region.x
        for (let x = 0; x < region.width; x += 1) {
          const i = to + x
          let entropy = 0
          for (let k = 0; k < classes; k += 1) {
            const p = probabilities[k * regionPixels + from + x]!
            sum[k * pixels + i]! += p
            entropy += classes === 1 ? binaryEntropy(p) : entropyTerm(p)
          }
          entropySum[i]! += entropy
          passes[i]! += 1
        }
      }
    },

    finish() {
      const count = passesOfAll(passes)
      const unit = 1 / Math.log(Math.max(2, classes))
      const mutualInformation = new Float32Array(pixels)
      // One pass is its own mean and has nobody to disagree with.
      const entropy =
        count === 1 ? entropySum : entropyOfMean(sum, classes, count, new Float32Array(pixels))
      for (let i = 0; i < pixels; i += 1) {
        const predicted = Math.min(1, entropy[i]! * unit)
        const expected = Math.min(predicted, (entropySum[i]! / count) * unit)
        entropy[i] = predicted
        mutualInformation[i] = predicted - expected
        if (count > 1) entropySum[i] = expected
      }
      return {
        width,
        height,
        classes,
        probabilities: sum,
        entropy,
        expectedEntropy: entropySum,
        mutualInformation,
        passes: count,
      }
    },
  }
}

/**
 * Softmax over classes of logits divided by a temperature, which leaves the order of classes as it is.
 *
 * @param logits [classes, size], as `out`, which may be the same array.
 * @param temperature above 0; above 1 is less sure of itself (Guo et al. 2017).
 * @throws RangeError for lengths that differ, are no multiple of the classes, or a temperature that is not positive.
 */
export function softmaxInto(
  logits: Float32Array,
  classes: number,
  temperature: number,
  out: Float32Array,
): void {
  if (logits.length !== out.length || logits.length % classes !== 0) {
    throw new RangeError(`${logits.length} logits, ${out.length} places, ${classes} classes`)
  }
  if (!(temperature > 0)) throw new RangeError(`A temperature of ${temperature}`)
  const inverse = 1 / temperature
  if (classes === 3) return softmaxOfThree(logits, inverse, out)
  const size = logits.length / classes
  for (let i = 0; i < size; i += 1) {
    let largest = -Infinity
    for (let at = i; at < logits.length; at += size) largest = Math.max(largest, logits[at]!)
    let sum = 0
    for (let at = i; at < logits.length; at += size) {
      const weight = Math.exp((logits[at]! - largest) * inverse)
      out[at] = weight
      sum += weight
    }
    const share = 1 / sum
    for (let at = i; at < logits.length; at += size) out[at]! *= share
  }
}

/** Turns sums into means, in place. */
function entropyOfMean(
  sum: Float32Array,
  classes: number,
  passes: number,
  entropy: Float32Array,
): Float32Array {
  const pixels = entropy.length
  for (let i = 0; i < pixels; i += 1) {
    let ofMean = 0
    for (let at = i; at < sum.length; at += pixels) {
      const p = sum[at]! / passes
      sum[at] = p
      ofMean += classes === 1 ? binaryEntropy(p) : entropyTerm(p)
    }
    entropy[i] = ofMean
  }
  return entropy
}

/** Twice as fast as any number of classes, for the number that nearly all networks have. */
function softmaxOfThree(logits: Float32Array, inverse: number, out: Float32Array): void {
  const size = logits.length / 3
  for (let i = 0; i < size; i += 1) {
    const a = logits[i]!
    const b = logits[size + i]!
    const c = logits[2 * size + i]!
    const larger = a > b ? a : b
    const largest = larger > c ? larger : c
    const ofA = Math.exp((a - largest) * inverse)
    const ofB = Math.exp((b - largest) * inverse)
    const ofC = Math.exp((c - largest) * inverse)
    const share = 1 / (ofA + ofB + ofC)
    out[i] = ofA * share
    out[size + i] = ofB * share
    out[2 * size + i] = ofC * share
  }
}

function passesOfAll(passes: Uint16Array): number {
  const count = passes[0] ?? 0
  if (count === 0) throw new RangeError('Nothing was added')
  for (let i = 1; i < passes.length; i += 1) {
    if (passes[i] !== count) {
      throw new RangeError(`${passes[i]} passes at pixel ${i}, ${count} at the first`)
    }
  }
  return count
}

function checkRegion({ x, y, width, height }: MapRegion, size: MapSize): void {
  if (x < 0 || y < 0 || x + width > size.width || y + height > size.height) {
    throw new RangeError(
      `${width}×${height} at ${x}, ${y} is not within ${size.width}×${size.height} pixels`,
    )
  }
}
