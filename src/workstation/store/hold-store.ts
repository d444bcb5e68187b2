import Database from 'better-sqlite3'
import { join } from 'node:path'
import { fail, ok, type Result } from '#core/fault.ts'

/** Proof that no other process writes to this store. */
export interface StoreHold {
  release(): void
}

/**
 * Takes the store for this process, or says who has it.
 *
 * The lock is an open transaction in a small database of its own: the operating system lets go of it
 * when the process ends, however it ends, so no stale lock is ever left behind.
 */
export function holdStore(folder: string): Result<StoreHold> {
  const lock = new Database(join(folder, 'holder.sqlite'), { timeout: 0 })
  try {
    lock.pragma('journal_mode = DELETE')
    lock.exec('CREATE TABLE IF NOT EXISTS holder (pid INTEGER NOT NULL)')
    lock.exec('BEGIN IMMEDIATE; DELETE FROM holder')
    lock.prepare('INSERT INTO holder VALUES (?)').run(process.pid)
    lock.exec('COMMIT; BEGIN IMMEDIATE')
    return ok({ release: () => lock.close() })
  } catch (cause) {
    const busy = cause instanceof Database.SqliteError && cause.code.startsWith('SQLITE_BUSY')
    const pid = busy ? holder(lock) : null
    lock.close()
    if (!busy) throw cause
    return fail({ kind: 'store-in-use', path: folder, pid })
  }
}

function holder(lock: InstanceType<typeof Database>): number | null {
  try {
    return lock.prepare<[], number>('SELECT pid FROM holder').pluck().get() ?? null
  } catch {
    return null
  }
}
