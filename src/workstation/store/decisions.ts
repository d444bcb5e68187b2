import type { Decision, DecisionWord } from '#contract/decision.ts'
import type { PlaneId, PlateId, RecordId } from '#core/brand.ts'
import { all, first, type ReadableDb, type WritableDb } from './db.ts'

/** Who did it, where and when. */
export interface Signature {
  /** The name that signs. */
  readonly operator: string
  readonly osUser: string
  readonly machine: string
  /** UTC, ISO 8601. */
  readonly at: string
}

/** What somebody decided about a plane. */
export interface DecisionRow extends Signature {
  readonly id: number
  readonly planeId: PlaneId
  readonly word: DecisionWord
  readonly note: string
  /** How the plane stood by then: a state of the contract. */
  readonly state: string
  /** JSON list of the machine's reasons, canonical. */
  readonly reasons: string
  /** What had judged it; null where nothing had. */
  readonly activityId: RecordId | null
}

/** A decision and whether it was taken back. */
export interface DecisionHistoryRow extends DecisionRow {
  readonly withdrawn: 0 | 1
}

export interface WithdrawalRow extends Signature {
  readonly id: number
  readonly decisionId: number
}

/** Appends; a changed mind is a new row. Call it in the transaction of its audit row. */
export function appendDecision(db: WritableDb, row: Omit<DecisionRow, 'id'>): number {
  return first<{ id: number }>(
    db,
    `INSERT INTO decision (planeId, word, note, operator, osUser, machine, at, state, reasons,
                           activityId)
     VALUES (@planeId, @word, @note, @operator, @osUser, @machine, @at, @state, @reasons,
             @activityId)
     RETURNING id`,
    row,
  )!.id
}

/** Appends that a decision is taken back; null when it was already. Call it in the transaction of its audit row. */
export function appendWithdrawal(db: WritableDb, row: Omit<WithdrawalRow, 'id'>): number | null {
  const known = first(db, 'SELECT 1 FROM withdrawal WHERE decisionId = ?', row.decisionId)
  if (known !== undefined) return null
  return first<{ id: number }>(
    db,
    `INSERT INTO withdrawal (decisionId, operator, osUser, machine, at)
     VALUES (@decisionId, @operator, @osUser, @machine, @at) RETURNING id`,
    row,
  )!.id
}

export function decisionRow(db: ReadableDb, id: number): DecisionRow | undefined {
  return first<DecisionRow>(db, 'SELECT * FROM decision WHERE id = ?', id)
}

/** The decision that stands on each plane of a plate: the newest that was not taken back; null for all plates. */
export function standingDecisions(db: ReadableDb, plateId: PlateId | null): readonly DecisionRow[] {
  return all<DecisionRow & { newest: number }>(
    db,
    `SELECT decision.*, max(decision.id) AS newest
     FROM decision
     JOIN plane ON plane.id = decision.planeId
     JOIN field ON field.id = plane.fieldId
     JOIN acquisition ON acquisition.id = field.acquisitionId
     WHERE (@plateId IS NULL OR acquisition.plateId = @plateId) AND ${NOT_WITHDRAWN}
     GROUP BY decision.planeId`,
    { plateId },
  )
}

/** The decision that stands on one plane. */
export function standingDecision(db: ReadableDb, planeId: PlaneId): DecisionRow | undefined {
  return first<DecisionRow>(
    db,
    `SELECT * FROM decision WHERE planeId = ? AND ${NOT_WITHDRAWN} ORDER BY id DESC LIMIT 1`,
    planeId,
  )
}

/** All that was ever decided about a plane, oldest first. */
export function decisionsOf(db: ReadableDb, planeId: PlaneId): readonly DecisionHistoryRow[] {
  return all<DecisionHistoryRow>(
    db,
    `SELECT decision.*, NOT ${NOT_WITHDRAWN} AS withdrawn FROM decision
     WHERE planeId = ? ORDER BY id`,
    planeId,
  )
}

/** A row as the window is told. */
export function asDecision(row: DecisionRow | DecisionHistoryRow): Decision {
  const { id: decisionId, word, note, operator: by, at, state } = row
  const reasons = JSON.parse(row.reasons) as string[]
  const withdrawn = 'withdrawn' in row && row.withdrawn === 1
  return { decisionId, word, note, by, at, machine: { state, reasons }, withdrawn }
}

const NOT_WITHDRAWN = 'NOT EXISTS (SELECT 1 FROM withdrawal WHERE decisionId = decision.id)'
