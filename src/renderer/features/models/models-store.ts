import { listen, type Bridge } from '#contract/client.ts'
import { events, type ParfocalApi } from '#contract/index.ts'
import type { ModelCard, ModelState } from '#contract/models.ts'
import type { Fault } from '#core/fault.ts'
import { createObservable } from '../../lib/observable.ts'
import {
  NOTHING_KNOWN,
  reduceModels,
  type Doing,
  type ModelsEvent,
  type ModelsState,
} from './models-state.ts'

type ModelCalls = Pick<ParfocalApi, `models.${string}` & keyof ParfocalApi>
type CardReply =
  { readonly ok: true; readonly value: ModelCard } | { readonly ok: false; readonly fault: Fault }

/** The registered networks, the card of the one that is looked at, and what is being done about them. */
export function createModelsStore(api: ModelCalls, bridge: Bridge) {
  const state = createObservable<ModelsState>(NOTHING_KNOWN)
  const emit = (event: ModelsEvent): void => state.set(reduceModels(state.getSnapshot(), event))

  async function read(number: number): Promise<void> {
    const reply = await api['models.open']({ number })
    if (reply.ok) emit({ type: 'opened', number, card: reply.value })
    else emit({ type: 'open-failed', number, fault: reply.fault })
  }

  listen(events, bridge, 'models.changed', list => {
    emit({ type: 'listed', list })
    const { card } = state.getSnapshot()
    if (card.status === 'open') void read(card.number)
  })

  /** Does one thing at a time; @returns the card of the network it was done to. */
  async function act(doing: Doing, ask: () => Promise<CardReply>): Promise<ModelCard | null> {
    if (state.getSnapshot().doing !== null) return null
    emit({ type: 'began', doing })
    const reply = await ask()
    if (reply.ok) emit({ type: 'done', card: reply.value })
    else emit({ type: 'failed', fault: reply.fault })
    return reply.ok ? reply.value : null
  }

  async function browse(handle: string | null): Promise<void> {
    const reply = await api['models.browse']({ handle })
    if (reply.ok) emit({ type: 'browsed', listing: reply.value })
    else emit({ type: 'browse-failed', fault: reply.fault })
  }

  return {
    getSnapshot: state.getSnapshot,
    subscribe: state.subscribe,

    async list(): Promise<void> {
      const reply = await api['models.list']()
      if (reply.ok) emit({ type: 'listed', list: reply.value })
      else emit({ type: 'list-failed', fault: reply.fault })
    },

    async open(number: number): Promise<void> {
      emit({ type: 'asked', number })
      await read(number)
    },

    test: (number: number) => act({ deed: 'test', number }, () => api['models.test']({ number })),

    change: (number: number, to: ModelState, reason: string) =>
      act({ deed: 'change', number }, () => api['models.change']({ number, state: to, reason })),

    addBundled: (reference: string) =>
      act({ deed: 'add' }, () => api['models.add']({ bundled: reference })),

    addFrom: (handle: string) => act({ deed: 'add' }, () => api['models.add']({ handle })),

    /** Begins to look for a package. */
    async choose(): Promise<void> {
      emit({ type: 'choosing' })
      await browse(null)
    },

    browse,

    cancel(): void {
      emit({ type: 'cancelled' })
    },

    /** Takes the message away that something was not done. */
    read(): void {
      emit({ type: 'read' })
    },
  }
}

export type ModelsStore = ReturnType<typeof createModelsStore>
