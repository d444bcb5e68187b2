import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { uptime } from 'node:os'
import { join } from 'node:path'
import { canonicalJson, type Json } from '#core/canonical.ts'
import { auditRows, insertAuditRow, lastAuditRow, type AuditEntry } from '../store/audit.ts'
import type { ReadableDb, WritableDb } from '../store/db.ts'
import type { Agents } from './agents.ts'
import { digestOf } from './digest.ts'

/** What happened, in the words of the laboratory. */
export interface AuditEvent {
  /** `record`, `open`, `close`, … */
  readonly action: string
  readonly entity: string
  readonly entityId: string
  readonly old?: Json
  readonly new?: Json
  readonly reason?: string
}

const HEADS = 'audit-heads.jsonl'
const GENESIS = '0'.repeat(64)

/** Appends one event, sealed by the hash of the row before it. Call it in the transaction of the change. */
export function appendAudit(db: WritableDb, agents: Agents, now: Date, event: AuditEvent): void {
  const last = lastAuditRow(db)
  const entry: AuditEntry = {
    seq: (last?.seq ?? 0) + 1,
    at: now.toISOString(),
    // −0 and 0 are one zone.
    zone: 0 - now.getTimezoneOffset(),
    uptime: Math.round(uptime() * 1000),
    actor: agents.osUser,
    machine: agents.machine,
    applicationVersion: agents.applicationVersion,
    action: event.action,
    entity: event.entity,
    entityId: event.entityId,
    oldJson: event.old === undefined ? null : canonicalJson(event.old),
    newJson: event.new === undefined ? null : canonicalJson(event.new),
    reason: event.reason ?? null,
    previous: last?.hash ?? GENESIS,
  }
  insertAuditRow(db, { ...entry, hash: hashEntry(entry) })
}

/** What is wrong with the trail: where, and how it shows. */
export interface AuditProblem {
  readonly kind: 'audit-altered' | 'audit-gap' | 'audit-truncated'
  readonly where: string
  readonly message: string
}

/** Recomputes the whole chain and compares it with its anchors; counts its rows and names what does not fit. */
export function checkAuditChain(
  db: ReadableDb,
  heads: readonly AuditHead[] | null,
): { readonly rows: number; readonly problems: readonly AuditProblem[] } {
  const problems: AuditProblem[] = []
  const anchors = new Map((heads ?? []).map(({ seq, hash }) => [seq, hash]))
  let rows = 0
  let last = { seq: 0, hash: GENESIS }
  for (const { hash, ...entry } of auditRows(db)) {
    const where = `audit row ${entry.seq}`
    if (entry.seq !== last.seq + 1) {
      problems.push({ kind: 'audit-gap', where, message: 'Rows before this one were removed.' })
    } else if (entry.previous !== last.hash) {
      problems.push({
        kind: 'audit-altered',
        where,
        message: 'It does not continue the row before.',
      })
    }
    if (hashEntry(entry) !== hash) {
      problems.push({
        kind: 'audit-altered',
        where,
        message: 'It was changed after it was written.',
      })
    } else if ((anchors.get(entry.seq) ?? hash) !== hash) {
      problems.push({
        kind: 'audit-altered',
        where,
        message: 'It is not the row that was anchored.',
      })
    }
    anchors.delete(entry.seq)
    rows += 1
    last = { seq: entry.seq, hash }
  }
  for (const seq of anchors.keys()) {
    const where = `audit row ${seq}`
    problems.push({ kind: 'audit-truncated', where, message: 'It was anchored and is gone.' })
  }
  // The first row is written just before the first anchor.
  if (rows > 1 && (heads === null || heads.length === 0)) {
    const message = 'The anchors of the audit trail are gone: a cut tail would not show.'
    problems.push({ kind: 'audit-truncated', where: HEADS, message })
  }
  return { rows, problems }
}

/** The end of the chain at a moment, kept outside the database so that a cut tail shows. */
export interface AuditHead {
  readonly seq: number
  readonly hash: string
  readonly at: string
}

/** Notes the end of the chain in `audit-heads.jsonl` beside the database. */
export function anchorAudit(store: string, db: ReadableDb): void {
  const last = lastAuditRow(db)
  if (last === undefined) return
  const head: AuditHead = { seq: last.seq, hash: last.hash, at: last.at }
  appendFileSync(headsPath(store), `${canonicalJson({ ...head })}\n`)
}

/** The anchored heads, null where their file is gone; a line that was being written when the machine stopped is passed over. */
export function readAuditHeads(store: string): readonly AuditHead[] | null {
  if (!existsSync(headsPath(store))) return null
  return readFileSync(headsPath(store), 'utf8')
    .split('\n')
    .slice(0, -1)
    .map(line => JSON.parse(line) as AuditHead)
}

function headsPath(store: string): string {
  return join(store, HEADS)
}

function hashEntry(entry: AuditEntry): string {
  return digestOf({ ...entry })
}
