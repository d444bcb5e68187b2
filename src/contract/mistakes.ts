import { z } from 'zod'
import { call } from './define.ts'

/** Characters of a trace that are kept. */
export const LONGEST_TRACE = 10_000

export const mistakeCalls = {
  /** Writes a mistake that the window made to the log; its ticket comes by the event `mistake.logged`. */
  'mistakes.report': call(z.object({ trace: z.string().max(LONGEST_TRACE) }), z.null(), []),
} as const
