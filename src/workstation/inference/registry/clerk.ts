import type { Agents } from '../../record/agents.ts'
import type { Signature } from '../../store/decisions.ts'
import type { Store } from '../../store/open-store.ts'

/** What it takes to write into a store in somebody's name. */
export interface Clerk {
  readonly store: Pick<Store, 'db' | 'folder'>
  readonly agents: Agents
  readonly now: () => Date
}

/** The name that stands under what `operator` does now. */
export function sign({ agents }: Pick<Clerk, 'agents'>, operator: string, now: Date): Signature {
  const { osUser, machine } = agents
  return { operator: operator === '' ? osUser : operator, osUser, machine, at: now.toISOString() }
}
