import { z } from 'zod'

/** What a child found out about one provider. */
export const ProbeReply = z.object({
  /** The providers that this build of the runtime knows. */
  built: z.array(z.string()),
  /** Of the runtime. */
  version: z.string(),
  /** What went wrong, in the runtime's words; null where both networks ran. */
  failure: z.string().nullable(),
  /** Of the convolutions. */
  placement: z.record(z.string(), z.number()),
  /** What the CPU gave. */
  expected: z.array(z.number()),
  got: z.array(z.number()),
})
export type ProbeReply = z.infer<typeof ProbeReply>
