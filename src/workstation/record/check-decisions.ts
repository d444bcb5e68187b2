import type { Sha256 } from '#core/brand.ts'
import { auditedSeals } from '../store/audit.ts'
import { all, first, type ReadableDb } from '../store/db.ts'
import { decisionSeal, withdrawalSeal } from './decision-seal.ts'

/** What is wrong with a decision or a withdrawal. */
export interface DecisionProblem {
  readonly kind: 'decision-altered' | 'decision-unaudited' | 'decision-missing'
  readonly where: string
  readonly message: string
}

/** Holds every decision and withdrawal against the seal that the audit trail has of it. */
export function checkDecisions(db: ReadableDb): {
  readonly rows: number
  readonly problems: readonly DecisionProblem[]
} {
  const decisions = checkTable(db, 'decision', decisionSeal)
  const withdrawals = checkTable(db, 'withdrawal', withdrawalSeal)
  return {
    rows: decisions.rows + withdrawals.rows,
    problems: [...decisions.problems, ...withdrawals.problems],
  }
}

function checkTable(
  db: ReadableDb,
  table: 'decision' | 'withdrawal',
  sealNow: (db: ReadableDb, id: number) => Sha256,
): ReturnType<typeof checkDecisions> {
  const problems: DecisionProblem[] = []
  const seals = new Map(auditedSeals(db, table))
  const ids = idsOf(db, table)
  for (const id of ids) {
    const where = `${table} ${id}`
    const sealed = seals.get(String(id))
    seals.delete(String(id))
    if (sealed === undefined) {
      const message = 'The audit trail knows nothing of it.'
      problems.push({ kind: 'decision-unaudited', where, message })
    } else if (sealed !== sealNow(db, id)) {
      const message = 'It is not what the audit trail sealed.'
      problems.push({ kind: 'decision-altered', where, message })
    }
  }
  for (const id of seals.keys()) {
    const message = 'The audit trail names it, but it is gone.'
    problems.push({ kind: 'decision-missing', where: `${table} ${id}`, message })
  }
  return { rows: ids.length, problems }
}

/** None where the table is not there: a store of before reviews, or somebody dropped it, which the seals tell. */
function idsOf(db: ReadableDb, table: 'decision' | 'withdrawal'): readonly number[] {
  const sql = `SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?`
  if (first(db, sql, table) === undefined) return []
  return all<{ id: number }>(db, `SELECT id FROM ${table} ORDER BY id`).map(({ id }) => id)
}
