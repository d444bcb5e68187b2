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
    transaction(db, () => {
      db.exec(step.sql)
      db.pragma(`user_version = ${step.id}`)
    })
  }
  return ok(undefined)
}
