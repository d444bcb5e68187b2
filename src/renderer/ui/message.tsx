import { useEffect, useState, type ReactNode } from 'react'
import { faultText } from '#core/fault-text.ts'
import type { Fault } from '#core/fault.ts'
import { Button } from './button.tsx'
import css from './message.module.css'

interface EmptyProps {
  readonly title: string
  /** What to do. */
  readonly children?: ReactNode
}

/** In place of a view that has nothing to show. */
export function Empty({ title, children }: EmptyProps) {
  return (
    <div className={css['empty']}>
      <h2 className={css['title']}>{title}</h2>
      {children}
    </div>
  )
}

/** In place of a view that is on its way; shows nothing for a moment, as most are quick. */
export function Loading({ label }: { readonly label: string }) {
  const [late, setLate] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 150)
    return () => clearTimeout(timer)
  }, [])
  return (
    <div className={css['empty']} role="status">
      {late ? <p className={css['hint']}>{label}</p> : null}
    </div>
  )
}

interface FaultMessageProps {
  readonly fault: Fault
  /** What could not be done: `The plate could not be opened.` */
  readonly title: string
  readonly onRetry?: () => void
}

/** In place of a view that failed: what happened, what to do, and a way to try again. */
export function FaultMessage({ fault, title, onRetry }: FaultMessageProps) {
  return (
    <div className={css['empty']} role="alert">
      <h2 className={css['fault']}>{title}</h2>
      <p className={css['hint']}>{faultText(fault)}</p>
      {onRetry === undefined ? null : <Button onClick={onRetry}>Try again</Button>}
    </div>
  )
}

interface NoticeProps {
  readonly children: ReactNode
  readonly tone?: 'plain' | 'fault'
  readonly onClose?: () => void
}

/** A line above a view. */
export function Notice({ children, tone = 'plain', onClose }: NoticeProps) {
  return (
    <div className={css[tone === 'fault' ? 'faultLine' : 'line']} role="status">
      <span>{children}</span>
      {onClose === undefined ? null : (
        <Button tone="quiet" label="Close this message" onClick={onClose}>
          ✕
        </Button>
      )}
    </div>
  )
}
