import type { PlaneId } from '#core/brand.ts'
import type { Fault, FaultKind, Result } from '#core/fault.ts'

/** An image of one version of a plane. */
export interface Shelved {
  readonly planeId: PlaneId
  readonly version: string
}

export type Slot<Picture> =
  | { readonly status: 'loading' }
  | { readonly status: 'ready'; readonly picture: Picture }
  | { readonly status: 'failed'; readonly fault: Fault }

type Load<Picture> = (item: Shelved, signal: AbortSignal) => Promise<Result<Picture>>

interface Place<Picture> {
  slot: Slot<Picture>
  readonly abort: AbortController
}

/** What another try may not meet again. */
const PASSING: ReadonlySet<FaultKind> = new Set([
  'host-unreachable',
  'folder-offline',
  'file-locked',
  'file-changed',
  'worker-lost',
])

const LOADING = { status: 'loading' } as const

/** Keeps decoded images ready, the most recently wanted up to a number; the others are let go. */
export function createImageShelf<Picture>(load: Load<Picture>, capacity: number) {
  // A Map keeps the order of insertion: the first was wanted longest ago.
  const places = new Map<string, Place<Picture>>()
  const listeners = new Set<() => void>()

  function keyOf({ planeId, version }: Shelved): string {
    return `${planeId} ${version}`
  }

  function put(item: Shelved): void {
    const key = keyOf(item)
    const known = places.get(key)
    if (known !== undefined && !mayStillCome(known.slot)) {
      places.delete(key)
      places.set(key, known)
      return
    }
    const place: Place<Picture> = { slot: LOADING, abort: new AbortController() }
    places.set(key, place)
    void fill(item, place)
  }

  async function fill(item: Shelved, place: Place<Picture>): Promise<void> {
    try {
      const loaded = await load(item, place.abort.signal)
      place.slot = loaded.ok
        ? { status: 'ready', picture: loaded.value }
        : { status: 'failed', fault: loaded.fault }
    } catch (cause) {
      if (!place.abort.signal.aborted) throw cause
    }
    for (const listener of listeners) listener()
  }

  function mayStillCome(slot: Slot<Picture>): boolean {
    return slot.status === 'failed' && PASSING.has(slot.fault.kind)
  }

  function letGo(): void {
    for (const [key, { abort }] of places) {
      if (places.size <= capacity) return
      abort.abort()
      places.delete(key)
    }
  }

  return {
    /** Loads what is not there yet, the first first; also what failed and may come by now. */
    want(items: readonly Shelved[]): void {
      for (const item of items) put(item)
      // What comes first is what somebody looks at: the last to be let go.
      for (const item of items.toReversed()) put(item)
      letGo()
    },
    slot: (item: Shelved): Slot<Picture> => places.get(keyOf(item))?.slot ?? LOADING,
    subscribe(listener: () => void): () => void {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

export type ImageShelf<Picture> = ReturnType<typeof createImageShelf<Picture>>
