import { z } from 'zod'
import { Provider } from '#core/infer/inference-params.ts'
import type { ModelDescription, Tolerance } from '#core/infer/model-description.ts'

/** What a child is told to test. */
export const TestRequest = z.object({
  description: z.custom<ModelDescription>(value => typeof value === 'object' && value !== null),
  /** Where the files lie that the description names. */
  paths: z.map(z.string(), z.string()),
  provider: Provider,
  threads: z.int().positive(),
})
export type TestRequest = z.infer<typeof TestRequest>

/** What came of it. */
export const TestReply = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('tested'),
    outputs: z.array(
      z.object({
        id: z.string(),
        passed: z.boolean(),
        compared: z.number(),
        mismatched: z.number(),
        worst: z.number().nullable(),
        tolerance: z.custom<Tolerance>(value => typeof value === 'object' && value !== null),
        why: z.string().nullable(),
      }),
    ),
    stochastic: z.boolean(),
    sizesTried: z.array(z.object({ size: z.string(), wrong: z.string().nullable() })),
    peakMegabytes: z.number(),
  }),
  /** The provider is of no use, which says nothing of the network. */
  z.object({ kind: z.literal('provider'), detail: z.string() }),
  z.object({ kind: z.literal('refused'), detail: z.string() }),
])
export type TestReply = z.infer<typeof TestReply>
