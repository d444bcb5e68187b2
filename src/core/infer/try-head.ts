import type { HeadKind } from './class-heads.ts'
import {
  fitLogistic,
  guessByLogistic,
  guessByPrototypes,
  makePrototypes,
  type Example,
} from './few-shot.ts'

/** How examples are told that a head has not seen. */
export interface HeadTrial {
  /** Examples that were told; those whose class has no other example cannot be. */
  readonly tested: number
  readonly right: number
  /** [class that it is][class that it was taken for], counts. */
  readonly confusion: readonly (readonly number[])[]
}

/**
 * Fits without each group of examples in turn and tells that group by the rest.
 *
 * @param groups of each example a number; examples with the same one are left out together
 */
export function tryHead(
  examples: readonly Example[],
  groups: readonly number[],
  classes: number,
  kind: HeadKind,
): HeadTrial {
  const confusion = Array.from({ length: classes }, () => Array<number>(classes).fill(0))
  let tested = 0
  for (const group of new Set(groups)) {
    const rest = examples.filter((_, i) => groups[i] !== group)
    if (new Set(rest.map(({ label }) => label)).size < classes) continue
    const guess = fitTo(rest, classes, kind)
    for (const [i, { vector, label }] of examples.entries()) {
      if (groups[i] !== group) continue
      confusion[label]![guess(vector)]! += 1
      tested += 1
    }
  }
  const right = confusion.reduce((sum, row, k) => sum + row[k]!, 0)
  return { tested, right, confusion }
}

/** Logistic regression is fitted anew for each group: of more examples than this, several are left out together. */
export const MOST_LOGISTIC_FITS = 50

/** Groups that leave one example out at a time, or as few together as the kind of head allows. */
export function leaveOneOut(count: number, kind: HeadKind): readonly number[] {
  const groups = kind === 'logistic' ? Math.min(count, MOST_LOGISTIC_FITS) : count
  return Array.from({ length: count }, (_, i) => i % groups)
}

/** Temperatures change no choice, so that none is fitted for logistic classes. */
function fitTo(
  examples: readonly Example[],
  classes: number,
  kind: HeadKind,
): (vector: ArrayLike<number>) => number {
  if (kind === 'logistic') {
    const fitted = fitLogistic(examples, classes)
    return vector => guessByLogistic(fitted, vector).likeliest
  }
  const prototypes = makePrototypes(examples, classes)
  return vector => guessByPrototypes(prototypes, vector).likeliest
}
