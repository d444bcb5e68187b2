import { comparePlaces, type ImagePlace } from '../plate/place-order.ts'

export interface Queued extends ImagePlace {
  readonly severity: number
  readonly plate: string
  readonly channel: string
  readonly planeId: number
}

/** Worst first; equals along the plate, so that the order is the same whenever somebody asks. */
export function orderQueue<Item extends Queued>(items: readonly Item[]): readonly Item[] {
  return items.toSorted(
    (a, b) =>
      b.severity - a.severity ||
      compareTexts(a.plate, b.plate) ||
      comparePlaces(a, b) ||
      compareTexts(a.channel, b.channel) ||
      a.planeId - b.planeId,
  )
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
