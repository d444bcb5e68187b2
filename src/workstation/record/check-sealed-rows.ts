import type { Sha256 } from '#core/brand.ts'
import { auditedSeals, type SealedTable } from '../store/audit.ts'
import { all, first, type ReadableDb } from '../store/db.ts'

/** What is wrong with a row that the audit trail sealed by itself. */
export interface SealedRowProblem<Subject extends string> {
  readonly kind: `${Subject}-altered` | `${Subject}-unaudited` | `${Subject}-missing`
  readonly where: string
  readonly message: string
}

export interface SealedRows<Subject extends string> {
  readonly rows: number
  readonly problems: readonly SealedRowProblem<Subject>[]
}

/** Holds every row of a table against the seal that the audit trail has of it. */
export function checkSealedRows<Subject extends string>(
  db: ReadableDb,
  subject: Subject,
  table: SealedTable,
  sealNow: (db: ReadableDb, id: number) => Sha256,
): SealedRows<Subject> {
  const problems: SealedRowProblem<Subject>[] = []
  const seals = new Map(auditedSeals(db, table))
  const ids = idsOf(db, table)
  for (const id of ids) {
    const where = `${table} ${id}`
    const sealed = seals.get(String(id))
    seals.delete(String(id))
    if (sealed === undefined) {
      const message = 'The audit trail knows nothing of it.'
      problems.push({ kind: `${subject}-unaudited`, where, message })
    } else if (sealed !== sealNow(db, id)) {
      const message = 'It is not what the audit trail sealed.'
      problems.push({ kind: `${subject}-altered`, where, message })
    }
  }
  for (const id of seals.keys()) {
    const message = 'The audit trail names it, but it is gone.'
    problems.push({ kind: `${subject}-missing`, where: `${table} ${id}`, message })
  }
  return { rows: ids.length, problems }
}

/** What was found in several tables about one subject. */
export function together<Subject extends string>(
  checked: readonly SealedRows<Subject>[],
): SealedRows<Subject> {
  return {
    rows: checked.reduce((sum, { rows }) => sum + rows, 0),
    problems: checked.flatMap(({ problems }) => problems),
  }
}

/** None where the table is not there: a store of before it, or somebody dropped it, which the seals tell. */
function idsOf(db: ReadableDb, table: SealedTable): readonly number[] {
  const sql = `SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?`
  if (first(db, sql, table) === undefined) return []
  return all<{ id: number }>(db, `SELECT id FROM ${table} ORDER BY id`).map(({ id }) => id)
}
