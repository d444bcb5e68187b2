import type { z } from 'zod'
import { ModelTest } from '#contract/models.ts'

/** What a test of a network gave, as its row keeps it: what the window is told but for who, when and with what result. */
export const KeptReport = ModelTest.pick({
  environment: true,
  seconds: true,
  peakMegabytes: true,
  stochastic: true,
  sizesTried: true,
  outputs: true,
})
export type KeptReport = z.infer<typeof KeptReport>
