import { faultText } from '#core/fault-text.ts'
import { useObservable } from '../../lib/observable.ts'
import { Notice } from '../../ui/message.tsx'
import type { FoldersStore } from './folders-store.ts'

interface FolderBannerProps {
  readonly store: FoldersStore
}

/** Says above every view which folders cannot be watched at the moment. */
export function FolderBanner({ store }: FolderBannerProps) {
  const { folders } = useObservable(store)
  const away = (folders ?? []).filter(({ state }) => state === 'offline' || state === 'failed')
  return away.map(({ folderId, path, state, fault }) => (
    <Notice key={folderId} tone="fault">
      {`${path} is ${state === 'offline' ? 'offline' : 'not watched any more'}. `}
      {fault === null ? '' : faultText(fault)}
    </Notice>
  ))
}
