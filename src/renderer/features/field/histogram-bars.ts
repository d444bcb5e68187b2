import type { PlaneDescription } from '#contract/pixels.ts'
import type { Limits } from './contrast.ts'

const BARS = 128

/** Heights from 0 to 1 of a plane's histogram over a range, on a logarithmic scale: dim structures are few pixels. */
export function barsOf(
  { histogram, percentiles }: Pick<PlaneDescription, 'histogram' | 'percentiles'>,
  range: Limits,
): readonly number[] {
  const low = percentiles.find(({ percent }) => percent === 0)?.value ?? 0
  const high = percentiles.find(({ percent }) => percent === 100)?.value ?? 1
  const binWidth = (high - low) / histogram.length
  const barWidth = (range.high - range.low) / BARS
  const counts = Array.from({ length: BARS }, (_, bar) => {
    if (binWidth <= 0) return 0
    const from = (range.low + bar * barWidth - low) / binWidth
    const to = (range.low + (bar + 1) * barWidth - low) / binWidth
    let most = 0
    for (let bin = Math.max(0, Math.floor(from)); bin < Math.min(to, histogram.length); bin += 1) {
      most = Math.max(most, histogram[bin]!)
    }
    return Math.log1p(most)
  })
  const highest = Math.max(...counts)
  return counts.map(count => (highest > 0 ? count / highest : 0))
}
