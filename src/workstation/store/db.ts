import type Database from 'better-sqlite3'

type Connection = InstanceType<typeof Database>

declare const access: unique symbol

/** A connection that may be asked. */
export type ReadableDb = Connection & { readonly [access]?: 'read' | 'write' }

/** A connection that may be written to; holding one means holding the store. */
export type WritableDb = Connection & { readonly [access]: 'write' }

/** Runs `work` as one transaction that takes the write lock at once; all of it happens or none. */
export function transaction<T>(db: WritableDb, work: () => T): T {
  return db.transaction(work).immediate()
}

/** Every row that a query gives, typed where the SQL is. */
export function all<Row>(db: ReadableDb, sql: string, ...bind: unknown[]): readonly Row[] {
  return prepared(db, sql).all(...bind) as Row[]
}

/** The first row, or undefined. */
export function first<Row>(db: ReadableDb, sql: string, ...bind: unknown[]): Row | undefined {
  return prepared(db, sql).get(...bind) as Row | undefined
}

/** Inserts or changes rows. */
export function write(db: WritableDb, sql: string, ...bind: unknown[]): void {
  prepared(db, sql).run(...bind)
}

type Statement = Database.Statement<unknown[]>

const statements = new WeakMap<ReadableDb, Map<string, Statement>>()

/** SQLite compiles a statement once for each connection; that takes longer than running most of them. */
function prepared(db: ReadableDb, sql: string): Statement {
  const known = statements.get(db) ?? new Map<string, Statement>()
  statements.set(db, known)
  const statement = known.get(sql) ?? db.prepare<unknown[]>(sql)
  known.set(sql, statement)
  return statement
}
