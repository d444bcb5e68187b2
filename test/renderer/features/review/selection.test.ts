import { describe, expect, test } from 'vitest'
import type { PlaneId } from '#core/brand.ts'
import {
  neighbour,
  pick,
  type Picking,
  type Selection,
} from '../../../../src/renderer/features/review/selection.ts'
import { reviewItem } from '../../../support/review-items.ts'

const items = [1, 2, 3, 4, 5].map(id => reviewItem(id))
const start: Selection = { currentId: 1 as PlaneId, selected: new Set(), anchorId: null }

function after(...picks: readonly (readonly [number, Picking['how']])[]): Selection {
  return picks.reduce(
    (selection, [planeId, how]) => pick(selection, items, { planeId: planeId as PlaneId, how }),
    start,
  )
}

describe('selecting', () => {
  test.each([
    {
      name: 'a click selects one alone',
      picks: [
        [2, 'only'],
        [4, 'only'],
      ],
      selected: [4],
    },
    {
      name: 'Ctrl adds',
      picks: [
        [2, 'only'],
        [4, 'toggle'],
      ],
      selected: [2, 4],
    },
    {
      name: 'Ctrl takes away',
      picks: [
        [2, 'only'],
        [2, 'toggle'],
      ],
      selected: [],
    },
    {
      name: 'Shift selects onwards',
      picks: [
        [2, 'only'],
        [4, 'range'],
      ],
      selected: [2, 3, 4],
    },
    {
      name: 'Shift selects backwards',
      picks: [
        [4, 'only'],
        [2, 'range'],
      ],
      selected: [2, 3, 4],
    },
    {
      name: 'Shift again begins where it began',
      picks: [
        [3, 'only'],
        [5, 'range'],
        [2, 'range'],
      ],
      selected: [2, 3],
    },
    {
      name: 'Shift begins at the focus',
      picks: [
        [3, 'focus'],
        [4, 'range'],
      ],
      selected: [3, 4],
    },
    {
      name: 'arrows leave the selection',
      picks: [
        [2, 'only'],
        [4, 'focus'],
      ],
      selected: [2],
    },
    {
      name: 'looking at one selects nothing',
      picks: [
        [2, 'only'],
        [4, 'go'],
      ],
      selected: [],
    },
  ] as const)('$name', ({ picks, selected }) => {
    const selection = after(...picks)
    expect([...selection.selected].toSorted()).toEqual(selected)
    expect(selection.currentId).toBe(picks.at(-1)![0])
  })

  test('knows nothing of a plane that is not in the queue', () => {
    expect(after([9, 'only'])).toBe(start)
  })
})

describe('arrows in a grid of three columns with eight cells', () => {
  test.each([
    { from: 4, key: 'ArrowLeft', to: 3 },
    { from: 4, key: 'ArrowRight', to: 5 },
    { from: 4, key: 'ArrowUp', to: 1 },
    { from: 4, key: 'ArrowDown', to: 7 },
    { from: 5, key: 'ArrowDown', to: null },
    { from: 0, key: 'ArrowLeft', to: null },
    { from: 7, key: 'ArrowRight', to: null },
    { from: 5, key: 'Home', to: 0 },
    { from: 5, key: 'End', to: 7 },
    { from: 5, key: 'x', to: null },
  ])('$key from $from leads to $to', ({ from, key, to }) => {
    expect(neighbour(from, key, 3, 8)).toBe(to)
  })
})
