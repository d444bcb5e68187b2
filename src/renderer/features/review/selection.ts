import type { ReviewItem } from '#contract/review.ts'
import type { PlaneId } from '#core/brand.ts'

export interface Selection {
  /** What is looked at, or has the focus of the grid. */
  readonly currentId: PlaneId | null
  /** In the grid; a decision is about all of them. */
  readonly selected: ReadonlySet<PlaneId>
  /** Where a range begins. */
  readonly anchorId: PlaneId | null
}

export interface Picking {
  readonly planeId: PlaneId
  /**
   * `go` looks at it and selects nothing, `focus` looks at it and leaves the selection, `only` selects it alone, `toggle` adds it or takes it away, `range` selects
   * everything from where the last selection began.
   */
  readonly how: 'go' | 'focus' | 'only' | 'toggle' | 'range'
}

/** The selection after a click or a key on one plane of the queue. */
export function pick(
  selection: Selection,
  items: readonly Pick<ReviewItem, 'planeId'>[],
  { planeId, how }: Picking,
): Selection {
  const indexOf = (id: PlaneId): number => items.findIndex(item => item.planeId === id)
  if (indexOf(planeId) === -1) return selection
  switch (how) {
    case 'go':
      return { currentId: planeId, selected: new Set(), anchorId: planeId }
    case 'focus':
      return { ...selection, currentId: planeId, anchorId: null }
    case 'only':
      return { currentId: planeId, selected: new Set([planeId]), anchorId: planeId }
    case 'toggle': {
      const selected = new Set(selection.selected)
      if (!selected.delete(planeId)) selected.add(planeId)
      return { currentId: planeId, selected, anchorId: planeId }
    }
    case 'range': {
      const anchorId = selection.anchorId ?? selection.currentId ?? planeId
      const ends = [indexOf(anchorId), indexOf(planeId)].filter(index => index !== -1)
      const range = items.slice(Math.min(...ends), Math.max(...ends) + 1)
      return { currentId: planeId, selected: new Set(range.map(item => item.planeId)), anchorId }
    }
  }
}

/** Where an arrow key leads in a grid of so many columns; null beyond its edges. */
export function neighbour(
  index: number,
  key: string,
  columns: number,
  count: number,
): number | null {
  const steps: Readonly<Record<string, number>> = {
    ArrowLeft: -1,
    ArrowRight: 1,
    ArrowUp: -columns,
    ArrowDown: columns,
    Home: -index,
    End: count - 1 - index,
  }
  const step = steps[key]
  if (step === undefined) return null
  const to = index + step
  return to >= 0 && to < count ? to : null
}
