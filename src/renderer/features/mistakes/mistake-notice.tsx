import { useSyncExternalStore } from 'react'
import { faultText } from '#core/fault-text.ts'
import css from './mistake-notice.module.css'
import type { MistakesStore } from './mistakes-store.ts'

interface MistakeNoticeProps {
  readonly store: MistakesStore
}

export function MistakeNotice({ store }: MistakeNoticeProps) {
  const ticket = useSyncExternalStore(store.subscribe, store.getSnapshot, store.getSnapshot)
  if (ticket === null) return null
  return (
    <p className={css['notice']} role="alert">
      {faultText({ kind: 'unexpected', ticket })}
    </p>
  )
}
