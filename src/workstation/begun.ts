/** Work that has begun and is not done. */
export interface Begun {
  /** Gives back what it is told of. */
  note<T>(doing: Promise<T>): Promise<T>
  /** Resolves when all of it is done, or has failed. */
  settled(): Promise<void>
}

export function createBegun(): Begun {
  const begun = new Set<Promise<unknown>>()

  return {
    note(doing) {
      begun.add(doing)
      const forget = (): void => void begun.delete(doing)
      doing.then(forget, forget)
      return doing
    },

    async settled() {
      await Promise.allSettled(begun)
    },
  }
}
