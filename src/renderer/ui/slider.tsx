import { useId } from 'react'
import css from './field.module.css'

interface SliderProps {
  readonly label: string
  readonly min: number
  readonly max: number
  readonly step: number
  readonly value: number
  readonly onChange: (value: number) => void
  /** What the value means, for eyes and ears: `z 3 of 5`. */
  readonly text?: string
}

export function Slider({ label, min, max, step, value, onChange, text }: SliderProps) {
  const id = useId()
  return (
    <span className={css['field']}>
      <label className={css['label']} htmlFor={id}>
        {label}
      </label>
      <input
        id={id}
        type="range"
        className={css['range']}
        min={min}
        max={max}
        step={step}
        value={value}
        aria-valuetext={text}
        onChange={event => onChange(Number(event.target.value))}
      />
      <output htmlFor={id}>{text ?? value}</output>
    </span>
  )
}
