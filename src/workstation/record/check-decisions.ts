import type { ReadableDb } from '../store/db.ts'
import { checkSealedRows, together, type SealedRows } from './check-sealed-rows.ts'
import { decisionSeal, withdrawalSeal } from './decision-seal.ts'

/** Holds every decision and withdrawal against the seal that the audit trail has of it. */
export function checkDecisions(db: ReadableDb): SealedRows<'decision'> {
  return together([
    checkSealedRows(db, 'decision', 'decision', decisionSeal),
    checkSealedRows(db, 'decision', 'withdrawal', withdrawalSeal),
  ])
}
