import type { About } from '#contract/about.ts'
import type { ParfocalApi } from '#contract/index.ts'
import type { Fault } from '#core/fault.ts'

export type AboutState =
  | { readonly status: 'asking' }
  | { readonly status: 'known'; readonly about: About }
  | { readonly status: 'failed'; readonly fault: Fault }

export function createAboutStore(api: Pick<ParfocalApi, 'about.read'>) {
  let state: AboutState = { status: 'asking' }
  const listeners = new Set<() => void>()

  return {
    getSnapshot: (): AboutState => state,

    subscribe(listener: () => void): () => void {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },

    async read(): Promise<void> {
      const reply = await api['about.read']()
      state = reply.ok
        ? { status: 'known', about: reply.value }
        : { status: 'failed', fault: reply.fault }
      for (const listener of listeners) listener()
    },
  }
}

export type AboutStore = ReturnType<typeof createAboutStore>
