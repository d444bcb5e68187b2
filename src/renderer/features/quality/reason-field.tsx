import { useId } from 'react'
import { classNames } from '../../ui/class-names.ts'
import field from '../../ui/field.module.css'

interface ReasonFieldProps {
  readonly value: string
  readonly onChange: (value: string) => void
}

/** Why somebody changes how plates are judged; the record keeps it. */
export function ReasonField({ value, onChange }: ReasonFieldProps) {
  const id = useId()
  return (
    <span className={classNames(field['field'], field['stacked'])}>
      <label className={field['label']} htmlFor={id}>
        Why
      </label>
      <input
        id={id}
        type="text"
        className={field['control']}
        value={value}
        maxLength={500}
        placeholder="The record keeps it"
        onChange={event => onChange(event.target.value)}
      />
    </span>
  )
}
