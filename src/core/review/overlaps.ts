import type { Labels } from '../image/labels.ts'

/** A predicted and a true object that share pixels, by their numbers in the label images. */
export interface Overlap {
  readonly predicted: number
  readonly truth: number
  /** Intersection over union, above 0 and at most 1. */
  readonly iou: number
}

/**
 * All pairs of objects that share at least one pixel, by true, then by predicted object.
 *
 * @throws RangeError when the images differ in size.
 */
export function overlapsOf(predicted: Labels, truth: Labels): readonly Overlap[] {
  if (predicted.width !== truth.width || predicted.height !== truth.height) {
    throw new RangeError(
      `Labels of ${predicted.width}×${predicted.height} and ${truth.width}×${truth.height} pixels`,
    )
  }
  const shared = sharedPixels(predicted, truth)
  const columns = predicted.count + 1
  const predictedArea = new Float64Array(predicted.count + 1)
  const truthArea = new Float64Array(truth.count + 1)
  for (const [pair, pixels] of shared) {
    predictedArea[pair % columns]! += pixels
    truthArea[Math.floor(pair / columns)]! += pixels
  }
  const overlaps: Overlap[] = []
  for (const [pair, pixels] of [...shared].sort(([a], [b]) => a - b)) {
    const p = pair % columns
    const t = Math.floor(pair / columns)
    if (p === 0 || t === 0) continue
    const iou = pixels / (predictedArea[p]! + truthArea[t]! - pixels)
    overlaps.push({ predicted: p, truth: t, iou })
  }
  return overlaps
}

/** Pixels per pair of labels, background included; a pair's key is truth · (predicted.count + 1) + predicted. */
function sharedPixels(predicted: Labels, truth: Labels): Map<number, number> {
  const columns = predicted.count + 1
  const shared = new Map<number, number>()
  let pair = -1
  let run = 0
  // Neighbouring pixels mostly belong to the same pair, so the map is asked once a run.
  for (let i = 0; i < truth.pixels.length; i += 1) {
    const here = truth.pixels[i]! * columns + predicted.pixels[i]!
    if (here === pair) {
      run += 1
      continue
    }
    if (run > 0) shared.set(pair, (shared.get(pair) ?? 0) + run)
    pair = here
    run = 1
  }
  if (run > 0) shared.set(pair, (shared.get(pair) ?? 0) + run)
  return shared
}
