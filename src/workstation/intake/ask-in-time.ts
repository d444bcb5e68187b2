/** Asks a file system something, each question once. */
export type Ask = <T>(question: () => Promise<T>) => Promise<T>

/**
 * Asks a file system that may stop answering, as a share does whose server is gone: a call on it never returns.
 *
 * A question without an answer for so long is given up with an error whose code is ETIMEDOUT. As long as one is open
 * nothing else is asked, for each would hold a thread that other folders need; the error then comes at once.
 */
export function askInTime(limitMs: number): Ask {
  let unanswered = 0
  return question => {
    if (unanswered > 0) return Promise.reject(new Silence())
    return new Promise((resolve, reject) => {
      let late = false
      const timer = setTimeout(() => {
        late = true
        unanswered += 1
        reject(new Silence())
      }, limitMs)
      const answered = (): void => {
        clearTimeout(timer)
        if (late) unanswered -= 1
      }
      question().then(
        answer => {
          answered()
          resolve(answer)
        },
        (cause: unknown) => {
          answered()
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
