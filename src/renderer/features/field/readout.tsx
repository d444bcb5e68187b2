import { useSyncExternalStore } from 'react'
import { numberText } from '#core/quality/rule-text.ts'
import type { LightTable } from './light-table.ts'
import { mapValueText } from './map-words.ts'
import type { Reading } from './reading.ts'
import css from './readout.module.css'

interface ReadoutProps {
  readonly table: LightTable
  /** What stands in each pane, where there are several. */
  readonly panes: readonly string[]
}

/** Place and values under the cursor. */
export function Readout({ table, panes }: ReadoutProps) {
  const { reading } = table
  const under = useSyncExternalStore(reading.subscribe, reading.getSnapshot)
  if (under === null) {
    return <p className={css['line']}>Point at the image to read its values.</p>
  }
  return (
    <p className={css['line']}>
      {panes.length > 1 ? <span>{panes[under.pane]}</span> : null}
      <span className={css['place']}>{placeText(under)}</span>
      {under.values.map(({ channel, value }) => (
        <span key={channel} className={css['value']}>
          <span className={css['name']}>{channel}</span> {value === null ? '…' : numberText(value)}
        </span>
      ))}
      {under.map === null ? null : (
        <span className={css['value']}>
          <span className={css['name']}>{under.map.name}</span> {mapValueText(under.map.value)}
        </span>
      )}
      {under.label > 0 ? <span>{`Object ${under.label}`}</span> : null}
    </p>
  )
}

export function placeText({ x, y, pixelSize }: Pick<Reading, 'x' | 'y' | 'pixelSize'>): string {
  const pixels = `x ${x}, y ${y} px`
  if (pixelSize === null) return pixels
  return `${pixels} · ${(x * pixelSize).toFixed(1)}, ${(y * pixelSize).toFixed(1)} µm`
}
