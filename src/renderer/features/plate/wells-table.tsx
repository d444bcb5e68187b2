import { useVirtualizer } from '@tanstack/react-virtual'
import { useMemo, useRef, useState } from 'react'
import { countNotPassed } from '#core/plate/well-state.ts'
import { classNames } from '../../ui/class-names.ts'
import { Check } from '../../ui/check.tsx'
import { ColumnHead, SortableHead } from '../../ui/column-head.tsx'
import { gapsOf, RowGap } from '../../ui/row-gap.tsx'
import table from '../../ui/table.module.css'
import type { Figures } from './figures.ts'
import { sortLines, type SortKey, type Sorting } from './sort-lines.ts'
import { knownText, StateMark } from './well-card.tsx'
import { imagesText, reasonsText, type WellLine } from './well-lines.ts'
import css from './wells-table.module.css'

interface WellsTableProps {
  readonly lines: readonly WellLine[]
  readonly name: string
  readonly headings: Figures['headings']
  readonly selected: ReadonlySet<number>
  readonly onSelect: (well: number) => void
  readonly onOpen: (well: number) => void
}

interface Column {
  readonly key: SortKey | null
  readonly title: string
  readonly number: boolean
}

const ROW = 29

/** The wells of a plate as a table: what the picture says, in words and numbers. */
export function WellsTable(props: WellsTableProps) {
  const { lines, name, headings, selected, onSelect, onOpen } = props
  const [sorting, setSorting] = useState<Sorting>({ key: 'well', descending: false })
  const [imagedOnly, setImagedOnly] = useState(true)
  const scroller = useRef<HTMLDivElement>(null)
  const shown = useMemo(() => {
    const kept = imagedOnly ? lines.filter(({ state }) => state !== 'not-imaged') : lines
    return sortLines(kept, sorting)
  }, [lines, sorting, imagedOnly])
  const virtual = useVirtualizer({
    count: shown.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 20,
  })
  const items = virtual.getVirtualItems()
  const { before, after } = gapsOf(virtual)
  const columns = columnsOf(headings)
  const unimaged = lines.filter(({ state }) => state === 'not-imaged').length

  return (
    <>
      {unimaged === 0 ? null : (
        <Check
          label={`Show the ${unimaged} wells that were not imaged`}
          checked={!imagedOnly}
          onChange={all => setImagedOnly(!all)}
        />
      )}
      <div ref={scroller} className={css['scroller']} tabIndex={0} role="region" aria-label={name}>
        <table className={table['table']} aria-rowcount={shown.length + 1}>
          <caption className="heard">{`Wells of ${name}`}</caption>
          <thead>
            <tr aria-rowindex={1}>
              {columns.map(column => (
                <Head
                  key={column.title}
                  column={column}
                  sorting={sorting}
                  onSort={key =>
                    setSorting(({ key: last, descending }) => ({
                      key,
                      descending: key === last ? !descending : key !== 'well',
                    }))
                  }
                />
              ))}
            </tr>
          </thead>
          <tbody>
            <RowGap height={before} columns={columns.length} />
            {items.map(item => {
              const line = shown[item.index]!
              return (
                <Row
                  key={line.well}
                  line={line}
                  place={item.index + 2}
                  numbers={[
                    ...(headings.value === null ? [] : [line.value]),
                    ...(headings.shown === null ? [] : [line.shown]),
                  ]}
                  selected={selected.has(line.index)}
                  onSelect={onSelect}
                  onOpen={onOpen}
                />
              )
            })}
            <RowGap height={after} columns={columns.length} />
          </tbody>
        </table>
      </div>
    </>
  )
}

function notPassedText({ states }: WellLine): string {
  const count = countNotPassed(states)
  return count === 0 ? '' : String(count)
}

function columnsOf({ shown, value }: Figures['headings']): readonly Column[] {
  return [
    { key: 'well', title: 'Well', number: false },
    { key: 'state', title: 'State', number: false },
    { key: 'images', title: 'Images', number: true },
    { key: 'flagged', title: 'Not passed', number: true },
    { key: null, title: 'Why', number: false },
    { key: 'objects', title: 'Objects', number: true },
    ...(value === null ? [] : [{ key: 'value' as const, title: value, number: true }]),
    ...(shown === null ? [] : [{ key: 'shown' as const, title: shown, number: true }]),
    { key: null, title: 'Control', number: false },
  ]
}

interface HeadProps {
  readonly column: Column
  readonly sorting: Sorting
  readonly onSort: (key: SortKey) => void
}

function Head({ column: { key, title, number }, sorting, onSort }: HeadProps) {
  if (key === null) return <ColumnHead number={number}>{title}</ColumnHead>
  const direction = sorting.descending ? 'descending' : 'ascending'
  return (
    <SortableHead
      title={title}
      number={number}
      direction={sorting.key === key ? direction : null}
      onSort={() => onSort(key)}
    />
  )
}

interface RowProps {
  readonly line: WellLine
  /** Among all rows of the table, the head being the first. */
  readonly place: number
  readonly numbers: readonly number[]
  readonly selected: boolean
  readonly onSelect: (well: number) => void
  readonly onOpen: (well: number) => void
}

function Row({ line, place, numbers, selected, onSelect, onOpen }: RowProps) {
  return (
    <tr
      className={classNames(css['row'], selected && css['selected'])}
      aria-rowindex={place}
      onDoubleClick={() => onOpen(line.index)}
    >
      <td>
        <button
          type="button"
          className={css['well']}
          aria-pressed={selected}
          onClick={() => onSelect(line.index)}
        >
          {line.well}
        </button>
      </td>
      <td>
        <StateMark line={line} />
      </td>
      <td className={table['number']}>{line.state === 'not-imaged' ? '' : imagesText(line)}</td>
      <td className={table['number']}>{notPassedText(line)}</td>
      <td className={css['why']} title={reasonsText(line)}>
        {reasonsText(line)}
      </td>
      <td className={table['number']}>{line.objects ?? ''}</td>
      {numbers.map((value, i) => (
        <td key={i} className={table['number']}>
          {Number.isNaN(value) ? '' : knownText(value)}
        </td>
      ))}
      <td>{line.control}</td>
    </tr>
  )
}
