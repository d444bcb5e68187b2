import type { EvaluationTable } from '#contract/models.ts'
import { ColumnHead } from '../../ui/column-head.tsx'
import table from '../../ui/table.module.css'
import css from './evaluation-tables.module.css'
import { ROLE_WORDS, valueText } from './model-words.ts'

/** How well a network did, as its package says: a table a data set, a row a factor. */
export function EvaluationTables({ tables }: { readonly tables: readonly EvaluationTable[] }) {
  return (
    <div className={css['tables']}>
      {tables.map(({ dataset, role, metrics, rows }, i) => (
        <div
          key={i}
          className={css['scroll']}
          tabIndex={0}
          role="region"
          aria-label={`Evaluation on ${dataset}`}
        >
          <table className={table['table']}>
            <caption className={css['caption']}>
              {dataset} <span className={css['quiet']}>{ROLE_WORDS[role]}</span>
            </caption>
            <thead>
              <tr>
                <ColumnHead>
                  <span className="heard">Group</span>
                </ColumnHead>
                {metrics.map(metric => (
                  <ColumnHead key={metric} number>
                    {metric}
                  </ColumnHead>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map(({ factor, values }, row) => (
                <tr key={row}>
                  <td>{factor}</td>
                  {metrics.map((metric, column) => (
                    <td key={metric} className={table['number']}>
                      {values[column] === undefined ? '–' : valueText(values[column])}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ))}
    </div>
  )
}
