import { z } from 'zod'

/** How nuclei are found in a fluorescence plane; lengths and areas are in units of the nucleus itself. */
export const NucleiParams = z.strictObject({
  /** Diameter of a typical nucleus in pixels; `auto` finds it in each image. */
  diameter: z.union([z.literal('auto'), z.number().positive()]).default('auto'),
  /** Standard deviation of the first smoothing against noise, in pixels. */
  smoothing: z.number().nonnegative().max(10).default(1),
  /** How many standard deviations of the background's noise an object stands out at least. */
  significance: z.number().nonnegative().default(5),
  /** Two fragments are joined if it is this many times likelier that they are one nucleus than two. */
  joinOdds: z.number().positive().default(1.5),
  /** Where the outline lies between background (0) and nucleus (1); 0.5 is the half maximum. */
  outlineLevel: z.number().gt(0).lt(1).default(0.5),
  /** Smaller objects are dropped, as a fraction of the area of a typical nucleus. */
  smallestArea: z.number().nonnegative().default(0.1),
  /** Larger objects are dropped, as a multiple of the area of a typical nucleus. */
  largestArea: z.number().positive().default(20),
  /** Whether objects that touch the border of the image are kept. */
  borderObjects: z.enum(['keep', 'remove']).default('keep'),
})
export type NucleiParams = z.infer<typeof NucleiParams>
