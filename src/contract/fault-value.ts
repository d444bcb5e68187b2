import { z } from 'zod'
import type { Fault } from '#core/fault.ts'

/** A fault on its way to the window: plain data that both ends have the same type for. */
export const FaultValue = z.looseObject({ kind: z.string() }).transform(value => value as Fault)
