import type { Plane } from '../image/plane.ts'

/**
 * How the variance of a camera's noise grows with the count: constant + slope·count, at least `least`.
 *
 * The slope is the gain in counts per photo-electron; −constant/slope is the camera's offset but for
 * the read noise. All in counts and counts².
 */
export interface CameraNoise {
  readonly constant: number
  readonly slope: number
  readonly least: number
}

/** Side of the blocks in which noise is measured, in pixels: small enough to lie inside a nucleus. */
const BLOCK = 8
const BLOCKS_READ = 10_000
const LARGEST_GROUPS = 32
const SMALLEST_GROUP = 24
/** Of the blocks' variances in pure noise, a quarter lies below this share of the mean (simulated). */
const LOWER_QUARTILE = 0.768
/** Variance of rounding to whole counts. */
const ROUNDING = 1 / 12

interface Level {
  readonly mean: number
  readonly variance: number
}

/**
 * Estimates the noise from one image, with no dark frame: a photon-transfer curve (Foi et al. 2008).
 *
 * Blocks are grouped by their mean; in each group the lower quartile of the noise, which structure
 * does not reach, gives one point of a straight line.
 * @param ceiling the count at which the camera clips; clipped blocks have no noise.
 */
export function estimateNoise(plane: Plane, ceiling: number): CameraNoise {
  const floor = leastVariance(plane)
  const levels = groupByMean(readBlocks(plane, ceiling)).map(({ mean, variance }) => ({
    mean,
    variance: Math.max(floor, variance),
  }))
  const darkest = levels[0]
  if (darkest === undefined) return { constant: floor, slope: 0, least: floor }
  const { constant, slope } = spansNoise(levels) ? fitLine(levels, floor) : throughZero(darkest)
  const least = Math.min(constant + slope * darkest.mean, darkest.variance) / 2
  return { constant, slope, least: Math.max(floor, least) }
}

/** Counts to a scale on which the noise is 1 everywhere (the integral of dx/σ(x)). */
export function stabiliser({ constant, slope, least }: CameraNoise): (count: number) => number {
  const least1 = Math.sqrt(least)
  if (slope === 0) return count => count / Math.sqrt(Math.max(constant, least))
  const knee = (least - constant) / slope
  const atKnee = (2 * least1) / slope
  return count =>
    count <= knee
      ? atKnee + (count - knee) / least1
      : (2 * Math.sqrt(constant + slope * count)) / slope
}

/** From the scale of `stabiliser` back to counts. */
export function unstabiliser({ constant, slope, least }: CameraNoise): (level: number) => number {
  const least1 = Math.sqrt(least)
  if (slope === 0) return level => level * Math.sqrt(Math.max(constant, least))
  const knee = (least - constant) / slope
  const atKnee = (2 * least1) / slope
  return level =>
    level <= atKnee
      ? knee + (level - atKnee) * least1
      : (((level * slope) / 2) ** 2 - constant) / slope
}

/** Variance of the noise at a count, in counts². */
export function noiseAt({ constant, slope, least }: CameraNoise, count: number): number {
  return Math.max(least, constant + slope * count)
}

/** Counts that are due to light: without the offset, as far as the noise tells it. */
export function lightAt({ constant, slope }: CameraNoise, count: number): number {
  return slope > 0 ? count + constant / slope : count
}

/** An image that is not noisy at all must still have a scale. */
function leastVariance({ pixels }: Plane): number {
  if (!(pixels instanceof Float32Array)) return ROUNDING
  let low = Infinity
  let high = -Infinity
  for (let i = 0; i < pixels.length; i += 1) {
    low = Math.min(low, pixels[i]!)
    high = Math.max(high, pixels[i]!)
  }
  return high > low ? ((high - low) / 1e4) ** 2 : 1
}

/**
 * Mean and noise variance of blocks spread over the plane.
 *
 * The noise is what [1 −2 1] across and [1 −2 1] down leave (Immerkær 1996): flat and evenly
 * rising intensity, and straight edges along either axis, cancel out. Its squared weights sum to 36.
 */
function readBlocks({ width, height, pixels }: Plane, ceiling: number): Level[] {
  const columns = Math.floor((width - 2) / BLOCK)
  const rows = Math.floor((height - 2) / BLOCK)
  const step = Math.max(1, Math.ceil(Math.sqrt((rows * columns) / BLOCKS_READ)))
  const blocks: Level[] = []
  for (let row = 0; row < rows; row += step) {
    for (let column = 0; column < columns; column += step) {
      let sum = 0
      let squares = 0
      let clipped = false
      for (let y = 0; y < BLOCK; y += 1) {
        let i = (row * BLOCK + y + 1) * width + column * BLOCK + 1
        for (const end = i + BLOCK; i < end; i += 1) {
          const above = i - width
          const below = i + width
          const value = pixels[i]!
          const rest =
            4 * value -
            2 * (pixels[i - 1]! + pixels[i + 1]! + pixels[above]! + pixels[below]!) +
            (pixels[above - 1]! + pixels[above + 1]! + pixels[below - 1]! + pixels[below + 1]!)
          sum += value
          squares += rest * rest
          if (value === 0 || value >= ceiling) clipped = true
        }
      }
      if (!clipped) blocks.push({ mean: sum / BLOCK ** 2, variance: squares / BLOCK ** 2 / 36 })
    }
  }
  return blocks
}

function groupByMean(blocks: Level[]): Level[] {
  const ordered = blocks.sort((a, b) => a.mean - b.mean)
  const count = Math.min(LARGEST_GROUPS, Math.ceil(ordered.length / SMALLEST_GROUP))
  return Array.from({ length: count }, (_, g) => {
    const group = ordered.slice(
      Math.floor((g * ordered.length) / count),
      Math.floor(((g + 1) * ordered.length) / count),
    )
    const variances = group.map(block => block.variance).sort((a, b) => a - b)
    return {
      mean: group[Math.floor(group.length / 2)]!.mean,
      variance: variances[Math.floor(variances.length / 4)]! / LOWER_QUARTILE,
    }
  })
}

/** Whether the levels lie further apart than noise puts them, so that a slope can be seen. */
function spansNoise(levels: readonly Level[]): boolean {
  const darkest = levels[0]!
  return levels.at(-1)!.mean - darkest.mean > 3 * Math.sqrt(darkest.variance)
}

/** One level only: as if there were no offset. */
function throughZero({ mean, variance }: Level): { constant: number; slope: number } {
  return mean > 0 ? { constant: 0, slope: variance / mean } : { constant: variance, slope: 0 }
}

/** Least squares of the relative error; levels far above the line are structure and hardly count. */
function fitLine(levels: readonly Level[], floor: number): { constant: number; slope: number } {
  let weights = levels.map(({ variance }) => 1 / variance ** 2)
  let constant = 0
  let slope = 0
  for (let round = 0; round < 8; round += 1) {
    let sum = 0
    let sumX = 0
    let sumY = 0
    let sumXX = 0
    let sumXY = 0
    levels.forEach(({ mean, variance }, i) => {
      const weight = weights[i]!
      sum += weight
      sumX += weight * mean
      sumY += weight * variance
      sumXX += weight * mean * mean
      sumXY += weight * mean * variance
    })
    const spread = sum * sumXX - sumX * sumX
    slope = spread > 0 ? Math.max(0, (sum * sumXY - sumX * sumY) / spread) : 0
    constant = (sumY - slope * sumX) / sum
    weights = levels.map(({ mean, variance }) => {
      const expected = Math.max(floor, constant + slope * mean)
      return (variance > 2 * expected ? 0.05 : 1) / expected ** 2
    })
  }
  return { constant, slope }
}
