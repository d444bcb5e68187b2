import type { ModelChange } from '#contract/models.ts'
import { recentText } from '../../lib/moment-text.ts'
import { ColumnHead } from '../../ui/column-head.tsx'
import table from '../../ui/table.module.css'
import css from './history-table.module.css'
import { StateMark } from './marks.tsx'

/** Every state that a network was brought into, newest first, and why. */
export function HistoryTable({ history }: { readonly history: readonly ModelChange[] }) {
  return (
    <table className={table['table']}>
      <thead>
        <tr>
          <ColumnHead>Became</ColumnHead>
          <ColumnHead>Why</ColumnHead>
          <ColumnHead>By</ColumnHead>
          <ColumnHead>When</ColumnHead>
        </tr>
      </thead>
      <tbody>
        {history.map(({ state, reason, by, at }, i) => (
          <tr key={i}>
            <td>
              <StateMark state={state} />
            </td>
            <td className={css['reason']}>{reason}</td>
            <td>{by}</td>
            <td className={css['when']}>{recentText(at)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
