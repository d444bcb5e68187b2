import { useId, useLayoutEffect, useRef, type ReactNode } from 'react'
import { Button } from './button.tsx'
import { classNames } from './class-names.ts'
import css from './dialog.module.css'

interface DialogProps {
  readonly title: string
  readonly onClose: () => void
  readonly children: ReactNode
  /** Buttons at the foot. */
  readonly actions?: ReactNode
  /** For what needs two columns. */
  readonly wide?: boolean
}

/** A modal dialog, open for as long as it is rendered. Escape and a click beside it close it. */
export function Dialog({ title, onClose, children, actions, wide = false }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  const heading = useId()
  // Before the dialog leaves the page, or closing it gives the focus back to nobody.
  useLayoutEffect(() => {
    const { current } = dialog
    // Hosts without a screen, as in tests, have no modal dialogs.
    current?.showModal?.()
    // A modal dialog gives the focus to its first control, which closes it: where somebody begins comes first.
    const begin = current?.querySelector<HTMLElement>('[data-begin]')
    const control = begin ?? current?.querySelector<HTMLElement>('input, select, textarea')
    control?.focus()
    return () => current?.close?.()
  }, [])
  return (
    <dialog
      ref={dialog}
      className={classNames(css['dialog'], wide && css['wide'])}
      aria-labelledby={heading}
      onCancel={event => {
        event.preventDefault()
        onClose()
      }}
      onClick={event => {
        if (event.target === dialog.current) onClose()
      }}
    >
      <div className={css['inside']}>
        <header className={css['head']}>
          <h2 id={heading}>{title}</h2>
          <Button tone="quiet" label="Close" onClick={onClose}>
            ✕
          </Button>
        </header>
        <div className={css['body']}>{children}</div>
        {actions === undefined ? null : <footer className={css['foot']}>{actions}</footer>}
      </div>
    </dialog>
  )
}
