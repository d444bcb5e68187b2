import { useDeferredValue, useMemo, useRef, useState } from 'react'
import { METRIC_NAMES } from '#core/quality/metrics.ts'
import { metricText } from '#core/quality/rule-text.ts'
import type { PixelSource } from '../../lib/pixels.ts'
import { Button } from '../../ui/button.tsx'
import { Check } from '../../ui/check.tsx'
import { Panel } from '../../ui/panel.tsx'
import css from './compare-panel.module.css'
import { planeName, type JudgedTable } from './judged-table.ts'
import { ParallelAxes } from './parallel-axes.tsx'
import { PlaneButton } from './plane-button.tsx'
import { PlanesTable } from './planes-table.tsx'
import { brushRows, filterRows, sortRows } from './selected-rows.ts'
import {
  FEWEST_AXES,
  isNarrowed,
  MOST_AXES,
  type Selection,
  type SelectionEvent,
} from './selection.ts'
import { useWidth } from '../../lib/use-width.ts'

interface ComparePanelProps {
  readonly table: JudgedTable
  readonly selection: Selection
  readonly pixels: PixelSource
  readonly onSelect: (event: SelectionEvent) => void
  readonly onOpen: (row: number) => void
}

/** Rows of images at first, and at most. */
const FIRST_ROWS = 2
const MOST_ROWS = 12
/** Least width of an image with the gap after it, in CSS pixels: as in the style sheet, less one gap. */
const THUMBNAIL_STEP = 138

/** Planes by several metrics at once: lines to brush, and what is brushed as images and as a table. */
export function ComparePanel({ table, selection, pixels, onSelect, onOpen }: ComparePanelProps) {
  const { axes, filter, ranges, sort } = selection
  const strip = useRef<HTMLDivElement>(null)
  const [stripRows, setStripRows] = useState(FIRST_ROWS)
  const shown = stripRows * Math.max(1, Math.floor(useWidth(strip) / THUMBNAIL_STEP))
  const rows = useMemo(() => filterRows(table, filter), [table, filter])
  const brushed = useMemo(() => brushRows(table, rows, ranges), [table, rows, ranges])
  // Lines follow the hand; table and images follow when there is time.
  const settled = useDeferredValue(brushed)
  const sorted = useMemo(
    () => sortRows(table, settled, sort.key, sort.descending),
    [table, settled, sort],
  )
  return (
    <Panel
      title="By several metrics"
      actions={
        <span className={css['actions']}>
          <span role="status">
            {brushed.length} of {table.rows.length} planes
          </span>
          <Button disabled={!isNarrowed(selection)} onClick={() => onSelect({ type: 'cleared' })}>
            Show all
          </Button>
        </span>
      }
    >
      <details className={css['choose']}>
        <summary>Choose axes ({axes.length})</summary>
        <div className={css['metrics']} role="group" aria-label="Axes">
          {METRIC_NAMES.map(metric => {
            const chosen = axes.includes(metric)
            return (
              <Check
                key={metric}
                label={metricText(metric).name}
                checked={chosen}
                disabled={chosen ? axes.length <= FEWEST_AXES : axes.length >= MOST_AXES}
                onChange={() => onSelect({ type: 'axis-switched', metric })}
              />
            )
          })}
        </div>
      </details>
      <ParallelAxes
        table={table}
        metrics={axes}
        rows={rows}
        brushed={brushed}
        ranges={ranges}
        onBrush={(metric, range) => onSelect({ type: 'brushed', metric, range })}
      />
      <p className={css['hint']}>
        Drag along an axis to pick planes out, press it to let all through, or type the range below
        it.
      </p>
      <div ref={strip} className={css['strip']}>
        {[...sorted.subarray(0, shown)].map(row => (
          <PlaneButton
            key={table.planeId[row]}
            pixels={pixels}
            planeId={table.planeId[row]!}
            version={table.version[row]!}
            state={table.state[row]!}
            name={planeName(table, row)}
            onOpen={() => onOpen(row)}
          />
        ))}
      </div>
      {sorted.length === 0 ? (
        <p className={css['hint']}>No plane lies within the brushes.</p>
      ) : null}
      {sorted.length > shown && stripRows < MOST_ROWS ? (
        <p className={css['more']}>
          <Button onClick={() => setStripRows(stripRows + FIRST_ROWS)}>More images</Button>
        </p>
      ) : null}
      <PlanesTable
        table={table}
        rows={sorted}
        metrics={axes}
        sort={sort}
        onSort={key => onSelect({ type: 'sorted', key })}
        onOpen={onOpen}
      />
    </Panel>
  )
}
