import { type ReactNode } from 'react'
import { useObservable, type Observable } from '../lib/observable.ts'
import { Notice } from '../ui/message.tsx'
import type { Link } from './host.ts'
import css from './linked.module.css'
import { NoKey } from './no-key.tsx'

interface LinkedProps {
  readonly link: Observable<Link>
  readonly children: ReactNode
}

/** The window while its host answers; what to do where it does not. */
export function Linked({ link, children }: LinkedProps) {
  const state = useObservable(link)
  if (state === 'ended') return <NoKey />
  return (
    <>
      {children}
      {state === 'down' ? (
        <div className={css['lost']}>
          <Notice tone="fault">
            Parfocal does not answer; it is tried again and again. What you see may be old. Check
            that it is still running in its terminal.
          </Notice>
        </div>
      ) : null}
    </>
  )
}
