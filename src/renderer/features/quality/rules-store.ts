import { listen, type Bridge } from '#contract/client.ts'
import { events, type ParfocalApi } from '#contract/index.ts'
import type { PlateId, Sha256 } from '#core/brand.ts'
import { afterPause } from '../../lib/after-pause.ts'
import { createObservable } from '../../lib/observable.ts'
import { reduceRules, type RulesEvent, type RulesState } from './rules-state.ts'

export type RulesApi = Pick<
  ParfocalApi,
  | 'quality.rules'
  | 'quality.preview'
  | 'quality.learn'
  | 'recipes.list'
  | 'recipes.succeed'
  | 'recipes.use'
>

/** While a plate grows, what a draft would do to it is told anew this often. */
const REFRESH_MS = 5000

/** The rules of the recipe in use, and the draft of other ones. */
export function createRulesStore(api: RulesApi, bridge: Bridge, refreshMs = REFRESH_MS) {
  const state = createObservable<RulesState>({ status: 'loading' })
  let plateId: PlateId | null = null

  function emit(event: RulesEvent): void {
    state.set(reduceRules(state.getSnapshot(), event))
  }

  async function read(): Promise<void> {
    const [rules, versions] = await Promise.all([api['quality.rules'](), api['recipes.list']()])
    if (rules.ok) emit({ type: 'read', ...rules.value })
    else emit({ type: 'read-failed', fault: rules.fault })
    if (versions.ok) emit({ type: 'listed', versions: versions.value })
  }

  async function preview(): Promise<void> {
    const known = state.getSnapshot()
    if (plateId === null || known.status !== 'known' || known.draft === null) return
    const { draft } = known
    const reply = await api['quality.preview']({ plateId, quality: draft })
    if (reply.ok) emit({ type: 'previewed', draft, preview: reply.value })
    else emit({ type: 'preview-failed', draft, fault: reply.fault })
  }

  listen(events, bridge, 'recipe.changed', () => void read())

  return {
    getSnapshot: state.getSnapshot,
    subscribe: state.subscribe,
    read,
    preview,

    /** The plate that previews and baselines are of. */
    of(id: PlateId): void {
      const other = plateId !== id
      plateId = id
      if (other) void preview()
    },

    /** More planes were judged: what a draft would do to them is asked for soon. */
    plateGrew: afterPause(refreshMs, () => void preview()),

    setLimit(rule: number, limit: number): void {
      emit({ type: 'limit-set', rule, limit })
      void preview()
    },

    discard(): void {
      emit({ type: 'discarded' })
    },

    /** Takes baselines from the plate into the draft. */
    async learn(): Promise<void> {
      if (plateId === null) return
      emit({ type: 'began', doing: 'learning' })
      const reply = await api['quality.learn']({ plateId })
      if (!reply.ok) return emit({ type: 'refused', what: NOT_LEARNT, fault: reply.fault })
      emit({ type: 'learnt', baselines: reply.value.baselines })
      await preview()
    },

    /** Saves the draft as a new version and works by it. */
    async save(reason: string): Promise<void> {
      const known = state.getSnapshot()
      if (known.status !== 'known' || known.draft === null) return
      emit({ type: 'began', doing: 'saving' })
      const reply = await api['recipes.succeed']({ quality: known.draft, reason })
      if (!reply.ok) return emit({ type: 'refused', what: NOT_SAVED, fault: reply.fault })
      emit({ type: 'used' })
      await read()
    },

    async use(hash: Sha256, reason: string): Promise<void> {
      emit({ type: 'began', doing: 'going-back' })
      const reply = await api['recipes.use']({ hash, reason })
      if (!reply.ok) return emit({ type: 'refused', what: NOT_USED, fault: reply.fault })
      emit({ type: 'used' })
      await read()
    },
  }
}

export type RulesStore = ReturnType<typeof createRulesStore>

const NOT_LEARNT = 'No baseline could be learnt.'
const NOT_SAVED = 'The rules could not be saved.'
const NOT_USED = 'The version could not be used.'
