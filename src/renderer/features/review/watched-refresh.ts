import { afterPause } from '../../lib/after-pause.ts'

/** Refreshes what has changed while somebody looks at it, no oftener than once a pause. */
export function watchedRefresh(pauseMs: number, refresh: () => void) {
  let watchers = 0
  const refreshSoon = afterPause(pauseMs, refresh)
  return {
    /** Somebody looks. @returns they look no longer. */
    watch(): () => void {
      watchers += 1
      return () => {
        watchers -= 1
      }
    },
    soon(): void {
      if (watchers > 0) refreshSoon()
    },
  }
}
