import type { ReactNode } from 'react'
import { SortButton, type Direction } from './sort-button.tsx'
import css from './table.module.css'

interface ColumnHeadProps {
  readonly children: ReactNode
  /** Of figures, which stand below each other by their last digit. */
  readonly number?: boolean
}

/** The head of a column of a table. */
export function ColumnHead({ children, number = false }: ColumnHeadProps) {
  return (
    <th scope="col" className={number ? css['number'] : undefined}>
      {children}
    </th>
  )
}

interface SortableHeadProps {
  readonly title: string
  readonly number?: boolean
  /** Null where the rows are sorted by another column. */
  readonly direction: Direction | null
  readonly onSort: () => void
}

/** The head of a column by which rows can be sorted. */
export function SortableHead({ title, number = false, direction, onSort }: SortableHeadProps) {
  return (
    <th scope="col" className={number ? css['number'] : undefined} aria-sort={direction ?? 'none'}>
      <SortButton title={title} direction={direction} onSort={onSort} />
    </th>
  )
}
