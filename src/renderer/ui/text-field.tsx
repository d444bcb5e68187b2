import { useId, useState, type KeyboardEvent } from 'react'
import { classNames } from './class-names.ts'
import css from './field.module.css'

interface TextFieldProps {
  readonly label: string
  readonly value: string
  /** Called when somebody leaves the field or presses Enter, with what is in it, if that has changed. */
  readonly onCommit: (value: string) => void
  readonly stacked?: boolean
  readonly placeholder?: string
  readonly maxLength?: number
}

/** Text that counts once it is finished: Enter or leaving the field; Escape puts back what was there. */
export function TextField(props: TextFieldProps) {
  const { label, value, onCommit, stacked = false, placeholder, maxLength } = props
  const id = useId()
  const draft = useDraft(value, text => onCommit(text))
  return (
    <span className={classNames(css['field'], stacked && css['stacked'])}>
      <label className={css['label']} htmlFor={id}>
        {label}
      </label>
      <input
        id={id}
        type="text"
        className={css['control']}
        placeholder={placeholder}
        maxLength={maxLength}
        {...draft}
      />
    </span>
  )
}

interface LiveTextFieldProps {
  readonly label: string
  readonly value: string
  /** Called with every letter. */
  readonly onType: (value: string) => void
  /** What is typed makes no sense; `describedBy` says why. */
  readonly wrong?: boolean
  readonly describedBy?: string
  readonly placeholder?: string
  readonly maxLength?: number
}

/** Text that counts while it is typed, such as a pattern: as wide as there is room, in the letters of code. */
export function LiveTextField(props: LiveTextFieldProps) {
  const { label, value, onType, wrong = false, describedBy, placeholder, maxLength } = props
  const id = useId()
  return (
    <span className={classNames(css['field'], css['stacked'])}>
      <label className={css['label']} htmlFor={id}>
        {label}
      </label>
      <input
        id={id}
        type="text"
        className={classNames(css['control'], css['code'])}
        value={value}
        placeholder={placeholder}
        maxLength={maxLength}
        spellCheck={false}
        autoComplete="off"
        aria-invalid={wrong}
        aria-describedby={describedBy}
        onChange={event => onType(event.target.value)}
      />
    </span>
  )
}

interface NumberFieldProps {
  readonly label: string
  /** Null shows an empty field. */
  readonly value: number | null
  /** Called with a number that was finished, or null where the field was emptied. */
  readonly onCommit: (value: number | null) => void
  readonly stacked?: boolean
  /** Hides the label from sight; it is still heard. */
  readonly silent?: boolean
}

/** A number that counts once it is finished. What is no number is marked and does not count. */
export function NumberField(props: NumberFieldProps) {
  const { label, value, onCommit, stacked = false, silent = false } = props
  const id = useId()
  const draft = useDraft(value === null ? '' : String(value), text => {
    const number = Number(text)
    if (text.trim() === '') onCommit(null)
    else if (Number.isFinite(number)) onCommit(number)
  })
  const wrong = draft.value.trim() !== '' && !Number.isFinite(Number(draft.value))
  return (
    <span className={classNames(css['field'], stacked && css['stacked'])}>
      <label className={silent ? 'heard' : css['label']} htmlFor={id}>
        {label}
      </label>
      <input
        id={id}
        type="text"
        inputMode="decimal"
        className={classNames(css['control'], css['number'])}
        aria-invalid={wrong}
        {...draft}
      />
    </span>
  )
}

/** What somebody is typing, until it is committed. */
function useDraft(value: string, commit: (text: string) => void) {
  const [draft, setDraft] = useState<string | null>(null)

  function finish(): void {
    if (draft !== null && draft !== value) commit(draft)
    setDraft(null)
  }

  return {
    value: draft ?? value,
    onChange: (event: { readonly target: { readonly value: string } }) =>
      setDraft(event.target.value),
    onBlur: finish,
    onKeyDown: (event: KeyboardEvent<HTMLInputElement>) => {
      if (event.key === 'Enter') finish()
      if (event.key === 'Escape') setDraft(null)
    },
  }
}
