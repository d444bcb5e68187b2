import { wellIndex, wellPosition, wellsBetween } from '#core/plate/grid.ts'
import type { PlateSize } from '#core/plate/well.ts'
import type { Pointing } from './plate-state.ts'

export interface Modifiers {
  /** Extends from where the selection began. */
  readonly shift: boolean
  /** Adds to the selection, or takes away from it. */
  readonly control: boolean
}

/** Where the focus goes by a key; null for a key that does not move it. */
export function focusAfter(
  { rows, columns }: PlateSize,
  focus: number,
  key: string,
  control: boolean,
): number | null {
  const { row, column } = wellPosition(columns, focus)
  const at = (toRow: number, toColumn: number): number =>
    wellIndex(columns, {
      row: Math.max(0, Math.min(rows - 1, toRow)),
      column: Math.max(0, Math.min(columns - 1, toColumn)),
    })
  switch (key) {
    case 'ArrowLeft':
      return at(row, control ? 0 : column - 1)
    case 'ArrowRight':
      return at(row, control ? columns - 1 : column + 1)
    case 'ArrowUp':
      return at(control ? 0 : row - 1, column)
    case 'ArrowDown':
      return at(control ? rows - 1 : row + 1, column)
    case 'Home':
      return at(control ? 0 : row, 0)
    case 'End':
      return at(control ? rows - 1 : row, columns - 1)
    case 'PageUp':
      return at(0, column)
    case 'PageDown':
      return at(rows - 1, column)
    default:
      return null
  }
}

/** Moves the focus; with Shift the selection becomes the rectangle from where it began. */
export function moveFocus(
  { columns }: PlateSize,
  pointing: Pointing,
  focus: number,
  extend: boolean,
): Pointing {
  if (!extend) return { ...pointing, focus, anchor: focus }
  const { anchor } = pointing
  return { anchor, focus, selected: new Set(between(columns, anchor, focus)) }
}

/** Selects wells as a click or a drag does it. */
export function selectWells(
  { columns }: PlateSize,
  pointing: Pointing,
  wells: readonly number[],
  { shift, control }: Modifiers,
): Pointing {
  const last = wells.at(-1)
  if (last === undefined) return pointing
  if (shift && wells.length === 1) {
    const selected = new Set(between(columns, pointing.anchor, last))
    return { anchor: pointing.anchor, focus: last, selected }
  }
  if (!control && !shift) return { anchor: wells[0]!, focus: last, selected: new Set(wells) }
  const selected = new Set(pointing.selected)
  const all = control && wells.every(well => selected.has(well))
  for (const well of wells) {
    if (all) selected.delete(well)
    else selected.add(well)
  }
  return { anchor: wells[0]!, focus: last, selected }
}

function between(columns: number, from: number, to: number): number[] {
  return wellsBetween(columns, wellPosition(columns, from), wellPosition(columns, to))
}
