import { listen, type Bridge } from '#contract/client.ts'
import { events, type ParfocalApi } from '#contract/index.ts'
import type { Settings } from '#contract/settings.ts'
import type { Fault } from '#core/fault.ts'
import { createObservable } from '../../lib/observable.ts'

export type SettingsState =
  | { readonly status: 'loading' }
  | { readonly status: 'failed'; readonly fault: Fault }
  | {
      readonly status: 'known'
      readonly settings: Settings
      /** Why the last change was not kept. */
      readonly unsaved: Fault | null
    }

export function createSettingsStore(
  api: Pick<ParfocalApi, 'settings.read' | 'settings.change'>,
  bridge: Bridge,
) {
  const state = createObservable<SettingsState>({ status: 'loading' })
  const known = (settings: Settings): void =>
    state.set({ status: 'known', settings, unsaved: null })
  listen(events, bridge, 'settings.changed', known)

  return {
    getSnapshot: state.getSnapshot,
    subscribe: state.subscribe,

    async read(): Promise<void> {
      const reply = await api['settings.read']()
      if (reply.ok) known(reply.value)
      else state.set({ status: 'failed', fault: reply.fault })
    },

    async change(change: Partial<Settings>): Promise<void> {
      const reply = await api['settings.change'](change)
      if (reply.ok) return known(reply.value)
      const before = state.getSnapshot()
      if (before.status === 'known') state.set({ ...before, unsaved: reply.fault })
    },
  }
}

export type SettingsStore = ReturnType<typeof createSettingsStore>
