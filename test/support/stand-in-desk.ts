import { calls, type ParfocalApi } from '../../src/contract/index.ts'
import type { AuditEvent } from '../../src/workstation/record/audit-trail.ts'
import type { Desk, Tell } from '../../src/workstation/desk/desk.ts'

/** A desk without a workstation: it answers what a test gives it, and keeps what it is told. */
export interface StandInDesk extends Desk {
  readonly noted: AuditEvent[]
  /** Tells whoever listens. */
  readonly tell: Tell
  /** How many listen. */
  listeners(): number
}

export function standInDesk(
  api: Partial<ParfocalApi> = {},
  pixels: Desk['pixels'] = async () => new Response(null, { status: 404 }),
): StandInDesk {
  const unanswered = Object.keys(calls).map(name => [
    name,
    async () => {
      throw new Error(`The test gave no answer to ${name}`)
    },
  ])
  const tells = new Set<Tell>()
  const noted: AuditEvent[] = []
  return {
    api: { ...(Object.fromEntries(unanswered) as ParfocalApi), ...api },
    pixels,
    noted,
    faults: [],
    listen(tell) {
      tells.add(tell)
      return () => void tells.delete(tell)
    },
    audit: event => void noted.push(event),
    close: async () => undefined,
    tell: (name, told) => tells.forEach(tell => tell(name, told)),
    listeners: () => tells.size,
  }
}
