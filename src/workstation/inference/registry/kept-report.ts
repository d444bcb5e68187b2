import { z } from 'zod'

/** What a test of a network gave, as its row keeps it. */
export const KeptReport = z.object({
  /** The environment in words. */
  environment: z.string(),
  seconds: z.number(),
  /** Null where it was not measured. */
  peakMegabytes: z.number().nullable(),
  stochastic: z.boolean(),
  /** Sizes of the input that were run beside the test tensors, and what went wrong there. */
  sizesTried: z.array(z.object({ size: z.string(), wrong: z.string().nullable() })),
  outputs: z.array(
    z.object({
      id: z.string(),
      compared: z.number(),
      mismatched: z.number(),
      /** Null where the network gave what is no number. */
      worst: z.number().nullable(),
      tolerance: z.string(),
      /** What is wrong, in words; null where nothing is. */
      why: z.string().nullable(),
    }),
  ),
})
export type KeptReport = z.infer<typeof KeptReport>
