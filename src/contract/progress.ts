import { z } from 'zod'
import { call } from './define.ts'

/** Work that takes longer than a second. */
export const Task = z.object({
  taskId: z.string(),
  /** `Judging BR00117` */
  label: z.string(),
  done: z.int().nonnegative(),
  /** Null where nobody knows. */
  of: z.int().nonnegative().nullable(),
  startedAt: z.iso.datetime(),
  /** From the rate so far; null while that says nothing. */
  secondsLeft: z.number().nonnegative().nullable(),
})
export type Task = z.infer<typeof Task>

export const progressCalls = { 'progress.read': call(z.void(), z.array(Task), []) } as const
