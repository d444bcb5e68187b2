import { useLayoutEffect, useRef } from 'react'
import { COLOUR_MAPS } from '#core/plate/colour-maps.ts'
import { plateScene, type SceneWell } from '#core/plate/plate-scene.ts'
import { drawWells } from './draw-wells.ts'
import css from './legend.module.css'
import type { PlateFrame } from './plate-frame.ts'
import { contextOf } from './use-canvas-size.ts'
import { useSkin } from './use-skin.ts'
import type { WellLine } from './well-lines.ts'

type LegendKey =
  'pass' | 'cannot-judge' | 'fail' | 'unreadable' | 'empty' | 'waiting' | 'missing' | 'not-imaged'

const none = { waiting: 0, pass: 0, fail: 0, 'cannot-judge': 0, unreadable: 0 }

/** A well that looks like each entry: drawn by what draws plates, so that they cannot differ. */
const ENTRIES: readonly {
  readonly key: LegendKey
  readonly text: string
  readonly counts: Omit<SceneWell, 'row' | 'column'> | null
}[] = [
  { key: 'pass', text: 'pass', counts: { expected: 2, objects: 9, states: { ...none, pass: 2 } } },
  {
    key: 'cannot-judge',
    text: 'cannot judge',
    counts: { expected: 2, objects: 9, states: { ...none, 'cannot-judge': 2 } },
  },
  { key: 'fail', text: 'fail', counts: { expected: 2, objects: 9, states: { ...none, fail: 2 } } },
  {
    key: 'unreadable',
    text: 'unreadable',
    counts: { expected: 2, objects: 9, states: { ...none, unreadable: 2 } },
  },
  {
    key: 'empty',
    text: 'imaged, no objects',
    counts: { expected: 2, objects: 0, states: { ...none, pass: 2 } },
  },
  {
    key: 'waiting',
    text: 'waiting for images',
    counts: { expected: 2, objects: null, states: { ...none, pass: 1 } },
  },
  { key: 'missing', text: 'missing', counts: { expected: 2, objects: null, states: none } },
  { key: 'not-imaged', text: 'not imaged', counts: null },
]

const SIDE = 16
const FRAME: PlateFrame = {
  width: SIDE,
  height: SIDE,
  grid: { rows: 1, columns: 1, wellSize: SIDE, gap: 0 },
  left: 0,
  top: 0,
  marginLeft: SIDE,
  marginTop: SIDE,
  margin: 0,
}

interface StateLegendProps {
  /** The wells of every plate on screen. */
  readonly lines: readonly WellLine[]
}

/** How wells look by how they stand, and how many there are of each. */
export function StateLegend({ lines }: StateLegendProps) {
  return (
    <>
      <ul className={css['states']}>
        {ENTRIES.map(({ key, text, counts }) => (
          <li key={key} className={css['state']}>
            <Swatch counts={counts} />
            <span>{text}</span>
            <span className={css['count']}>{lines.filter(line => matches(line, key)).length}</span>
          </li>
        ))}
      </ul>
      <p className={css['quiet']}>
        A well shows its worst image; the bar below the mark says how many are like it.
      </p>
    </>
  )
}

function matches(line: WellLine, key: LegendKey): boolean {
  return key === 'empty' ? line.empty : line.state === key
}

function Swatch({ counts }: { readonly counts: Omit<SceneWell, 'row' | 'column'> | null }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const skin = useSkin()
  useLayoutEffect(() => {
    const size = { width: SIDE, height: SIDE, ratio: window.devicePixelRatio }
    const context = contextOf(canvas.current!, size)
    const scene = plateScene({
      rows: 1,
      columns: 1,
      wells: counts === null ? [] : [{ row: 0, column: 0, ...counts }],
      colouring: { kind: 'verdict' },
      controls: new Map(),
    })
    context.clearRect(0, 0, SIDE, SIDE)
    drawWells(context, scene, FRAME, skin, { map: COLOUR_MAPS[0]!, marks: true, atlas: null })
  }, [counts, skin])
  return <canvas ref={canvas} className={css['swatch']} aria-hidden="true" />
}
