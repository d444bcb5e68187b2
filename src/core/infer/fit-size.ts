import type { AxisSize } from './model-description.ts'

/** A length that a network takes, and the pixels it needs on each side of the length that was wanted. */
export interface FittedSize {
  readonly length: number
  readonly before: number
  readonly after: number
}

/**
 * The smallest legal length of an axis that is at least as long as wanted; what is added goes to both sides,
 * an odd pixel after.
 *
 * @returns null where no length is long enough (a fixed axis that is shorter: the image must be tiled), or
 *   where the axis is one of an output, whose length follows from inputs
 */
export function fitSize(size: AxisSize, wanted: number): FittedSize | null {
  const length = legalLength(size, wanted)
  if (length === null || length < wanted) return null
  const before = Math.floor((length - wanted) / 2)
  return { length, before, after: length - wanted - before }
}

function legalLength(size: AxisSize, wanted: number): number | null {
  switch (size.kind) {
    case 'fixed':
      return size.size
    case 'stepped': {
      if (wanted <= size.min) return size.min
      return size.step > 0
        ? size.min + size.step * Math.ceil((wanted - size.min) / size.step)
        : null
    }
    case 'reference':
    case 'dependent':
      return null
  }
}
