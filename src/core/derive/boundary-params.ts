import { z } from 'zod'

const Probability = z.number().gt(0).lt(1)

/**
 * How objects are made from probabilities of background, interior and boundary.
 *
 * Areas are shares of the area of a typical object: the disc of `diameter`.
 */
export const BoundaryParams = z.strictObject({
  /** Diameter of a typical object, in pixels of the maps; `auto` finds that of the seeds. */
  diameter: z.union([z.literal('auto'), z.number().positive()]).default('auto'),
  /** A pixel belongs to a seed where its probability of being interior is above this. */
  seedThreshold: Probability.default(0.5),
  /** Smaller seeds are dropped. */
  smallestSeed: z.number().nonnegative().default(0.01),
  /** Higher probabilities, rising, at which one seed may turn out to be several. */
  splitLevels: z.array(Probability).readonly().default([0.6, 0.7, 0.8, 0.9]),
  /** What each of several parts of a seed measures at least. */
  smallestPart: z.number().nonnegative().default(0.2),
  /** A pixel belongs to an object where its probability of not being background is above this. */
  foregroundThreshold: Probability.default(0.5),
  /**
   * Foreground that no seed reaches is an object of its own where its mean probability of not being
   * background is at least this; `drop` makes it none.
   */
  seedless: z.union([z.literal('drop'), z.number().min(0).max(1)]).default(0.8),
  /** Smaller objects are dropped. */
  smallestArea: z.number().nonnegative().default(0.04),
  /** Larger objects are dropped. */
  largestArea: z.number().positive().default(20),
  /** Whether background that one object encloses is made part of it. */
  fillHoles: z.boolean().default(true),
  /** Whether objects that touch the border of the image are kept. */
  borderObjects: z.enum(['keep', 'remove']).default('keep'),
})
export type BoundaryParams = z.infer<typeof BoundaryParams>
