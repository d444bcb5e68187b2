import type { ReactNode } from 'react'
import css from './button.module.css'
import { classNames } from './class-names.ts'

interface ButtonProps {
  readonly children: ReactNode
  readonly onClick: () => void
  readonly tone?: 'plain' | 'primary' | 'quiet'
  /** For a button that stays down; leave it out for one that does not. */
  readonly pressed?: boolean
  readonly disabled?: boolean
  /** Says more than the button shows. */
  readonly title?: string
  /** The name for readers of the screen, where the button shows a sign only. */
  readonly label?: string
  /** As contract/commands.ts writes it. */
  readonly shortcut?: string | null
}

export function Button(props: ButtonProps) {
  const { children, onClick, tone = 'plain', pressed, disabled, title, label, shortcut } = props
  return (
    <button
      type="button"
      className={classNames(css['button'], css[tone])}
      onClick={onClick}
      disabled={disabled}
      title={title}
      aria-label={label}
      aria-pressed={pressed}
    >
      {children}
      {shortcut ? <kbd className={css['key']}>{keyText(shortcut)}</kbd> : null}
    </button>
  )
}

/** A key as it is printed on keyboards of this machine: `Ctrl K`, `⌘ K`. */
export function keyText(key: string): string {
  const mac = typeof navigator !== 'undefined' && navigator.platform.startsWith('Mac')
  return key
    .split(/\+(?=.)/)
    .map(part => (part === 'Mod' ? (mac ? '⌘' : 'Ctrl') : part))
    .join(' ')
}
