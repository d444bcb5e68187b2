import type { PlateDetails } from '#contract/plates.ts'
import { metricText } from '#core/quality/rule-text.ts'
import { colourMapOf, type ColourMap } from '#core/plate/colour-maps.ts'
import { scaleFor, type ColourScale } from '#core/plate/colour-scale.ts'
import {
  controlLetter,
  labelOf,
  layoutColumn,
  type LayoutColumn,
} from '#core/plate/layout-column.ts'
import { plateScene, type Colouring, type Hole, type PlateScene } from '#core/plate/plate-scene.ts'
import { robustZ } from '#core/plate/robust-z.ts'
import { wellIndex } from '#core/plate/grid.ts'
import { arrivedOf } from '#core/plate/well-state.ts'
import { parseWell } from '#core/plate/well.ts'
import { hasScores, quantityKey, type ColourBy, type Look } from './look.ts'
import type { OpenPlate } from './plate-state.ts'

/** Plates ready to be drawn, on one scale. */
export interface Figures {
  readonly title: string
  /** Headings of the numbers beyond the count of objects, which every well has: shown, and as they were before scores. */
  readonly headings: { readonly shown: string | null; readonly value: string | null }
  /** Null where colours are no numbers. */
  readonly scale: ColourScale | null
  readonly map: ColourMap
  /** Null where colours are no categories. */
  readonly categories: readonly string[] | null
  readonly plates: readonly PlateFigures[]
}

export interface PlateFigures {
  readonly plate: OpenPlate
  readonly scene: PlateScene
  /** The numbers that the colours show, row by row; NaN where there is none. */
  readonly shown: Float64Array | null
  /** The same before they became scores. */
  readonly values: Float64Array | null
  /** Whether the numbers asked for are still on their way. */
  readonly pending: boolean
}

/** How plates look: everything that is computed of them, none of what somebody points at. */
export function figuresOf(plates: readonly OpenPlate[], look: Look): Figures {
  const scored = look.scores && hasScores(look)
  const column = columnOf(plates, look.colourBy)
  const numbers = plates.map(plate => numbersOf(plate, look.colourBy, column))
  const shown = numbers.map(values => (values !== null && scored ? robustZ(values) : values))
  const present = shown.filter(values => values !== null)
  const fixed = look.colourBy.kind === 'progress'
  const limits = fixed ? ({ kind: 'fixed', low: 0, high: 100 } as const) : look.limits
  const scale = scaleFor(present, limits, scored)
  return {
    title: colouringTitle(look),
    headings: headingsOf(look, present.length > 0),
    scale,
    map: colourMapOf(scored ? look.diverging : look.sequential),
    categories: column?.kind === 'categories' ? column.names : null,
    plates: plates.map((plate, i) => ({
      plate,
      scene: sceneOf(plate, colouringOf(plate, look.colourBy, column, shown[i]!, scale)),
      shown: shown[i]!,
      values: numbers[i]!,
      pending: isPending(plate, look.colourBy),
    })),
  }
}

function columnOf(plates: readonly OpenPlate[], colourBy: ColourBy): LayoutColumn | null {
  if (colourBy.kind !== 'layout') return null
  return layoutColumn(
    plates.flatMap(({ details }) => details.layout),
    colourBy.column,
  )
}

function numbersOf(
  { details, numbers }: OpenPlate,
  colourBy: ColourBy,
  column: LayoutColumn | null,
): Float64Array | null {
  const values = new Float64Array(details.rows * details.columns).fill(NaN)
  const put = (well: string, value: number | null): void => {
    const i = indexOf(details, well)
    if (i !== null && value !== null) values[i] = value
  }
  switch (colourBy.kind) {
    case 'verdict':
      return null
    case 'progress':
      for (const counts of details.wells) {
        const { well, expected } = counts
        const promised = expected !== null && expected > 0
        put(well, promised ? (100 * arrivedOf(counts)) / expected : null)
      }
      return values
    case 'objects':
      for (const { well, objects } of details.wells) put(well, objects)
      return values
    case 'quantity': {
      if (numbers === null || numbers.key !== quantityKey(colourBy.quantity)) return values
      numbers.values.wells.forEach((well, i) => put(well, numbers.values.values[i] ?? null))
      return values
    }
    case 'layout': {
      if (column?.kind !== 'numbers') return null
      const own = layoutColumn(details.layout, colourBy.column)
      if (own.kind === 'numbers') for (const [well, value] of own.values) put(well, value)
      return values
    }
  }
}

function colouringOf(
  { details }: OpenPlate,
  colourBy: ColourBy,
  column: LayoutColumn | null,
  values: Float64Array | null,
  scale: ColourScale | null,
): Colouring {
  if (values !== null) return { kind: 'values', values, scale }
  if (colourBy.kind !== 'layout' || column?.kind !== 'categories') return { kind: 'verdict' }
  const places = new Int16Array(details.rows * details.columns).fill(-1)
  for (const label of details.layout) {
    const i = indexOf(details, label.well)
    const text = labelOf(label, colourBy.column)
    if (i !== null) places[i] = column.names.indexOf(text)
  }
  return { kind: 'categories', places }
}

function sceneOf(plate: OpenPlate, colouring: Colouring): PlateScene {
  const { details } = plate
  const { rows, columns, wells, layout } = details
  const controls = new Map<number, string>()
  for (const { well, control } of layout) {
    const i = indexOf(details, well)
    const letter = controlLetter(control)
    if (i !== null && letter !== '') controls.set(i, letter)
  }
  const inside = wells.filter(({ row, column }) => row < rows && column < columns)
  const holes = new Map<number, Hole>()
  for (const [i, { missing }] of holesOf(plate)) holes.set(i, missing > 0 ? 'missing' : 'late')
  return plateScene({ rows, columns, wells: inside, colouring, controls, holes })
}

/** Wells of which images are late or missing, by their places row by row. */
export function holesOf({
  details,
  arrivals,
}: OpenPlate): ReadonlyMap<number, { readonly late: number; readonly missing: number }> {
  if (arrivals.status !== 'known') return new Map()
  return new Map(
    arrivals.completeness.wells.flatMap(({ well, late, missing }) => {
      const i = indexOf(details, well)
      return i === null ? [] : [[i, { late, missing }] as const]
    }),
  )
}

/** Where a well is in arrays of a plate; null for one that the plate does not have. */
export function indexOf(
  plate: Pick<PlateDetails, 'rows' | 'columns'>,
  well: string,
): number | null {
  const position = parseWell(well)
  if (position === null) return null
  const outside = position.row >= plate.rows || position.column >= plate.columns
  return outside ? null : wellIndex(plate.columns, position)
}

function isPending({ numbers, numbersFault }: OpenPlate, colourBy: ColourBy): boolean {
  if (colourBy.kind !== 'quantity' || numbersFault !== null) return false
  return numbers?.key !== quantityKey(colourBy.quantity)
}

function headingsOf(look: Look, numeric: boolean): Figures['headings'] {
  const scored = look.scores && hasScores(look)
  const counted = look.colourBy.kind === 'objects'
  return {
    shown: numeric && (scored || !counted) ? colouringTitle(look) : null,
    value: numeric && scored && !counted ? quantityTitle(look.colourBy) : null,
  }
}

/** What the colours say, as a heading. */
function colouringTitle(look: Look): string {
  const title = quantityTitle(look.colourBy)
  return look.scores && hasScores(look) ? `${title}, robust z` : title
}

export const STATISTIC_WORDS = {
  mean: 'mean',
  median: 'median',
  sum: 'sum',
  sd: 'SD',
  cv: 'CV %',
  min: 'minimum',
  max: 'maximum',
} as const

function quantityTitle(colourBy: ColourBy): string {
  switch (colourBy.kind) {
    case 'verdict':
      return 'Verdict'
    case 'progress':
      return 'Images here of those expected, %'
    case 'objects':
      return 'Objects'
    case 'layout':
      return `Platemap: ${colourBy.column}`
    case 'quantity': {
      const { quantity } = colourBy
      const statistic = STATISTIC_WORDS[quantity.statistic]
      if (quantity.kind === 'measure') return `${quantity.measure}, ${statistic}`
      const { name } = metricText(quantity.metric)
      return `${name[0]!.toUpperCase()}${name.slice(1)} (${quantity.channel}), ${statistic}`
    }
  }
}
