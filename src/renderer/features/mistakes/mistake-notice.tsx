import { faultText } from '#core/fault-text.ts'
import { useObservable } from '../../lib/observable.ts'
import css from './mistake-notice.module.css'
import type { MistakesStore } from './mistakes-store.ts'

interface MistakeNoticeProps {
  readonly store: MistakesStore
}

export function MistakeNotice({ store }: MistakeNoticeProps) {
  const ticket = useObservable(store)
  if (ticket === null) return null
  return (
    <p className={css['notice']} role="alert">
      {faultText({ kind: 'unexpected', ticket })}
    </p>
  )
}
