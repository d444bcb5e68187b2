import { colourIndex, type ColourScale } from './colour-scale.ts'
import { marginMeans } from './margin-means.ts'
import { countNotPassed, WELL_STATES, wellStanding, type WellCounts } from './well-state.ts'

/** Everything that is drawn of a plate, but where and in what colours: arrays go row by row. */
export interface PlateScene {
  readonly rows: number
  readonly columns: number
  /** Places in WELL_STATES. */
  readonly states: Uint8Array
  /** Planes like the worst one, 0 to 1. */
  readonly shares: Float32Array
  /** Planes here of those expected, 0 to 1; NaN where nobody promised a number. */
  readonly progress: Float32Array
  /** 1 where a well was imaged, looked at, and has no objects. */
  readonly empty: Uint8Array
  /** Places in HOLES: whether planes of a well are late or missing. */
  readonly holes: Uint8Array
  /** A letter where the platemap has a control, else empty. */
  readonly controls: readonly string[]
  readonly paint: ScenePaint
}

/** What the colour of a well says. */
export type ScenePaint =
  | {
      readonly kind: 'verdict'
      /** Share of judged planes that do not pass, 0 to 1, mean over wells; NaN for nothing judged. */
      readonly rowShares: Float64Array
      readonly columnShares: Float64Array
    }
  | {
      readonly kind: 'values'
      readonly values: Float64Array
      /** Places of colours among 256, -1 for no value. */
      readonly colours: Int16Array
      readonly rowColours: Int16Array
      readonly columnColours: Int16Array
    }
  /** `places` are -1 where the platemap says nothing. */
  | { readonly kind: 'categories'; readonly places: Int16Array }

export interface SceneWell extends WellCounts {
  readonly row: number
  readonly column: number
}

export type Colouring =
  | { readonly kind: 'verdict' }
  | {
      readonly kind: 'values'
      readonly values: Float64Array
      readonly scale: ColourScale | null
    }
  | { readonly kind: 'categories'; readonly places: Int16Array }

export interface SceneInput {
  readonly rows: number
  readonly columns: number
  readonly wells: readonly SceneWell[]
  readonly colouring: Colouring
  readonly controls: ReadonlyMap<number, string>
  /** By the place of the well, row by row; none where nothing is known. */
  readonly holes?: ReadonlyMap<number, Hole>
}

/** What a hole in a well is, from none to worst. */
export const HOLES = ['none', 'late', 'missing'] as const
export type Hole = (typeof HOLES)[number]

export function plateScene(input: SceneInput): PlateScene {
  const { rows, columns, wells, colouring, controls, holes } = input
  const count = rows * columns
  const scene = {
    states: new Uint8Array(count),
    shares: new Float32Array(count).fill(1),
    progress: new Float32Array(count).fill(NaN),
    empty: new Uint8Array(count),
    holes: Uint8Array.from({ length: count }, (_, i) => HOLES.indexOf(holes?.get(i) ?? 'none')),
  }
  for (const well of wells) {
    const i = well.row * columns + well.column
    const { state, share, progress, empty } = wellStanding(well)
    scene.states[i] = WELL_STATES.indexOf(state)
    scene.shares[i] = share
    scene.progress[i] = progress ?? NaN
    scene.empty[i] = empty ? 1 : 0
  }
  return Object.freeze({
    rows,
    columns,
    ...scene,
    controls: Array.from({ length: count }, (_, i) => controls.get(i) ?? ''),
    paint: paintOf(colouring, wells, count, columns),
  })
}

function paintOf(
  colouring: Colouring,
  wells: readonly SceneWell[],
  count: number,
  columns: number,
): ScenePaint {
  switch (colouring.kind) {
    case 'verdict': {
      const means = marginMeans(flaggedShares(wells, count, columns), columns)
      return { kind: 'verdict', rowShares: means.rows, columnShares: means.columns }
    }
    case 'values': {
      const { values, scale } = colouring
      const means = marginMeans(values, columns)
      return {
        kind: 'values',
        values,
        colours: coloursOf(values, scale),
        rowColours: coloursOf(means.rows, scale),
        columnColours: coloursOf(means.columns, scale),
      }
    }
    case 'categories':
      return { kind: 'categories', places: colouring.places }
  }
}

/** What does not pass of what was judged, well by well; NaN where nothing was. */
function flaggedShares(wells: readonly SceneWell[], count: number, columns: number): Float64Array {
  const shares = new Float64Array(count).fill(NaN)
  for (const { row, column, states } of wells) {
    const flagged = countNotPassed(states)
    shares[row * columns + column] = flagged / (flagged + states.pass)
  }
  return shares
}

function coloursOf(values: Float64Array, scale: ColourScale | null): Int16Array {
  if (scale === null) return new Int16Array(values.length).fill(-1)
  return Int16Array.from(values, value => colourIndex(scale, value))
}
