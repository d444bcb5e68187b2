import { useId } from 'react'
import { classNames } from './class-names.ts'
import css from './field.module.css'

interface Option<Value extends string> {
  readonly value: Value
  readonly text: string
}

interface SelectProps<Value extends string> {
  readonly label: string
  readonly value: Value
  readonly options: readonly Option<Value>[]
  readonly onChange: (value: Value) => void
  /** Label above the control instead of before it. */
  readonly stacked?: boolean
  /** Hides the label from sight; it is still heard. */
  readonly silent?: boolean
  readonly disabled?: boolean
}

export function Select<Value extends string>(props: SelectProps<Value>) {
  const { label, value, options, onChange, stacked = false, silent = false, disabled } = props
  const id = useId()
  return (
    <span className={classNames(css['field'], stacked && css['stacked'])}>
      <label className={silent ? 'heard' : css['label']} htmlFor={id}>
        {label}
      </label>
      <select
        id={id}
        className={css['control']}
        value={value}
        disabled={disabled}
        onChange={event => onChange(event.target.value as Value)}
      >
        {options.map(option => (
          <option key={option.value} value={option.value}>
            {option.text}
          </option>
        ))}
      </select>
    </span>
  )
}
