import { useSyncExternalStore } from 'react'
import type { ObjectColumns } from '#contract/fields.ts'
import { numberText } from '#core/quality/rule-text.ts'
import { Panel } from '../../ui/panel.tsx'
import type { LightTable } from './light-table.ts'
import css from './object-row.module.css'
import { measureText } from './measure-text.ts'

interface ObjectRowProps {
  readonly table: LightTable
  readonly objects: ObjectColumns
  /** Shown while the cursor is on no object; 0 for none. */
  readonly selected: number
}

/** The measures of the object under the cursor, or of the one that was chosen. */
export function ObjectRow({ table, objects, selected }: ObjectRowProps) {
  const { reading } = table
  const pointed = useSyncExternalStore(reading.subscribe, () =>
    reading.getSnapshot()?.pane === 0 ? reading.getSnapshot()!.label : 0,
  )
  const label = pointed > 0 ? pointed : selected
  if (label < 1 || label > objects.count) {
    return (
      <Panel title="Object">
        <p className={css['hint']}>
          {objects.count === 0 ? 'No objects were found.' : 'Point at an object, or choose one.'}
        </p>
      </Panel>
    )
  }
  return (
    <Panel title={`Object ${label}`}>
      <dl className={css['measures']}>
        {objects.columns.map(({ name, values }) => {
          const value = values[label - 1] ?? null
          return (
            <div key={name} className={css['measure']}>
              <dt>{measureText(name)}</dt>
              <dd>{value === null ? '–' : numberText(value)}</dd>
            </div>
          )
        })}
      </dl>
    </Panel>
  )
}
