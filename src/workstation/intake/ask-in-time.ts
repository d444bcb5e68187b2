/** Asks a file system something, each question once. */
export type Ask = <T>(question: () => Promise<T>) => Promise<T>

/**
 * Asks a file system that may stop answering, as a share does whose server is gone: a call on it never returns.
 *
 * A question without an answer for so long, or when `signal` is aborted, is given up with an error whose code is
 * ETIMEDOUT. As long as one is open nothing else is asked, for each would hold a thread that other folders need; the
 * error then comes at once.
 */
export function askInTime(limitMs: number, signal: AbortSignal): Ask {
  const open = new Set<() => void>()
  let unanswered = 0
  signal.addEventListener('abort', () => {
    for (const giveUp of open) giveUp()
  })
  return question => {
    if (unanswered > 0) return Promise.reject(new Silence())
    return new Promise((resolve, reject) => {
      let late = false
      const giveUp = (): void => {
        close()
        late = true
        unanswered += 1
        reject(new Silence())
      }
      const timer = setTimeout(giveUp, limitMs)
      const close = (): void => {
        clearTimeout(timer)
        open.delete(giveUp)
        if (late) unanswered -= 1
      }
      open.add(giveUp)
      question().then(
        answer => {
          close()
          resolve(answer)
        },
        (cause: unknown) => {
          close()
          reject(cause)
        },
      )
    })
  }
}

export function isSilence(cause: unknown): boolean {
  return cause instanceof Silence
}

class Silence extends Error {
  readonly code = 'ETIMEDOUT'

  constructor() {
    super('the file system does not answer')
  }
}
