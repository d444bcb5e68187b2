import { valueAtRank, type Histogram } from '../image/histogram.ts'

const CANDIDATES = 256
const FLOAT32_EPSILON = 2 ** -23

/**
 * CellProfiler's ThresholdOtsu: Otsu (1979) on logarithms, two classes, weighted variance, judged at
 * 256 evenly spaced ranks rather than at 256 intensities. Negative pixels take no part.
 *
 * Trap: centrosome works in float32 up to the logarithm, and the lower class ends at a rank one
 * before the one where the upper class starts to count.
 * @param range the container's, by which pixels and threshold are scaled to 0…1.
 */
export function measureOtsuThreshold(histogram: Histogram, range: number): number {
  const logs = logarithms(histogram, range)
  const { values, counts, total } = logs
  if (total === 0) return 1
  const low = values[0]!
  const high = values.at(-1)!
  if (!(high > low)) return Math.exp(low)
  for (let i = 0; i < values.length; i += 1) values[i] = (values[i]! - low) / (high - low)
  const step = Math.floor(total / Math.min(CANDIDATES, total))
  const candidates = Math.ceil((total - 1) / step)
  const lowerSizes = Array.from({ length: candidates }, (_, i) => 1 + i * step)
  const upperSizes = lowerSizes.map(size => total - size).reverse()
  const lower = spreads(values, counts, lowerSizes)
  const upper = spreads(values.toReversed(), counts.toReversed(), upperSizes).reverse()
  let best = 0
  let bestScore = Infinity
  for (let i = 0; i < candidates; i += 1) {
    const above = total - lowerSizes[i]!
    const score = lower[i]! + (above > 1 ? (upper[i]! * above) / (above - 1) : 0)
    if (score < bestScore) {
      best = i
      bestScore = score
    }
  }
  const before = valueAtRank(logs, lowerSizes[Math.max(0, best - 1)]!)
  const after = valueAtRank(logs, lowerSizes[Math.min(candidates - 1, best + 1)]!)
  return Math.exp(((before + after) / 2) * (high - low) + low)
}

/** Natural logarithms, from 1/256 of the contrast upwards: what lies below is raised to that. */
function logarithms({ values, counts }: Histogram, range: number): Histogram {
  const first = values.findIndex(value => value >= 0)
  const kept = first < 0 ? new Float64Array(0) : values.slice(first)
  const keptCounts = first < 0 ? new Uint32Array(0) : counts.slice(first)
  const scaled = kept.map(value => Math.fround(value / range))
  const low = scaled[0] ?? 0
  const high = scaled.at(-1) ?? 0
  const contrast = Math.fround(Math.fround(high - low) / 256)
  const floor = Math.fround(Math.fround(low + contrast) + FLOAT32_EPSILON)
  return {
    values: scaled.map(value => Math.fround(Math.log(Math.max(floor, value)))),
    counts: keptCounts,
    total: keptCounts.reduce((total, count) => total + count, 0),
  }
}

/** Sums of squares about their own mean of the first n pixels, for each size n, ascending. */
function spreads(values: Float64Array, counts: Uint32Array, sizes: readonly number[]): number[] {
  const found: number[] = []
  let passed = 0
  let mean = 0
  let spread = 0
  for (let i = 0; i < values.length; i += 1) {
    // Chan, Golub and LeVeque (1983): merging `count` equal values into what has passed.
    const delta = values[i]! - mean
    const count = counts[i]!
    while (found.length < sizes.length && sizes[found.length]! <= passed + count) {
      const part = sizes[found.length]! - passed
      found.push(spread + (delta * delta * passed * part) / (passed + part))
    }
    spread += (delta * delta * passed * count) / (passed + count)
    mean += (delta * count) / (passed + count)
    passed += count
  }
  return found
}
