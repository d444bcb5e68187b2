import css from './sort-button.module.css'

export type Direction = 'ascending' | 'descending'

interface SortButtonProps {
  readonly title: string
  /** Null where the rows are sorted by another column. */
  readonly direction: Direction | null
  readonly onSort: () => void
}

/** What a column is called, to sort its rows by. */
export function SortButton({ title, direction, onSort }: SortButtonProps) {
  const arrow = direction === null ? '' : direction === 'descending' ? ' ▾' : ' ▴'
  return (
    <button type="button" className={css['sort']} onClick={onSort}>
      {title}
      <span aria-hidden="true">{arrow}</span>
    </button>
  )
}
