import type { About } from '#contract/about.ts'
import type { ParfocalApi } from '#contract/index.ts'
import type { Fault } from '#core/fault.ts'
import { createObservable } from '../../lib/observable.ts'

export type AboutState =
  | { readonly status: 'asking' }
  | { readonly status: 'known'; readonly about: About }
  | { readonly status: 'failed'; readonly fault: Fault }

export function createAboutStore(api: Pick<ParfocalApi, 'about.read'>) {
  const state = createObservable<AboutState>({ status: 'asking' })

  return {
    getSnapshot: state.getSnapshot,
    subscribe: state.subscribe,

    async read(): Promise<void> {
      const reply = await api['about.read']()
      if (reply.ok) state.set({ status: 'known', about: reply.value })
      else state.set({ status: 'failed', fault: reply.fault })
    },
  }
}

export type AboutStore = ReturnType<typeof createAboutStore>
