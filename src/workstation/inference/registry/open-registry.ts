import { ok, type Result } from '#core/fault.ts'
import { enrolAgents } from '../../record/agents.ts'
import { anchorAudit, appendAudit } from '../../record/audit-trail.ts'
import { transaction } from '../../store/db.ts'
import { openStore } from '../../store/open-store.ts'
import { attempt } from '../../store/store-fault.ts'
import type { Clerk } from './clerk.ts'

/** A store opened for what concerns its networks alone: no recipe, no workers. */
export interface OpenRegistry extends Clerk {
  close(): void
}

export function openRegistry(
  storeFolder: string,
  now: () => Date = () => new Date(),
): Result<OpenRegistry> {
  const opened = openStore(storeFolder)
  if (!opened.ok) return opened
  const store = opened.value
  const note = (action: 'open' | 'close', agents: Clerk['agents']): void => {
    transaction(store.db, () =>
      appendAudit(store.db, agents, now(), { action, entity: 'store', entityId: storeFolder }),
    )
    anchorAudit(storeFolder, store.db)
  }
  const enrolled = attempt(storeFolder, () => {
    const agents = transaction(store.db, () => enrolAgents(store.db))
    note('open', agents)
    return agents
  })
  if (!enrolled.ok) {
    store.close()
    return enrolled
  }
  const agents = enrolled.value
  return ok({
    store,
    agents,
    now,
    close() {
      // On a full disk the closing goes unnoted; what is committed stays.
      attempt(storeFolder, () => note('close', agents))
      store.close()
    },
  })
}
