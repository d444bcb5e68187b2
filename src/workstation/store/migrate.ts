import { fail, ok, type Result } from '#core/fault.ts'
import { transaction, type WritableDb } from './db.ts'
import { MIGRATIONS, type Migration } from './migrations/index.ts'

/** Brings a store from whatever version it has to the newest, each step in a transaction of its own. */
export function migrate(
  db: WritableDb,
  folder: string,
  migrations: readonly Migration[] = MIGRATIONS,
): Result<void> {
  const version = db.pragma('user_version', { simple: true }) as number
  const newest = migrations.at(-1)?.id ?? 0
  if (version > newest) {
    const detail = `schema ${version}, this version knows ${newest}`
    return fail({ kind: 'store-newer', path: folder, detail })
  }
  for (const step of migrations.filter(({ id }) => id > version)) {
    if (step.rebuilds === true) loosely(db, () => take(db, step))
    else take(db, step)
  }
  return ok(undefined)
}

function take(db: WritableDb, step: Migration): void {
  transaction(db, () => {
    db.exec(step.sql)
    db.pragma(`user_version = ${step.id}`)
  })
}

/**
 * While a table is made anew, references to it and views of it dangle; SQLite's own procedure for that
 * (sqlite.org/lang_altertable.html, "Making Other Kinds Of Table Schema Changes") lets them.
 */
function loosely(db: WritableDb, work: () => void): void {
  db.pragma('foreign_keys = OFF')
  db.pragma('legacy_alter_table = ON')
  try {
    work()
    const dangling = db.pragma('foreign_key_check') as readonly unknown[]
    if (dangling.length > 0) throw new Error(`${dangling.length} rows refer to nothing`)
  } finally {
    db.pragma('legacy_alter_table = OFF')
    db.pragma('foreign_keys = ON')
  }
}
