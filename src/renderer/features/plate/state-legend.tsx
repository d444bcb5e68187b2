import { useLayoutEffect, useRef } from 'react'
import { controlLetter } from '#core/plate/layout-column.ts'
import { drawEntry, LEGEND_ENTRIES, SWATCH, type LegendEntry } from './legend-entries.ts'
import css from './legend.module.css'
import { useSkin } from './skin.ts'
import { contextOf } from './use-canvas-size.ts'
import type { WellLine } from './well-lines.ts'

interface StateLegendProps {
  /** The wells of every plate on screen. */
  readonly lines: readonly WellLine[]
}

/** How wells look by how they stand, and how many there are of each. */
export function StateLegend({ lines }: StateLegendProps) {
  return (
    <>
      <ul className={css['states']}>
        {LEGEND_ENTRIES.map(entry => (
          <li key={entry.key} className={css['state']}>
            <Swatch entry={entry} />
            <span>{entry.text}</span>
            <span className={css['count']}>
              {lines.filter(line => matches(line, entry)).length}
            </span>
          </li>
        ))}
      </ul>
      <p className={css['quiet']}>
        A well shows its worst image; the bar below its mark says how many are like it.
      </p>
      <Controls lines={lines} />
    </>
  )
}

/** What the letters, or the corners of small wells, stand for. */
function Controls({ lines }: StateLegendProps) {
  const names = [...new Set(lines.map(({ control }) => control))]
    .filter(control => controlLetter(control) !== '')
    .sort()
  if (names.length === 0) return null
  return (
    <ul className={css['states']} aria-label="Controls">
      {names.map(name => (
        <li key={name} className={css['state']}>
          <strong className={css['letter']}>{controlLetter(name)}</strong>
          <span className={css['name']}>{name}</span>
          <span className={css['count']}>
            {lines.filter(({ control }) => control === name).length}
          </span>
        </li>
      ))}
    </ul>
  )
}

function matches(line: WellLine, { key }: LegendEntry): boolean {
  if (key === 'late') return line.late > 0
  if (key === 'hole') return line.missing > 0
  return key === 'empty' ? line.empty : line.state === key
}

function Swatch({ entry }: { readonly entry: LegendEntry }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const skin = useSkin()
  useLayoutEffect(() => {
    const size = { width: SWATCH, height: SWATCH, ratio: window.devicePixelRatio }
    const context = contextOf(canvas.current!, size)
    context.clearRect(0, 0, SWATCH, SWATCH)
    drawEntry(context, entry, skin, 0, 0)
  }, [entry, skin])
  return <canvas ref={canvas} className={css['swatch']} aria-hidden="true" />
}
