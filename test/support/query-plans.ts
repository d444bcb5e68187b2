import { vi } from 'vitest'
import type { ReadableDb } from '#workstation/store/db.ts'

/** How SQLite goes about every statement that `work` prepares on a fresh database: the steps of their plans. */
export async function queryPlans(
  db: ReadableDb,
  work: () => unknown,
): Promise<readonly { readonly sql: string; readonly step: string }[]> {
  const prepare = vi.spyOn(db, 'prepare')
  await work()
  const statements = prepare.mock.calls.map(([sql]) => sql)
  prepare.mockRestore()
  return statements.flatMap(sql => {
    const names = new Set([...sql.matchAll(/@(\w+)/g)].map(([, name]) => name!))
    const bind = names.size > 0 ? [Object.fromEntries([...names].map(name => [name, null]))] : []
    const places = [...sql.matchAll(/\?/g)].map(() => null)
    return db
      .prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
      .all(...bind, ...places)
      .map(({ detail: step }) => ({ sql, step }))
  })
}
