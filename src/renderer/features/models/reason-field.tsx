import { useId } from 'react'
import { classNames } from '../../ui/class-names.ts'
import field from '../../ui/field.module.css'
import css from './change-dialog.module.css'

interface ReasonFieldProps {
  readonly value: string
  readonly onChange: (value: string) => void
  readonly onEnter: () => void
}

/** Why a network is brought into another state. */
export function ReasonField({ value, onChange, onEnter }: ReasonFieldProps) {
  const id = useId()
  return (
    <span className={classNames(field['field'], field['stacked'])}>
      <label className={field['label']} htmlFor={id}>
        Why
      </label>
      <input
        id={id}
        type="text"
        className={classNames(field['control'], css['wide'])}
        value={value}
        maxLength={500}
        required
        onChange={event => onChange(event.target.value)}
        onKeyDown={event => {
          if (event.key === 'Enter' && !event.nativeEvent.isComposing) onEnter()
        }}
      />
    </span>
  )
}
