/** Keeps what was used last, up to a number of bytes. */
export interface ByteCache<T> {
  /** Finds a value and counts it as used now. */
  get(key: string): T | undefined
  has(key: string): boolean
  /** Puts a value in, and lets go of those that were not used for longest until the rest fits. */
  put(key: string, value: T, bytes: number): void
  readonly bytes: number
  readonly size: number
  clear(): void
}

/** @param release called with each value that leaves. */
export function createByteCache<T>(most: number, release: (value: T) => void): ByteCache<T> {
  // A Map remembers the order of insertion: the first entry is the one unused for longest.
  const kept = new Map<string, { readonly value: T; readonly bytes: number }>()
  let bytes = 0

  function drop(key: string): void {
    const entry = kept.get(key)
    if (entry === undefined) return
    kept.delete(key)
    bytes -= entry.bytes
    release(entry.value)
  }

  return {
    get bytes() {
      return bytes
    },
    get size() {
      return kept.size
    },
    get(key) {
      const entry = kept.get(key)
      if (entry === undefined) return undefined
      kept.delete(key)
      kept.set(key, entry)
      return entry.value
    },
    has: key => kept.has(key),
    put(key, value, size) {
      drop(key)
      kept.set(key, { value, bytes: size })
      bytes += size
      for (const oldest of kept.keys()) {
        if (bytes <= most || oldest === key) break
        drop(oldest)
      }
    },
    clear() {
      for (const key of [...kept.keys()]) drop(key)
    },
  }
}
