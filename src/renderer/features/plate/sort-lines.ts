import { countNotPassed, WELL_STATES } from '#core/plate/well-state.ts'
import type { WellLine } from './well-lines.ts'

export type SortKey = 'well' | 'state' | 'images' | 'flagged' | 'objects' | 'shown' | 'value'

export interface Sorting {
  readonly key: SortKey
  readonly descending: boolean
}

/** Sorts wells; those without a number come last whichever way, and equals stay in the order of the plate. */
export function sortLines(lines: readonly WellLine[], { key, descending }: Sorting): WellLine[] {
  const sign = descending ? -1 : 1
  return lines.toSorted((a, b) => {
    const [left, right] = [rank(a, key), rank(b, key)]
    if (Number.isNaN(left) || Number.isNaN(right)) {
      return Number(Number.isNaN(left)) - Number(Number.isNaN(right)) || a.index - b.index
    }
    return sign * (left - right) || a.index - b.index
  })
}

function rank(line: WellLine, key: SortKey): number {
  switch (key) {
    case 'well':
      return line.index
    case 'state':
      return WELL_STATES.indexOf(line.state)
    case 'images':
      return line.here
    case 'flagged':
      return countNotPassed(line.states)
    case 'objects':
      return line.objects ?? NaN
    case 'shown':
      return line.shown
    case 'value':
      return line.value
  }
}
