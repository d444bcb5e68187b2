import { fail, type FaultOf, type Result } from '#core/fault.ts'
import { attempt } from '../store/store-fault.ts'

/** Writes to the store for somebody at the window; a full disk or a lost permission is a fault, anything else a bug. */
export function attemptWrite<T>(
  folder: string,
  work: () => T,
): Result<T, FaultOf<'disk-full' | 'store-not-writable'>> {
  const done = attempt(folder, work)
  if (done.ok) return done
  const { fault } = done
  if (fault.kind === 'disk-full' || fault.kind === 'store-not-writable') return fail(fault)
  throw new Error(`The store cannot be written: ${JSON.stringify(fault)}`)
}
