import Database from 'better-sqlite3'
import { fail, ok, type Fault, type Result } from '#core/fault.ts'

/** Does something with the store; what SQLite or the disk refuse becomes a fault, a bug is still thrown. */
export function attempt<T>(path: string, work: () => T): Result<T> {
  try {
    return ok(work())
  } catch (cause) {
    const fault = storeFault(cause, path)
    if (fault === null) throw cause
    return fail(fault)
  }
}

/** What SQLite or the file system said about the store as a fault; null when it is our own bug. */
export function storeFault(cause: unknown, path: string): Fault | null {
  const code = codeOf(cause)
  const detail = cause instanceof Error ? cause.message : String(cause)
  if (code === null) return null
  if (code === 'ENOSPC' || code === 'EDQUOT' || code.startsWith('SQLITE_FULL')) {
    return { kind: 'disk-full', path }
  }
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB') {
    return { kind: 'store-damaged', path, detail }
  }
  const notWritable =
    ['EACCES', 'EPERM', 'EROFS', 'EBUSY', 'ENOENT', 'ENOTDIR', 'EISDIR', 'EEXIST'].includes(code) ||
    /^SQLITE_(READONLY|CANTOPEN|PERM|IOERR)/.test(code)
  return notWritable ? { kind: 'store-not-writable', path, detail } : null
}

/** Whether somebody may free the disk or give the permission back: then it is worth another try. */
export function storeMayRecover({ kind }: Fault): boolean {
  return kind === 'disk-full' || kind === 'store-not-writable'
}

function codeOf(cause: unknown): string | null {
  if (cause instanceof Database.SqliteError) return cause.code
  if (cause instanceof Error && 'code' in cause && typeof cause.code === 'string') return cause.code
  return null
}
