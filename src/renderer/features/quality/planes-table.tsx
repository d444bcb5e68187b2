import { useVirtualizer } from '@tanstack/react-virtual'
import { useRef, useState, type CSSProperties, type KeyboardEvent } from 'react'
import type { MetricName } from '#core/quality/metrics.ts'
import { metricText, numberText, reasonText } from '#core/quality/rule-text.ts'
import { momentText, recentText } from '../../lib/moment-text.ts'
import { SortButton } from '../../ui/sort-button.tsx'
import { VerdictMark } from '../../ui/verdict-mark.tsx'
import { planeName, type JudgedTable } from './judged-table.ts'
import css from './planes-table.module.css'
import type { Selection } from './selection.ts'
import type { SortKey } from './selected-rows.ts'

interface PlanesTableProps {
  readonly table: JudgedTable
  /** In the order of the selection. */
  readonly rows: Int32Array
  readonly metrics: readonly MetricName[]
  readonly sort: Selection['sort']
  readonly onSort: (key: SortKey) => void
  readonly onOpen: (row: number) => void
}

const ROW_HEIGHT = 26
const NUMBER_WIDTH = 104

/** Planes as rows, only those in sight; arrows move, Enter opens the field. */
export function PlanesTable({ table, rows, metrics, sort, onSort, onOpen }: PlanesTableProps) {
  const scroller = useRef<HTMLDivElement>(null)
  const [active, setActive] = useState(0)
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 12,
  })
  const columns = {
    gridTemplateColumns: `150px 132px 116px 190px repeat(${metrics.length}, minmax(${NUMBER_WIDTH}px, 1fr))`,
    minWidth: 588 + NUMBER_WIDTH * metrics.length,
  }
  const at = Math.min(active, rows.length - 1)

  function move(to: number): void {
    const next = Math.max(0, Math.min(rows.length - 1, to))
    setActive(next)
    virtual.scrollToIndex(next)
  }

  function onKeyDown(event: KeyboardEvent): void {
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / ROW_HEIGHT) - 2)
    const moves: Partial<Record<string, number>> = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      PageDown: at + page,
      PageUp: at - page,
      Home: 0,
      End: rows.length - 1,
    }
    const to = moves[event.key]
    if (to !== undefined) {
      event.preventDefault()
      move(to)
    } else if (event.key === 'Enter' && event.target === event.currentTarget) {
      const row = rows[at]
      if (row !== undefined) onOpen(row)
    }
  }

  return (
    <div
      ref={scroller}
      className={css['scroller']}
      role="grid"
      aria-label="Planes"
      aria-rowcount={rows.length + 1}
      aria-colcount={4 + metrics.length}
      aria-activedescendant={rows.length === 0 ? undefined : `plane-row-${at}`}
      tabIndex={0}
      onKeyDown={onKeyDown}
    >
      <div className={css['head']} role="row" aria-rowindex={1} style={columns}>
        <Heading text="Plane" column="place" {...{ sort, onSort }} />
        <Heading text="Judged" column="judged" {...{ sort, onSort }} />
        <Heading text="Verdict" column="state" {...{ sort, onSort }} />
        <span role="columnheader">Reasons</span>
        {metrics.map(metric => (
          <Heading
            key={metric}
            text={metricText(metric).name}
            column={metric}
            number
            {...{ sort, onSort }}
          />
        ))}
      </div>
      <div className={css['body']} role="rowgroup" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, start }) => (
          <PlaneLine
            key={index}
            table={table}
            row={rows[index]!}
            index={index}
            metrics={metrics}
            active={index === at}
            onOpen={onOpen}
            style={{ ...columns, transform: `translateY(${start}px)` }}
          />
        ))}
      </div>
    </div>
  )
}

interface HeadingProps {
  readonly text: string
  readonly column: SortKey
  readonly sort: Selection['sort']
  readonly onSort: (key: SortKey) => void
  readonly number?: boolean
}

function Heading({ text, column, sort, onSort, number = false }: HeadingProps) {
  const order = sort.descending ? 'descending' : 'ascending'
  const direction = sort.key === column ? order : null
  return (
    <span
      role="columnheader"
      aria-sort={direction ?? 'none'}
      className={number ? css['number'] : ''}
    >
      <SortButton title={text} direction={direction} onSort={() => onSort(column)} />
    </span>
  )
}

interface PlaneLineProps {
  readonly table: JudgedTable
  readonly row: number
  readonly index: number
  readonly metrics: readonly MetricName[]
  readonly active: boolean
  readonly onOpen: (row: number) => void
  readonly style: CSSProperties
}

function PlaneLine({ table, row, index, metrics, active, onOpen, style }: PlaneLineProps) {
  const reasons = table.reasons[row]!
  return (
    <div
      id={`plane-row-${index}`}
      className={css['row']}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={active}
      style={style}
      onClick={() => onOpen(row)}
    >
      <span role="gridcell">{planeName(table, row)}</span>
      <span role="gridcell" title={momentText(table.judgedAt[row]!)}>
        {recentText(table.judgedAt[row]!)}
      </span>
      <span role="gridcell">
        <VerdictMark state={table.state[row]!} />
      </span>
      <span role="gridcell" className={css['reasons']}>
        {reasons === '' ? '' : reasons.split(',').map(reasonText).join(', ')}
      </span>
      {metrics.map(metric => {
        const value = table.metrics[metric]?.[row] ?? NaN
        return (
          <span key={metric} role="gridcell" className={css['number']}>
            {Number.isNaN(value) ? '–' : numberText(value)}
          </span>
        )
      })}
    </div>
  )
}
