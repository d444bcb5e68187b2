import type { Virtualizer } from '@tanstack/react-virtual'
import css from './table.module.css'

interface RowGapProps {
  /** In CSS pixels. */
  readonly height: number
  /** Of the table. */
  readonly columns: number
}

/** Stands for the rows of a table that are out of sight and do not exist. */
export function RowGap({ height, columns }: RowGapProps) {
  if (height <= 0) return null
  return (
    <tr aria-hidden="true">
      <td colSpan={columns} className={css['gap']} style={{ height }} />
    </tr>
  )
}

/** Heights of what is out of sight before and after the rows that exist, in CSS pixels. */
export function gapsOf(rows: Virtualizer<HTMLDivElement, Element>): {
  readonly before: number
  readonly after: number
} {
  const items = rows.getVirtualItems()
  return {
    before: items[0]?.start ?? 0,
    after: rows.getTotalSize() - (items.at(-1)?.end ?? 0),
  }
}
