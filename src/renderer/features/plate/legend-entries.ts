import { NO_COUNTS } from '#contract/plates.ts'
import { COLOUR_MAPS } from '#core/plate/colour-maps.ts'
import { plateScene, type Hole, type SceneWell } from '#core/plate/plate-scene.ts'
import { drawWells } from './draw-wells.ts'
import type { PlateFrame } from './plate-frame.ts'
import type { Skin } from './skin.ts'
import { HOLE_WORDS, WELL_WORDS, type WellLine } from './well-lines.ts'

export interface LegendEntry {
  readonly key: WellLine['state'] | 'empty' | 'late' | 'hole'
  readonly text: string
  /** A well that looks like it; null for one that was not imaged. */
  readonly well: Omit<SceneWell, 'row' | 'column'> | null
  readonly hole?: Hole
}

const two = { expected: 2, objects: 9 }

/** Every look of a well, best first. */
export const LEGEND_ENTRIES: readonly LegendEntry[] = [
  { key: 'pass', text: WELL_WORDS.pass, well: { ...two, states: { ...NO_COUNTS, pass: 2 } } },
  {
    key: 'cannot-judge',
    text: WELL_WORDS['cannot-judge'],
    well: { ...two, states: { ...NO_COUNTS, 'cannot-judge': 2 } },
  },
  { key: 'fail', text: WELL_WORDS.fail, well: { ...two, states: { ...NO_COUNTS, fail: 2 } } },
  {
    key: 'unreadable',
    text: WELL_WORDS.unreadable,
    well: { ...two, states: { ...NO_COUNTS, unreadable: 2 } },
  },
  {
    key: 'empty',
    text: 'no objects',
    well: { ...two, objects: 0, states: { ...NO_COUNTS, pass: 2 } },
  },
  {
    key: 'waiting',
    text: WELL_WORDS.waiting,
    well: { ...two, objects: null, states: { ...NO_COUNTS, waiting: 2 } },
  },
  {
    key: 'incomplete',
    text: WELL_WORDS.incomplete,
    well: { ...two, objects: null, states: { ...NO_COUNTS, pass: 1 } },
  },
  { key: 'missing', text: WELL_WORDS.missing, well: { ...two, objects: null, states: NO_COUNTS } },
  {
    key: 'late',
    text: HOLE_WORDS.late,
    well: { ...two, objects: null, states: { ...NO_COUNTS, pass: 1 } },
    hole: 'late',
  },
  {
    key: 'hole',
    text: HOLE_WORDS.missing,
    well: { ...two, objects: null, states: { ...NO_COUNTS, pass: 1 } },
    hole: 'missing',
  },
  { key: 'not-imaged', text: WELL_WORDS['not-imaged'], well: null },
]

export const SWATCH = 16

/** Draws an entry by what draws plates, so that a legend cannot differ from them. */
export function drawEntry(
  context: CanvasRenderingContext2D,
  { well, hole = 'none' }: LegendEntry,
  skin: Skin,
  left: number,
  top: number,
): void {
  const scene = plateScene({
    rows: 1,
    columns: 1,
    wells: well === null ? [] : [{ row: 0, column: 0, ...well }],
    colouring: { kind: 'verdict' },
    controls: new Map(),
    holes: new Map([[0, hole]]),
  })
  const frame: PlateFrame = {
    width: SWATCH,
    height: SWATCH,
    grid: { rows: 1, columns: 1, wellSize: SWATCH, gap: 0 },
    left,
    top,
    marginLeft: left + SWATCH,
    marginTop: top + SWATCH,
    margin: 0,
  }
  drawWells(context, scene, frame, skin, { map: COLOUR_MAPS[0]!, marks: true, atlas: null })
}
