import { z } from 'zod'

/** How objects are made from probabilities of background, interior and boundary. */
export const BoundaryParams = z.strictObject({
  /** A pixel belongs to a seed where its probability of being interior is above this. */
  seedThreshold: z.number().gt(0).lt(1).default(0.5),
  /** Seeds of fewer pixels, at the scale of the network, are dropped. */
  smallestSeed: z.number().int().nonnegative().default(4),
  /** A pixel belongs to an object where its probability of not being background is above this. */
  foregroundThreshold: z.number().gt(0).lt(1).default(0.5),
  /**
   * Foreground that no seed reaches is an object of its own where its mean probability of not being background
   * is at least this; 1 drops it, unless it is certain.
   */
  seedlessConfidence: z.number().min(0).max(1).default(0.8),
  /** Diameter of a typical object in pixels of the network; `auto` finds it among the objects. */
  diameter: z.union([z.literal('auto'), z.number().positive()]).default('auto'),
  /** Smaller objects are dropped, as a fraction of the area of a typical object. */
  smallestArea: z.number().nonnegative().default(0.1),
  /** Larger objects are dropped, as a multiple of the area of a typical object. */
  largestArea: z.number().positive().default(20),
  /** Whether background that one object encloses is made part of it. */
  fillHoles: z.boolean().default(true),
  /** Whether objects that touch the border of the image are kept. */
  borderObjects: z.enum(['keep', 'remove']).default('keep'),
})
export type BoundaryParams = z.infer<typeof BoundaryParams>
