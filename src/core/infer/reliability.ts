/** Predictions of about the same confidence, and how many of them were right. */
export interface ReliabilityBin {
  /** Confidences above `low` up to and including `high`; those of 0 are in the first bin. */
  readonly low: number
  readonly high: number
  readonly count: number
  /** Mean confidence; null for an empty bin. */
  readonly confidence: number | null
  /** Share that was right; null for an empty bin. */
  readonly accuracy: number | null
}

/**
 * Bins of equal width over 0…1 (Guo et al. 2017, eq. 2).
 *
 * @param correct for each confidence, anything but 0 for a prediction that was right.
 * @throws RangeError for lists of different length, or a confidence that is not within 0…1.
 */
export function reliabilityDiagram(
  confidence: ArrayLike<number>,
  correct: ArrayLike<number>,
  bins = 15,
): readonly ReliabilityBin[] {
  if (confidence.length !== correct.length) {
    throw new RangeError(`${confidence.length} confidences, ${correct.length} outcomes`)
  }
  const counts = new Uint32Array(bins)
  const sums = new Float64Array(bins)
  const right = new Uint32Array(bins)
  for (let i = 0; i < confidence.length; i += 1) {
    const p = confidence[i]!
    if (!(p >= 0 && p <= 1)) throw new RangeError(`A confidence of ${p}`)
    const bin = Math.max(0, Math.ceil(p * bins) - 1)
    counts[bin]! += 1
    sums[bin]! += p
    if (correct[i] !== 0) right[bin]! += 1
  }
  return Array.from(counts, (count, bin) => ({
    low: bin / bins,
    high: (bin + 1) / bins,
    count,
    confidence: count === 0 ? null : sums[bin]! / count,
    accuracy: count === 0 ? null : right[bin]! / count,
  }))
}

/**
 * Mean gap between confidence and accuracy over the bins, weighted by their counts, 0 to 1
 * (Naeini et al. 2015; Guo et al. 2017, eq. 3). 0 for no predictions.
 */
export function expectedCalibrationError(
  confidence: ArrayLike<number>,
  correct: ArrayLike<number>,
  bins = 15,
): number {
  let sum = 0
  for (const bin of reliabilityDiagram(confidence, correct, bins)) {
    if (bin.accuracy === null || bin.confidence === null) continue
    sum += bin.count * Math.abs(bin.accuracy - bin.confidence)
  }
  return confidence.length === 0 ? 0 : sum / confidence.length
}

/**
 * Mean squared distance between probabilities and the one-hot truth (Brier 1950), 0 to 2; for one class, the
 * probability of a yes, half of that as is usual: 0 to 1.
 *
 * @param probabilities [classes, samples].
 * @param labels true class of each sample, from 0; for one class 1 for a yes and 0 for a no.
 * @throws RangeError for no samples or lengths that do not fit.
 */
export function brierScore(
  probabilities: ArrayLike<number>,
  labels: ArrayLike<number>,
  classes: number,
): number {
  const samples = labels.length
  if (samples === 0 || probabilities.length !== classes * samples) {
    throw new RangeError(`${probabilities.length} probabilities for ${classes} × ${samples}`)
  }
  let sum = 0
  for (let k = 0; k < classes; k += 1) {
    const yes = classes === 1 ? 1 : k
    for (let i = 0; i < samples; i += 1) {
      const off = probabilities[k * samples + i]! - (labels[i] === yes ? 1 : 0)
      sum += off * off
    }
  }
  return sum / samples
}
