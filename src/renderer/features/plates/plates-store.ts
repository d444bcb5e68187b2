import { listen, type Bridge } from '#contract/client.ts'
import { events, type ParfocalApi } from '#contract/index.ts'
import { createObservable } from '../../lib/observable.ts'
import { reducePlates, type PlatesEvent, type PlatesState } from './plates-state.ts'

/** Every plate of the store, kept up to date while images arrive. */
export function createPlatesStore(api: Pick<ParfocalApi, 'plates.list'>, bridge: Bridge) {
  const state = createObservable<PlatesState>({ status: 'loading' })
  const emit = (event: PlatesEvent): void => state.set(reducePlates(state.getSnapshot(), event))
  listen(events, bridge, 'plate.changed', ({ summary }) => emit({ type: 'changed', summary }))

  return {
    getSnapshot: state.getSnapshot,
    subscribe: state.subscribe,

    async list(): Promise<void> {
      const reply = await api['plates.list']()
      if (reply.ok) emit({ type: 'listed', plates: reply.value })
      else emit({ type: 'failed', fault: reply.fault })
    },
  }
}

export type PlatesStore = ReturnType<typeof createPlatesStore>
