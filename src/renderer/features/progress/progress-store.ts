import { listen, type Bridge } from '#contract/client.ts'
import { events, type ParfocalApi } from '#contract/index.ts'
import type { Task } from '#contract/progress.ts'
import { createObservable } from '../../lib/observable.ts'

/** What Parfocal is at work on. */
export function createProgressStore(api: Pick<ParfocalApi, 'progress.read'>, bridge: Bridge) {
  const state = createObservable<readonly Task[]>([])
  listen(events, bridge, 'progress.changed', tasks => state.set(tasks))

  return {
    getSnapshot: state.getSnapshot,
    subscribe: state.subscribe,

    async read(): Promise<void> {
      const reply = await api['progress.read']()
      if (reply.ok) state.set(reply.value)
    },
  }
}

export type ProgressStore = ReturnType<typeof createProgressStore>
