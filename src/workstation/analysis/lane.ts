import { setImmediate as breathe } from 'node:timers/promises'

/** Things to do, a few at a time. */
export interface Lane<T> {
  /** Puts these before or behind everything that waits. */
  add(items: readonly T[], where: 'first' | 'last'): void
  /** Drops what has not begun. */
  clear(): void
}

/**
 * Does `work` for what is added, at most `hands` at a time. Between two items others have their turn, so that
 * thousands with nothing to do hold nobody up.
 */
export function createLane<T>(
  hands: number,
  work: (item: T) => Promise<void>,
  onMistake: (cause: unknown) => void,
): Lane<T> {
  let waiting: T[] = []
  let busy = 0

  async function labour(): Promise<void> {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) {
      try {
        await work(item)
      } catch (cause) {
        onMistake(cause)
      }
      await breathe()
    }
    busy -= 1
  }

  return {
    add(items, where) {
      waiting = where === 'first' ? [...items, ...waiting] : [...waiting, ...items]
      for (let free = Math.min(hands - busy, waiting.length); free > 0; free -= 1) {
        busy += 1
        void labour()
      }
    },

    clear() {
      waiting = []
    },
  }
}
