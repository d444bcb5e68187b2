import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useMemo, useRef, useState } from 'react'
import type { ObjectColumns } from '#contract/fields.ts'
import { numberText } from '#core/quality/rule-text.ts'
import { classNames } from '../../ui/class-names.ts'
import { SortableHead } from '../../ui/column-head.tsx'
import { gapsOf, RowGap } from '../../ui/row-gap.tsx'
import type { Direction } from '../../ui/sort-button.tsx'
import table from '../../ui/table.module.css'
import { nextOrder, sortedObjects, type ObjectOrder } from './object-order.ts'
import css from './object-table.module.css'
import { measureText } from './measure-text.ts'

interface ObjectTableProps {
  readonly objects: ObjectColumns
  /** 0 for none. */
  readonly selected: number
  readonly onSelect: (label: number) => void
}

const ROW = 28
/** Beyond those in sight, so that a held arrow key always finds its row. */
const OVERSCAN = 8

/** Every object with every measure: what the outlines show, for eyes, ears and keys. */
export function ObjectTable({ objects, selected, onSelect }: ObjectTableProps) {
  const [order, setOrder] = useState<ObjectOrder>({ column: null, descending: false })
  const scroll = useRef<HTMLDivElement>(null)
  const rows = useMemo(() => sortedObjects(objects, order), [objects, order])
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => ROW,
    overscan: OVERSCAN,
  })
  const at = rows.indexOf(selected - 1)
  useEffect(() => {
    if (at >= 0) virtual.scrollToIndex(at)
  }, [at, virtual])
  const items = virtual.getVirtualItems()
  const { before, after } = gapsOf(virtual)
  const columns = [null, ...objects.columns.map(({ name }) => name)]

  return (
    <div
      ref={scroll}
      className={css['scroll']}
      tabIndex={0}
      role="region"
      aria-label="Objects of this field"
    >
      <table className={classNames(table['table'], css['table'])} aria-rowcount={rows.length + 1}>
        <thead>
          <tr>
            {columns.map(name => (
              <SortableHead
                key={name ?? ''}
                title={name === null ? 'Object' : measureText(name)}
                number={name !== null}
                direction={directionOf(order, name)}
                onSort={() => setOrder(nextOrder(order, name))}
              />
            ))}
          </tr>
        </thead>
        <tbody>
          <RowGap height={before} columns={columns.length} />
          {items.map(({ index, key }) => {
            const row = rows[index]!
            const label = row + 1
            return (
              <tr key={key} aria-rowindex={index + 2} data-chosen={label === selected}>
                <th scope="row">
                  <button
                    type="button"
                    className={css['object']}
                    aria-pressed={label === selected}
                    onClick={() => onSelect(label)}
                  >
                    {label}
                  </button>
                </th>
                {objects.columns.map(({ name, values }) => (
                  <td key={name} className={table['number']}>
                    {valueText(values[row])}
                  </td>
                ))}
              </tr>
            )
          })}
          <RowGap height={after} columns={columns.length} />
        </tbody>
      </table>
    </div>
  )
}

function directionOf(order: ObjectOrder, column: string | null): Direction | null {
  if (order.column !== column) return null
  return order.descending ? 'descending' : 'ascending'
}

function valueText(value: number | null | undefined): string {
  return value === null || value === undefined ? '–' : numberText(value)
}
