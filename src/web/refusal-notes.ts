import type { AuditEvent } from '#workstation/record/audit-trail.ts'

/** Why the host refused something, in words that the audit trail keeps. */
export type RefusalKind =
  | 'wrong-host'
  | 'foreign-origin'
  | 'foreign-site'
  | 'method'
  | 'target'
  | 'wrong-code'
  | 'too-many-codes'
  | 'wrong-secret'
  | 'content-type'
  | 'body-too-large'

const INTERVAL_MS = 60_000
/** A stranger chooses what a request says, so little of it is kept. */
const LONGEST_DETAIL = 120

/** Writes refusals into the audit trail: of each kind at most one a minute, with how many there were since. */
export function noteRefusals(
  audit: (event: AuditEvent) => void,
  now: () => number,
): (kind: RefusalKind, detail: string) => void {
  const kinds = new Map<RefusalKind, { notedAt: number; since: number }>()
  return (kind, detail) => {
    const known = kinds.get(kind)
    if (known !== undefined && known.notedAt + INTERVAL_MS > now()) {
      known.since += 1
      return
    }
    kinds.set(kind, { notedAt: now(), since: 0 })
    audit({
      action: 'refuse',
      entity: 'request',
      entityId: kind,
      new: { detail: detail.slice(0, LONGEST_DETAIL), sinceLastNote: known?.since ?? 0 },
    })
  }
}
