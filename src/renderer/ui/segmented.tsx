import { useId } from 'react'
import css from './segmented.module.css'

interface SegmentedProps<Value extends string> {
  readonly label: string
  readonly value: Value
  readonly options: readonly {
    readonly value: Value
    readonly text: string
    /** Says more than the word. */ readonly title?: string
  }[]
  readonly onChange: (value: Value) => void
}

/** One of a few, all in sight: radio buttons that look like a row of buttons. */
export function Segmented<Value extends string>(props: SegmentedProps<Value>) {
  const { label, value, options, onChange } = props
  const name = useId()
  return (
    <fieldset className={css['group']}>
      <legend className="heard">{label}</legend>
      {options.map(option => (
        <label key={option.value} className={css['segment']} title={option.title}>
          <input
            type="radio"
            className="heard"
            name={name}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
          />
          {option.text}
        </label>
      ))}
    </fieldset>
  )
}
