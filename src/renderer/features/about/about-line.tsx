import { useSyncExternalStore } from 'react'
import { faultText } from '#core/fault-text.ts'
import { assertNever } from '#core/fault.ts'
import css from './about-line.module.css'
import type { AboutStore } from './about-store.ts'
import { aboutText } from './about-text.ts'

interface AboutLineProps {
  readonly store: AboutStore
}

export function AboutLine({ store }: AboutLineProps) {
  const state = useSyncExternalStore(store.subscribe, store.getSnapshot, store.getSnapshot)
  switch (state.status) {
    case 'asking':
      return <p className={css['line']}>Parfocal</p>
    case 'known':
      return <p className={css['line']}>{aboutText(state.about)}</p>
    case 'failed':
      return (
        <p className={css['line']} role="alert">
          {faultText(state.fault)}
        </p>
      )
    default:
      return assertNever(state)
  }
}
