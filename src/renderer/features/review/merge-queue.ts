import type { ReviewItem } from '#contract/review.ts'
import type { Selection } from './selection.ts'

/** A queue and where somebody is in it. */
export interface Queue extends Selection {
  readonly items: readonly ReviewItem[]
}

/**
 * Takes in a queue that has changed without moving what somebody looks at.
 *
 * What lies before the current plane keeps its order, the current plane stays even when it was imaged again
 * meanwhile, and everything after it is worst first, new planes among them.
 */
export function mergeQueue(queue: Queue, items: readonly ReviewItem[]): Queue {
  const { currentId } = queue
  const fresh = new Map(items.map(item => [item.planeId, item]))
  const at = queue.items.findIndex(({ planeId }) => planeId === currentId)
  const seen = queue.items.slice(0, at + 1).flatMap(item => {
    const now = fresh.get(item.planeId)
    if (now !== undefined) return [now]
    return item.planeId === currentId ? [item] : []
  })
  const behind = new Set(seen.map(({ planeId }) => planeId))
  const merged = [...seen, ...items.filter(({ planeId }) => !behind.has(planeId))]
  const present = new Set(merged.map(({ planeId }) => planeId))
  return {
    items: merged,
    currentId: currentId ?? merged.find(item => item.decision === null)?.planeId ?? null,
    selected: new Set([...queue.selected].filter(planeId => present.has(planeId))),
    anchorId: queue.anchorId !== null && present.has(queue.anchorId) ? queue.anchorId : null,
  }
}
