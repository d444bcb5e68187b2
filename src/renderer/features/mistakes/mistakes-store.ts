import { listen, type Bridge } from '#contract/client.ts'
import { events } from '#contract/index.ts'
import { createObservable, type Observable } from '../../lib/observable.ts'

export type MistakesStore = Observable<string | null>

/** The ticket of the last mistake that the host logged, or null while there is none. */
export function createMistakesStore(bridge: Bridge): MistakesStore {
  const ticket = createObservable<string | null>(null)
  listen(events, bridge, 'mistake.logged', mistake => ticket.set(mistake.ticket))
  return { getSnapshot: ticket.getSnapshot, subscribe: ticket.subscribe }
}
