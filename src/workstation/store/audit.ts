import type { AcquisitionId, Sha256 } from '#core/brand.ts'
import { all, first, write, type ReadableDb, type WritableDb } from './db.ts'

/** One row of the audit trail, without the hash that seals it. */
export interface AuditEntry {
  readonly seq: number
  /** UTC, ISO 8601. */
  readonly at: string
  /** Minutes east of UTC. */
  readonly zone: number
  /** Milliseconds since the machine started. */
  readonly uptime: number
  readonly actor: string
  readonly machine: string
  readonly applicationVersion: string
  readonly action: string
  readonly entity: string
  readonly entityId: string
  readonly oldJson: string | null
  readonly newJson: string | null
  readonly reason: string | null
  /** Hash of the row before; 64 zeros for the first. */
  readonly previous: string
}

export interface AuditRow extends AuditEntry {
  readonly hash: string
}

export function lastAuditRow(db: ReadableDb): AuditRow | undefined {
  return first<AuditRow>(db, 'SELECT * FROM audit ORDER BY seq DESC LIMIT 1')
}

export function insertAuditRow(db: WritableDb, row: AuditRow): void {
  write(
    db,
    `INSERT INTO audit (seq, at, zone, uptime, actor, machine, applicationVersion, action, entity,
                        entityId, oldJson, newJson, reason, previous, hash)
     VALUES (@seq, @at, @zone, @uptime, @actor, @machine, @applicationVersion, @action, @entity,
             @entityId, @oldJson, @newJson, @reason, @previous, @hash)`,
    row,
  )
}

/** The trail from its first row to its last, one row at a time. */
export function auditRows(db: ReadableDb): IterableIterator<AuditRow> {
  return db.prepare<[], AuditRow>('SELECT * FROM audit ORDER BY seq').iterate()
}

/** What the trail seals whenever it comes into being, and by which word. */
const SEALED = {
  activity: 'record',
  decision: 'decide',
  withdrawal: 'withdraw',
  model: 'register',
  modelTest: 'test',
  modelState: 'change',
} as const

/** Tables whose rows are numbered and sealed one by one. */
export type SealedTable = Exclude<keyof typeof SEALED, 'activity'>

/** The seals that the trail holds of one kind of record, by the record's id. */
export function auditedSeals(
  db: ReadableDb,
  entity: keyof typeof SEALED,
): ReadonlyMap<string, string> {
  const rows = all<{ entityId: string; newJson: string }>(
    db,
    'SELECT entityId, newJson FROM audit WHERE entity = ? AND action = ?',
    entity,
    SEALED[entity],
  )
  return new Map(
    rows.map(({ entityId, newJson }) => [entityId, (JSON.parse(newJson) as { seal: string }).seal]),
  )
}

/** The recipe by which an imaging run was last processed; null where it never was. */
export function lastRecipeOf(db: ReadableDb, acquisitionId: AcquisitionId): Sha256 | null {
  const row = first<{ newJson: string }>(
    db,
    `SELECT newJson FROM audit
     WHERE entity = 'acquisition' AND entityId = ? AND action = 'process'
     ORDER BY seq DESC LIMIT 1`,
    String(acquisitionId),
  )
  return row === undefined ? null : (JSON.parse(row.newJson) as { recipe: Sha256 }).recipe
}
