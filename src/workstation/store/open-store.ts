import Database from 'better-sqlite3'
import { existsSync, mkdirSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fail, ok, type Fault, type Result } from '#core/fault.ts'
import { networkFileSystem } from '../network-folder.ts'
import type { ReadableDb, WritableDb } from './db.ts'
import { holdStore, type StoreHold } from './hold-store.ts'
import { migrate } from './migrate.ts'
import { storeFault } from './store-fault.ts'

/** A store folder opened for writing; nobody else can open it so until `close`. */
export interface Store {
  readonly folder: string
  readonly db: WritableDb
  close(): void
}

/** A store folder opened for reading beside whoever writes. */
export interface StoreReader {
  readonly folder: string
  readonly db: ReadableDb
  close(): void
}

const REQUIRED_PRAGMAS = {
  journal_mode: 'wal',
  // WAL alone would come up as NORMAL and could lose committed rows at a power cut.
  synchronous: 2,
  foreign_keys: 1,
  // Without it INSERT OR REPLACE deletes rows behind the append-only triggers.
  recursive_triggers: 1,
  trusted_schema: 0,
  cell_size_check: 1,
} as const

/** Opens a store for writing, makes it where there is none, and brings its schema up to date. */
export function openStore(folder: string): Result<Store> {
  let hold: StoreHold | null = null
  let db: WritableDb | null = null
  const release = (): void => {
    db?.close()
    hold?.release()
  }
  try {
    makeFolder(join(folder, 'artifacts'))
    const misplaced = networkFault(folder)
    if (misplaced !== null) return fail(misplaced)
    const held = holdStore(folder)
    if (!held.ok) return held
    hold = held.value
    clearHalfWritten(folder)
    db = new Database(databasePath(folder)) as WritableDb
    setPragmas(db)
    const damage = quickCheck(db)
    if (damage !== null) throw new DamagedStore(damage)
    const migrated = migrate(db, folder)
    if (!migrated.ok) {
      release()
      return migrated
    }
    return ok({ folder, db, close: release })
  } catch (cause) {
    release()
    if (cause instanceof DamagedStore) {
      return fail({ kind: 'store-damaged', path: folder, detail: cause.message })
    }
    const fault = storeFault(cause, folder)
    if (fault === null) throw cause
    return fail(fault)
  }
}

/** Opens a store that exists, for reading only; a damaged one too, as far as SQLite can. */
export function openStoreReader(folder: string): Result<StoreReader> {
  if (!existsSync(databasePath(folder))) return fail({ kind: 'store-not-found', path: folder })
  try {
    const db = new Database(databasePath(folder), { readonly: true }) as ReadableDb
    try {
      db.pragma('user_version')
    } catch (cause) {
      db.close()
      throw cause
    }
    return ok({ folder, db, close: () => db.close() })
  } catch (cause) {
    const fault = storeFault(cause, folder)
    if (fault === null) throw cause
    return fail(fault)
  }
}

export function databasePath(folder: string): string {
  return join(folder, 'parfocal.sqlite')
}

/** Where a stage's unfinished artifacts lie until they are complete and renamed. */
export function unfinishedFolder(folder: string): string {
  return join(folder, 'artifacts', 'unfinished')
}

/** Parent by parent: where none can be made, as in /proc, Node's recursive mkdir never returns. */
function makeFolder(path: string): void {
  if (existsSync(path)) return
  makeFolder(dirname(path))
  mkdirSync(path)
}

class DamagedStore extends Error {}

function clearHalfWritten(folder: string): void {
  rmSync(unfinishedFolder(folder), { recursive: true, force: true })
  mkdirSync(unfinishedFolder(folder), { recursive: true })
}

/** Sets what durability rests on and reads it back: SQLite ignores what it does not know. */
function setPragmas(db: WritableDb): void {
  db.pragma('busy_timeout = 5000')
  // Kibibytes. Records lie by hash, all over the file: at a million planes SQLite's own 2 MB hold none of it.
  db.pragma('cache_size = -65536')
  for (const [name, value] of Object.entries(REQUIRED_PRAGMAS)) {
    db.pragma(`${name} = ${value}`)
    const got: unknown = db.pragma(name, { simple: true })
    if (got !== value) throw new Error(`SQLite kept ${name} at ${String(got)} instead of ${value}`)
  }
}

function quickCheck(db: ReadableDb): string | null {
  const answer: unknown = db.pragma('quick_check(1)', { simple: true })
  return answer === 'ok' ? null : String(answer)
}

/** WAL needs memory shared between processes, which a network share does not give. */
function networkFault(folder: string): Fault | null {
  const name = networkFileSystem(folder)
  return name === null
    ? null
    : { kind: 'store-misplaced', path: folder, detail: `it is on ${name}` }
}
