import { z } from 'zod'

/** What people say about a plane. */
export const DECISIONS = ['accept', 'reject', 'reimage', 'unsure'] as const
export const DecisionWord = z.enum(DECISIONS)
export type DecisionWord = z.infer<typeof DecisionWord>

/** A decision as it stands: a changed mind is another one after it. */
export const Decision = z.object({
  decisionId: z.int().nonnegative(),
  word: DecisionWord,
  note: z.string(),
  /** Who decided. */
  by: z.string(),
  /** UTC, ISO 8601. */
  at: z.iso.datetime(),
  /** What the machine had said by then. */
  machine: z.object({ state: z.string(), reasons: z.array(z.string()) }),
  /** Taken back; the history keeps it. */
  withdrawn: z.boolean(),
})
export type Decision = z.infer<typeof Decision>
