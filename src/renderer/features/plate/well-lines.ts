import { NO_COUNTS, type FieldRow, type PlaneRow, type StateCounts } from '#contract/plates.ts'
import { reasonText } from '#core/quality/rule-text.ts'
import { WELL_STATES, wellStanding, type WellState } from '#core/plate/well-state.ts'
import { wellPosition } from '#core/plate/grid.ts'
import { rowName, wellName } from '#core/plate/well.ts'
import { countText } from '../../lib/count-text.ts'
import { STATE_WORDS, STATES_WORST_FIRST } from '../../lib/state-words.ts'
import type { PlateFigures } from './figures.ts'
import { holesOf, indexOf } from './figures.ts'

/** A well in words and numbers: what the table, the card and the saved table say. */
export interface WellLine {
  readonly index: number
  readonly well: string
  /** `B` */
  readonly row: string
  /** Counted from 1, as people do. */
  readonly column: number
  readonly state: WellState
  readonly empty: boolean
  /** Images that are here, and those of them that were promised, where a number was. */
  readonly here: number
  readonly arrived: number
  readonly expected: number | null
  /** Promised images that the instrument left out so far, and those that it never brought. */
  readonly late: number
  readonly missing: number
  readonly states: StateCounts
  /** Most frequent first. */
  readonly reasons: readonly { readonly text: string; readonly count: number }[]
  readonly fields: number
  readonly objects: number | null
  /** The number that the colour shows, and the same before it became a score; NaN where there is none. */
  readonly shown: number
  readonly value: number
  readonly control: string
  readonly labels: Readonly<Record<string, string>>
}

export const WELL_WORDS: Readonly<Record<WellState, string>> = {
  ...STATE_WORDS,
  'not-imaged': 'not imaged',
}

/** Every well of a plate, along its rows. */
export function wellLines({ plate, shown, values }: PlateFigures): readonly WellLine[] {
  const holes = holesOf(plate)
  const { rows, columns, wells, layout } = plate.details
  const known = new Map(wells.map(well => [indexOf(plate.details, well.well), well]))
  const labels = new Map(layout.map(label => [indexOf(plate.details, label.well), label]))
  return Array.from({ length: rows * columns }, (_, index) => {
    const position = wellPosition(columns, index)
    const well = known.get(index)
    const { state, empty, here, arrived } = wellStanding(well ?? null)
    return {
      index,
      well: wellName(position),
      row: rowName(position.row),
      column: position.column + 1,
      state,
      empty,
      here,
      arrived,
      expected: well?.expected ?? null,
      late: holes.get(index)?.late ?? 0,
      missing: holes.get(index)?.missing ?? 0,
      states: well?.states ?? NO_COUNTS,
      reasons: reasonsOf(well?.reasons ?? {}),
      fields: well?.fields ?? 0,
      objects: well?.objects ?? null,
      shown: shown?.[index] ?? NaN,
      value: values?.[index] ?? NaN,
      control: labels.get(index)?.control ?? '',
      labels: labels.get(index)?.labels ?? {},
    }
  })
}

function reasonsOf(reasons: Readonly<Record<string, number>>): WellLine['reasons'] {
  return Object.entries(reasons)
    .map(([reason, count]) => ({ text: reasonText(reason), count }))
    .sort((a, b) => b.count - a.count)
}

export const HOLE_WORDS = { late: 'late', missing: 'missing' } as const

/** `2 late`, `1 late, 3 missing`; empty for a well without a hole. */
export function holeText({ late, missing }: Pick<WellLine, 'late' | 'missing'>): string {
  const parts = [late > 0 ? `${late} late` : '', missing > 0 ? `${missing} missing` : '']
  return parts.filter(part => part !== '').join(', ')
}

/** `fail`, `pass, no objects`. */
export function stateText({ state, empty }: Pick<WellLine, 'state' | 'empty'>): string {
  return empty ? `${WELL_WORDS[state]}, no objects` : WELL_WORDS[state]
}

/** `5 of 6 images`, `6 images`, `none of 6 images`. */
export function imagesText({
  here,
  arrived,
  expected,
}: Pick<WellLine, 'here' | 'arrived' | 'expected'>): string {
  if (expected === null || (arrived >= expected && arrived > 0)) return countText(here, 'image')
  return `${arrived === 0 ? 'none' : arrived} of ${countText(expected, 'image')}`
}

/** `out of focus in 2, saturated in 1`; empty where there is no reason. */
export function reasonsText({ reasons }: Pick<WellLine, 'reasons'>): string {
  return reasons.map(({ text, count }) => `${text} in ${count}`).join(', ')
}

export interface SelectionSummary {
  readonly wells: number
  /** Wells by how they stand, worst first; only what there is. */
  readonly states: readonly { readonly state: WellState; readonly count: number }[]
  /** Wells that have a number. */
  readonly count: number
  /** Of the numbers that colours show; NaN for none, the deviation also for one. */
  readonly mean: number
  readonly deviation: number
  /** Null where none was looked for in any of them. */
  readonly objects: number | null
}

export function summarise(lines: readonly WellLine[]): SelectionSummary {
  const values = lines.map(({ shown }) => shown).filter(Number.isFinite)
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  const counted = lines.filter(({ objects }) => objects !== null)
  return {
    wells: lines.length,
    states: WELL_STATES.toReversed()
      .map(state => ({ state, count: lines.filter(line => line.state === state).length }))
      .filter(({ count }) => count > 0),
    count: values.length,
    mean,
    deviation: values.length > 1 ? Math.sqrt(squares / (values.length - 1)) : NaN,
    objects: counted.length === 0 ? null : counted.reduce((sum, { objects }) => sum + objects!, 0),
  }
}

/** Fields with an image that took the place of an earlier one. */
export function countImagedAgain(fields: readonly FieldRow[]): number {
  return fields.filter(({ planes }) => planes.some(({ supersedes }) => supersedes !== null)).length
}

/** The field to look at first: the one with the worst image, and that image. */
export function worstOf(
  fields: readonly FieldRow[],
): { readonly field: FieldRow; readonly plane: PlaneRow | null } | null {
  for (const state of STATES_WORST_FIRST) {
    for (const field of fields) {
      const plane = field.planes.find(row => row.state === state && row.supersededBy === null)
      if (plane !== undefined) return { field, plane: state === 'pass' ? null : plane }
    }
  }
  return fields[0] === undefined ? null : { field: fields[0], plane: null }
}
