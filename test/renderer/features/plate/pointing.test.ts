import { describe, expect, test } from 'vitest'
import {
  focusAfter,
  moveFocus,
  selectWells,
} from '../../../../src/renderer/features/plate/pointing.ts'

const plate = { rows: 2, columns: 3 }
const none = { focus: 0, anchor: 0, selected: new Set<number>() }
const plain = { shift: false, control: false }

describe('the focus', () => {
  test.each([
    { from: 0, key: 'ArrowRight', control: false, to: 1 },
    { from: 2, key: 'ArrowRight', control: false, to: 2 },
    { from: 0, key: 'ArrowLeft', control: false, to: 0 },
    { from: 1, key: 'ArrowDown', control: false, to: 4 },
    { from: 4, key: 'ArrowUp', control: false, to: 1 },
    { from: 4, key: 'Home', control: false, to: 3 },
    { from: 3, key: 'End', control: false, to: 5 },
    { from: 5, key: 'Home', control: true, to: 0 },
    { from: 0, key: 'End', control: true, to: 5 },
    { from: 4, key: 'PageUp', control: false, to: 1 },
    { from: 1, key: 'PageDown', control: false, to: 4 },
  ])('goes from $from by $key (Ctrl: $control) to $to', ({ from, key, control, to }) => {
    expect(focusAfter(plate, from, key, control)).toBe(to)
  })

  test('stays for other keys', () => {
    expect(focusAfter(plate, 0, 'x', false)).toBeNull()
  })

  test('moves without changing what is selected', () => {
    const pointing = { ...none, selected: new Set([5]) }
    expect(moveFocus(plate, pointing, 1, false)).toEqual({
      focus: 1,
      anchor: 1,
      selected: new Set([5]),
    })
  })

  test('with Shift selects the rectangle from where it began', () => {
    const wide = moveFocus(plate, none, 4, true)
    expect([...wide.selected]).toEqual([0, 1, 3, 4])
    expect([...moveFocus(plate, wide, 1, true).selected]).toEqual([0, 1])
  })
})

describe('selecting', () => {
  test('a click selects one well, another click another one', () => {
    const first = selectWells(plate, none, [1], plain)
    expect([...selectWells(plate, first, [4], plain).selected]).toEqual([4])
  })

  test('Shift and a click select from the last well to this one', () => {
    const first = selectWells(plate, none, [1], plain)
    const { selected, anchor } = selectWells(plate, first, [5], { shift: true, control: false })
    expect([...selected]).toEqual([1, 2, 4, 5])
    expect(anchor).toBe(1)
  })

  test('Ctrl and a click add a well and take it away again', () => {
    const control = { shift: false, control: true }
    const first = selectWells(plate, none, [1], plain)
    const both = selectWells(plate, first, [4], control)
    expect([...both.selected]).toEqual([1, 4])
    expect([...selectWells(plate, both, [1], control).selected]).toEqual([4])
  })

  test('Ctrl and a row add what is missing of it before they take it away', () => {
    const control = { shift: false, control: true }
    const first = selectWells(plate, none, [1], plain)
    const row = selectWells(plate, first, [0, 1, 2], control)
    expect([...row.selected].sort()).toEqual([0, 1, 2])
    expect(selectWells(plate, row, [0, 1, 2], control).selected.size).toBe(0)
  })
})
