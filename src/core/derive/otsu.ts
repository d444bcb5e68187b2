/**
 * The level that splits a histogram into two classes with the largest variance between them
 * (Otsu 1979): a pixel is foreground if it is *above* the level.
 *
 * Equals skimage.filters.threshold_otsu on integer images. A histogram with a single occupied
 * level gives that level.
 * @param counts pixels per level, from level 0.
 */
export function otsuLevel(counts: ArrayLike<number>): number {
  let total = 0
  let sum = 0
  for (let level = 0; level < counts.length; level += 1) {
    total += counts[level]!
    sum += level * counts[level]!
  }
  let below = 0
  let sumBelow = 0
  let best = 0
  let bestVariance = -1
  for (let level = 0; level < counts.length; level += 1) {
    if (counts[level] === 0) continue
    below += counts[level]!
    sumBelow += level * counts[level]!
    const above = total - below
    const difference = above === 0 ? 0 : sumBelow / below - (sum - sumBelow) / above
    const variance = below * above * difference * difference
    if (variance > bestVariance) {
      bestVariance = variance
      best = level
    }
  }
  return best
}
