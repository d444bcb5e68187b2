import { listen, type Bridge } from '#contract/client.ts'
import type { Decision } from '#contract/decision.ts'
import type { FieldDetails } from '#contract/fields.ts'
import { events, type ParfocalApi } from '#contract/index.ts'
import type { ReviewItem } from '#contract/review.ts'
import type { FieldId, PlaneId } from '#core/brand.ts'
import type { QualitySettings } from '#core/quality/rules.ts'
import { createObservable } from '../../lib/observable.ts'

export type FactsApi = Pick<ParfocalApi, 'fields.open' | 'quality.rules' | 'review.history'>

/** What is known beside the image: the rules, the field with its other channels, and earlier decisions. */
export interface Facts {
  readonly quality: QualitySettings | null
  readonly fields: ReadonlyMap<FieldId, FieldDetails>
  readonly histories: ReadonlyMap<PlaneId, readonly Decision[]>
}

/** Fields and histories that are kept; those read longest ago are let go. */
const KEPT = 60

/** Reads what a reviewer needs to know, a little ahead of when it is needed. */
export function createFactsStore(api: FactsApi, bridge: Bridge) {
  const facts = createObservable<Facts>({ quality: null, fields: new Map(), histories: new Map() })
  const asking = new Set<string>()

  function change(changed: Partial<Facts>): void {
    facts.set({ ...facts.getSnapshot(), ...changed })
  }

  /** Asks unless somebody is asking already. */
  async function once(key: string, ask: () => Promise<void>): Promise<void> {
    if (asking.has(key)) return
    asking.add(key)
    try {
      await ask()
    } finally {
      asking.delete(key)
    }
  }

  async function readRules(): Promise<void> {
    await once('rules', async () => {
      const reply = await api['quality.rules']()
      if (reply.ok) change({ quality: reply.value.quality })
    })
  }

  async function readField(fieldId: FieldId): Promise<void> {
    await once(`field ${fieldId}`, async () => {
      const reply = await api['fields.open']({ fieldId })
      if (reply.ok) change({ fields: kept(facts.getSnapshot().fields, fieldId, reply.value) })
    })
  }

  async function readHistory(planeId: PlaneId): Promise<void> {
    await once(`history ${planeId}`, async () => {
      const reply = await api['review.history']({ planeId })
      if (!reply.ok) return
      change({ histories: kept(facts.getSnapshot().histories, planeId, reply.value) })
    })
  }

  function forgetHistories(planeIds: readonly PlaneId[]): void {
    const histories = new Map(facts.getSnapshot().histories)
    for (const planeId of planeIds) histories.delete(planeId)
    change({ histories })
  }

  listen(events, bridge, 'recipe.changed', () => void readRules())
  listen(events, bridge, 'review.changed', ({ planeIds }) => forgetHistories(planeIds))

  return {
    getSnapshot: facts.getSnapshot,
    subscribe: facts.subscribe,
    /** Reads what is missing about planes, the first first. */
    want(items: readonly Pick<ReviewItem, 'planeId' | 'fieldId'>[]): void {
      const { quality, fields, histories } = facts.getSnapshot()
      if (quality === null) void readRules()
      for (const { planeId, fieldId } of items) {
        if (!fields.has(fieldId)) void readField(fieldId)
        if (!histories.has(planeId)) void readHistory(planeId)
      }
    },
    /** Reads about a plane again, as its field may have changed. */
    readAgain({ planeId, fieldId }: Pick<ReviewItem, 'planeId' | 'fieldId'>): void {
      void readField(fieldId)
      void readHistory(planeId)
    },
    forgetHistories,
  }
}

export type FactsStore = ReturnType<typeof createFactsStore>

function kept<Key, Value>(
  known: ReadonlyMap<Key, Value>,
  key: Key,
  value: Value,
): ReadonlyMap<Key, Value> {
  const others = [...known].filter(([other]) => other !== key).slice(1 - KEPT)
  return new Map([...others, [key, value]])
}
