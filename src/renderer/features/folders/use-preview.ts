import { useEffect } from 'react'
import { useObservable } from '../../lib/observable.ts'
import type { FoldersStore, PreviewState, PreviewTarget } from './folders-store.ts'

/** After the last letter or folder the preview waits for so long, ms: nobody wants to see what is passed through. */
const PAUSE_MS = 400

/**
 * How a folder would be read, asked for again whenever it or the naming is another.
 *
 * @param target the handle of a folder, or the id of one that is watched; null where there is none to look into
 * @param naming empty while it is not known yet
 */
export function usePreview(
  store: FoldersStore,
  target: PreviewTarget | null,
  naming: string,
): PreviewState {
  const { preview } = useObservable(store)
  useEffect(() => {
    if (target === null || naming === '') return
    const timer = setTimeout(() => void store.preview(target, naming), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [store, target, naming])
  return preview.of?.target === target ? preview : UNASKED
}

const UNASKED = { of: null, busy: false, value: null, fault: null } as const
