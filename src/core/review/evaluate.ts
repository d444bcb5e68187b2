import type { Labels } from '../image/labels.ts'
import { matchObjects } from './match-objects.ts'
import { overlapsOf } from './overlaps.ts'

/** How well predicted objects agree with true ones, at one threshold of intersection over union. */
export interface MatchScores {
  /** Matched pairs / predicted objects. */
  readonly precision: number
  /** Matched pairs / true objects. */
  readonly recall: number
  /** 2 · matched pairs / (true + predicted objects). */
  readonly f1: number
  /** Mean intersection over union of the matched pairs. */
  readonly matchedIou: number
  /** Kirillov et al. 2019: f1 · matchedIou. */
  readonly panopticQuality: number
  /** Number of true objects. */
  readonly truth: number
  /** Number of predicted objects. */
  readonly predicted: number
}

export interface Evaluation {
  /** By threshold as ECMAScript prints it: `0.5`, `0.55`, … */
  readonly thresholds: Readonly<Record<string, MatchScores>>
}

/** Spelled out, because 0.5 + 3 · 0.05 is not 0.65. */
export const IOU_THRESHOLDS = [0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95] as const

/**
 * Compares predicted objects with true ones in one image.
 *
 * A pair counts from IoU ≥ threshold on. Nothing matched scores 0 throughout, as in StarDist's
 * `matching`, but where there is nothing to find and nothing was found everything is right and
 * scores 1: an empty well called empty is no failure. `truth` and `predicted` tell the two apart.
 * @throws RangeError when the images differ in size.
 */
export function evaluateLabels(
  predicted: Labels,
  truth: Labels,
  thresholds: readonly number[] = IOU_THRESHOLDS,
): Evaluation {
  const overlaps = overlapsOf(predicted, truth)
  return byThreshold(thresholds.map(String), key => {
    const pairs = matchObjects(overlaps, Number(key))
    const iouSum = pairs.reduce((sum, pair) => sum + pair.iou, 0)
    return score(pairs.length, iouSum, truth.count, predicted.count)
  })
}

/**
 * Scores all images as if they were one: every object weighs the same, whatever image it is in.
 *
 * @throws RangeError for no images: that would read as a perfect score.
 */
export function poolEvaluations(
  images: readonly Evaluation[],
  thresholds: readonly number[] = IOU_THRESHOLDS,
): Evaluation {
  if (images.length === 0) throw new RangeError('No image was evaluated')
  return byThreshold(thresholds.map(String), key => {
    let matched = 0
    let iouSum = 0
    let truth = 0
    let predicted = 0
    for (const image of images) {
      const scores = image.thresholds[key]
      if (scores === undefined) throw new RangeError(`An image was not evaluated at ${key}`)
      const pairs = Math.round(scores.recall * scores.truth)
      matched += pairs
      iouSum += scores.matchedIou * pairs
      truth += scores.truth
      predicted += scores.predicted
    }
    return score(matched, iouSum, truth, predicted)
  })
}

function byThreshold(keys: readonly string[], scoresAt: (key: string) => MatchScores): Evaluation {
  return { thresholds: Object.fromEntries(keys.map(key => [key, scoresAt(key)])) }
}

function score(matched: number, iouSum: number, truth: number, predicted: number): MatchScores {
  const ofNothing = truth + predicted === 0 ? 1 : 0
  if (matched === 0) {
    return {
      precision: ofNothing,
      recall: ofNothing,
      f1: ofNothing,
      matchedIou: ofNothing,
      panopticQuality: ofNothing,
      truth,
      predicted,
    }
  }
  return {
    precision: matched / predicted,
    recall: matched / truth,
    f1: (2 * matched) / (truth + predicted),
    matchedIou: iouSum / matched,
    panopticQuality: (2 * iouSum) / (truth + predicted),
    truth,
    predicted,
  }
}
