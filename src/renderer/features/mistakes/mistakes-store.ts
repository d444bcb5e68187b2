import { listen, type Bridge } from '#contract/client.ts'
import { events } from '#contract/index.ts'

/** The ticket of the last mistake that the host logged, or null while there is none. */
export function createMistakesStore(bridge: Bridge) {
  let ticket: string | null = null
  const listeners = new Set<() => void>()

  listen(events, bridge, 'mistake.logged', mistake => {
    ticket = mistake.ticket
    for (const listener of listeners) listener()
  })

  return {
    getSnapshot: (): string | null => ticket,

    subscribe(listener: () => void): () => void {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

export type MistakesStore = ReturnType<typeof createMistakesStore>
