import { useSyncExternalStore } from 'react'
import type { Observable } from '../../lib/observable.ts'

/** Follows a store. */
export function useStore<T>(store: Observable<T>): T {
  return useSyncExternalStore(store.subscribe, store.getSnapshot, store.getSnapshot)
}
