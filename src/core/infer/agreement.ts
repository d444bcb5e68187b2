import type { Labels } from '../image/labels.ts'
import { matchObjects } from '../review/match-objects.ts'
import { overlapsOf, type Overlap } from '../review/overlaps.ts'

/** How far several segmentations of one field agree. */
export interface Agreement {
  /** By object of the consensus (from 0): mean over the others of the best IoU it has there, 0 to 1. */
  readonly objectIou: Float32Array
  /** Mean of `objectIou`; 1 where the consensus has no objects. */
  readonly meanIou: number
  /** Mean F1 of all pairs of segmentations, the consensus among them, at IoU 0.5; 1 where all are empty. */
  readonly f1At50: number
  /** The same at IoU 0.7. */
  readonly f1At70: number
}

/**
 * Compares the objects of a consensus with those of the members or passes it came from.
 *
 * What members find differently they find wrongly at about the same rate, so that agreement foretells the
 * unknown F1 (Lakshminarayanan et al. 2017; Wang et al. 2019 for passes of test-time augmentation).
 * One pair costs one pass over the pixels; there are n (n + 1) / 2 of them for n others.
 * @throws RangeError for no others, or images that differ in size.
 */
export function agreement(consensus: Labels, others: readonly Labels[]): Agreement {
  if (others.length === 0) throw new RangeError('A segmentation alone agrees with nothing')
  const objectIou = new Float32Array(consensus.count)
  let f1At50 = 0
  let f1At70 = 0
  let pairs = 0
  const book = (one: Labels, other: Labels, overlaps: readonly Overlap[]): void => {
    f1At50 += f1(overlaps, one.count + other.count, 0.5)
    f1At70 += f1(overlaps, one.count + other.count, 0.7)
    pairs += 1
  }
  for (const [i, other] of others.entries()) {
    const overlaps = overlapsOf(other, consensus)
    addBestIou(overlaps, objectIou, others.length)
    book(consensus, other, overlaps)
    for (const third of others.slice(i + 1)) book(other, third, overlapsOf(other, third))
  }
  return {
    objectIou,
    meanIou: consensus.count === 0 ? 1 : meanOf(objectIou),
    f1At50: f1At50 / pairs,
    f1At70: f1At70 / pairs,
  }
}

/** Overlaps come by true object, here those of the consensus. */
function addBestIou(overlaps: readonly Overlap[], objectIou: Float32Array, others: number): void {
  const best = new Float64Array(objectIou.length)
  for (const { truth, iou } of overlaps) best[truth - 1] = Math.max(best[truth - 1]!, iou)
  for (let i = 0; i < best.length; i += 1) objectIou[i]! += best[i]! / others
}

function f1(overlaps: readonly Overlap[], objects: number, threshold: number): number {
  return objects === 0 ? 1 : (2 * matchObjects(overlaps, threshold).length) / objects
}

function meanOf(values: Float32Array): number {
  let sum = 0
  for (const value of values) sum += value
  return sum / values.length
}
