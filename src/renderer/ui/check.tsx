import { useId } from 'react'
import css from './field.module.css'

interface CheckProps {
  readonly label: string
  readonly checked: boolean
  readonly onChange: (checked: boolean) => void
  readonly disabled?: boolean
}

export function Check({ label, checked, onChange, disabled }: CheckProps) {
  const id = useId()
  return (
    <span className={css['checkLine']}>
      <input
        id={id}
        type="checkbox"
        className={css['check']}
        checked={checked}
        disabled={disabled}
        onChange={event => onChange(event.target.checked)}
      />
      <label htmlFor={id}>{label}</label>
    </span>
  )
}
