import { fail, type FaultOf, type Result } from '#core/fault.ts'

/** Why something could not be written, as the detail of another fault says it. */
export function whyNot(fault: FaultOf<'disk-full' | 'output-not-writable'>): string {
  return fault.kind === 'disk-full' ? 'the disk is full' : fault.detail
}

/** What an error of the file system means to somebody who writes into a folder; any other error is thrown on. */
export function writeFault(
  folder: string,
  cause: unknown,
): Result<never, FaultOf<'disk-full' | 'output-not-writable'>> {
  if (!(cause instanceof Error && 'syscall' in cause && 'code' in cause)) throw cause
  const path = 'path' in cause && typeof cause.path === 'string' ? cause.path : folder
  if (cause.code === 'ENOSPC' || cause.code === 'EDQUOT') return fail({ kind: 'disk-full', path })
  return fail({ kind: 'output-not-writable', path, detail: String(cause.code) })
}
