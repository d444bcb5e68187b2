import { stat } from 'node:fs/promises'
import { setTimeout as rest } from 'node:timers/promises'
import { listArrayFiles } from '../reading/array-files.ts'
import type { PageFile } from '../reading/read-page.ts'

/** Tells whether raw files are still the versions that the store knows. */
export interface FileCheck {
  /** False only where the file is there and is another version; one that cannot be asked about may well be the same. */
  isSame(file: PageFile): Promise<boolean>
}

/** A field's tiles are asked for at once: one look at its file serves them all. */
const LOOK_HOLDS_MS = 1_000
/** A share that is gone answers after half a minute: what is in the cache is shown meanwhile. */
const PATIENCE_MS = 250
/** Of the four threads that Node has for files, so that such shares never take all. */
const MOST_LOOKS = 2

interface Look {
  readonly at: number
  readonly version: Promise<string | null>
}

export function createFileCheck(): FileCheck {
  const looks = new Map<string, Look>()
  let looking = 0

  async function look(path: string): Promise<string | null> {
    looking += 1
    try {
      const stats = await stat(path, { bigint: true })
      if (!stats.isDirectory()) return `${stats.size} ${stats.mtimeNs}`
      const { bytes, modified } = await listArrayFiles(path)
      return `${bytes} ${modified}`
    } catch {
      return null
    } finally {
      looking -= 1
    }
  }

  function lookAt(path: string): Promise<string | null> {
    const now = performance.now()
    const known = looks.get(path)
    if (known !== undefined && now - known.at < LOOK_HOLDS_MS) return known.version
    if (looking >= MOST_LOOKS) return Promise.resolve(null)
    for (const [other, { at }] of looks) if (now - at >= LOOK_HOLDS_MS) looks.delete(other)
    const version = look(path)
    looks.set(path, { at: now, version })
    return version
  }

  return {
    async isSame({ path, bytes, modified }) {
      const version = await Promise.race([lookAt(path), rest(PATIENCE_MS, null, { ref: false })])
      return version === null || version === `${bytes} ${modified}`
    },
  }
}
