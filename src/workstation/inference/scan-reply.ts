import { z } from 'zod'
import type { PackageFault } from './packages/objection.ts'

/** Which file a child is told to read, and what faults call it. */
export const ScanRequest = z.object({ path: z.string(), name: z.string() })

/** What came of it. */
export const ScanReply = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('scanned') }),
  z.object({
    kind: z.literal('objected'),
    fault: z.custom<PackageFault>(
      value => typeof value === 'object' && value !== null && 'kind' in value,
    ),
  }),
])
export type ScanReply = z.infer<typeof ScanReply>
