import { faultText } from '#core/fault-text.ts'
import { assertNever } from '#core/fault.ts'
import { useObservable } from '../../lib/observable.ts'
import css from './about-line.module.css'
import type { AboutStore } from './about-store.ts'
import { aboutText } from './about-text.ts'

interface AboutLineProps {
  readonly store: AboutStore
}

export function AboutLine({ store }: AboutLineProps) {
  const state = useObservable(store)
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
