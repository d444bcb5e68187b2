import type { DecisionWord } from '#contract/decision.ts'
import type { PlaneId, RecordId } from '#core/brand.ts'
import { canonicalJson } from '#core/canonical.ts'
import { transaction } from '../store/db.ts'
import {
  appendDecision,
  appendWithdrawal,
  decisionRow,
  standingDecision,
  type DecisionRow,
  type Signature,
} from '../store/decisions.ts'
import type { Workstation } from '../workstation.ts'
import { appendAudit } from './audit-trail.ts'
import { decisionSeal, withdrawalSeal } from './decision-seal.ts'

/** A plane to be decided about, and what the machine says of it. */
export interface DecisionSubject {
  readonly planeId: PlaneId
  readonly state: string
  readonly reasons: readonly string[]
  readonly activityId: RecordId | null
}

type Clerk = Pick<Workstation, 'store' | 'agents' | 'now'>

/** Writes down one decision about several planes, all or none; committed and on disk when it returns. */
export function recordDecisions(
  clerk: Clerk,
  operator: string,
  subjects: readonly DecisionSubject[],
  { word, note }: { readonly word: DecisionWord; readonly note: string },
): readonly DecisionRow[] {
  const { db } = clerk.store
  const now = clerk.now()
  const signature = sign(clerk, operator, now)
  return transaction(db, () =>
    subjects.map(({ planeId, state, reasons, activityId }) => {
      const before = standingDecision(db, planeId)
      const said = { state, reasons: canonicalJson(reasons), activityId }
      const id = appendDecision(db, { planeId, word, note, ...said, ...signature })
      appendAudit(db, clerk.agents, now, {
        action: 'decide',
        entity: 'decision',
        entityId: String(id),
        ...(before === undefined ? {} : { old: { decision: before.id, word: before.word } }),
        new: { seal: decisionSeal(db, id), planeId, word, operator },
        ...(note === '' ? {} : { reason: note }),
      })
      return decisionRow(db, id)!
    }),
  )
}

/** Writes down that decisions are taken back, all or none; gives those that stood until now. */
export function recordWithdrawals(
  clerk: Clerk,
  operator: string,
  decisions: readonly DecisionRow[],
): readonly DecisionRow[] {
  const { db } = clerk.store
  const now = clerk.now()
  const signature = sign(clerk, operator, now)
  return transaction(db, () =>
    decisions.filter(({ id: decisionId, planeId, word }) => {
      const id = appendWithdrawal(db, { decisionId, ...signature })
      if (id === null) return false
      appendAudit(db, clerk.agents, now, {
        action: 'withdraw',
        entity: 'withdrawal',
        entityId: String(id),
        old: { decision: decisionId, planeId, word },
        new: { seal: withdrawalSeal(db, id), operator },
      })
      return true
    }),
  )
}

function sign({ agents }: Clerk, operator: string, now: Date): Signature {
  const { osUser, machine } = agents
  return { operator, osUser, machine, at: now.toISOString() }
}
