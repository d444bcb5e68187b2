import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react'
import css from './note-field.module.css'

interface NoteFieldProps {
  readonly note: string
  readonly onKeep: (note: string) => void
  readonly onLeave: () => void
}

/** Takes a note: Enter keeps it, Escape leaves what was there. */
export function NoteField({ note, onKeep, onLeave }: NoteFieldProps) {
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  const [text, setText] = useState(note)
  useEffect(() => {
    const before = document.activeElement
    input.current?.focus()
    return () => {
      if (before instanceof HTMLElement) before.focus()
    }
  }, [])

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'Enter' && !event.nativeEvent.isComposing) onKeep(text.trim())
    else if (event.key === 'Escape') onLeave()
    else return
    event.preventDefault()
  }

  return (
    <span className={css['field']}>
      <label htmlFor={id}>Note</label>
      <input
        ref={input}
        id={id}
        type="text"
        className={css['input']}
        value={text}
        maxLength={500}
        aria-describedby={`${id}-hint`}
        onChange={event => setText(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <span id={`${id}-hint`} className={css['hint']}>
        Enter keeps it, Esc leaves it
      </span>
    </span>
  )
}
