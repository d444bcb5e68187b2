import { createHash } from 'node:crypto'
import { readdirSync, rmSync, statSync, type Stats } from 'node:fs'
import { utimes } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * Where pictures that were made once lie until nobody has looked at them for long: in the store's folder, but no part of
 * its record. All of it may be deleted at any time.
 */
export function cacheFolder(store: string): string {
  return join(store, 'cache')
}

/** Goes up whenever the same file could now give another view. */
const VIEW_VERSION = 2

/** Where the view of this name is kept, whether it was made yet or not. */
export function viewPath(store: string, name: string): string {
  const hash = createHash('sha256').update(`${VIEW_VERSION} ${name}`).digest('hex')
  return join(cacheFolder(store), hash.slice(0, 2), `${hash}.view`)
}

/** Where a worker writes a view until it is complete. */
export function unfinishedView(store: string): string {
  unfinished += 1
  return join(cacheFolder(store), 'unfinished', `${process.pid}-${unfinished}`)
}
let unfinished = 0

/** A view's time is when it was last looked at, to within so long: not every look needs a write. */
const USE_NOTED_EVERY_MS = 10 * 60_000

/** Notes that a view is in use, so that others are swept before it. */
export async function noteUse(path: string, usedAt: number): Promise<void> {
  const now = Date.now()
  if (now - usedAt < USE_NOTED_EVERY_MS) return
  // It may have been swept meanwhile.
  await utimes(path, now / 1000, now / 1000).catch(() => undefined)
}

/** How full the cache is after sweeping, so that the next sweep is not at once. */
const SWEPT_SHARE = 0.9
/** Nobody writes to one view for so long: whoever began it is gone. */
const ABANDONED_MS = 10 * 60_000

/**
 * Deletes what was used longest ago until the cache holds less than `limit`, if it holds more.
 *
 * @returns bytes that are left.
 */
export function sweepCache(store: string, limit: number): number {
  const views: { path: string; bytes: number; usedAt: number }[] = []
  for (const folder of names(cacheFolder(store))) {
    for (const name of names(join(cacheFolder(store), folder))) {
      const path = join(cacheFolder(store), folder, name)
      const stats = statsOf(path)
      if (stats === null) continue
      const abandoned = folder === 'unfinished' && Date.now() - stats.mtimeMs > ABANDONED_MS
      if (abandoned) remove(path)
      else if (folder !== 'unfinished') {
        views.push({ path, bytes: stats.size, usedAt: stats.mtimeMs })
      }
    }
  }
  let total = views.reduce((sum, { bytes }) => sum + bytes, 0)
  if (total <= limit) return total
  for (const { path, bytes } of views.sort((a, b) => a.usedAt - b.usedAt)) {
    if (total <= SWEPT_SHARE * limit) break
    if (remove(path)) total -= bytes
  }
  return total
}

function names(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

function statsOf(path: string): Stats | null {
  return statSync(path, { throwIfNoEntry: false }) ?? null
}

/** On Windows a file that is being read cannot be deleted: it goes the next time. */
function remove(path: string): boolean {
  try {
    rmSync(path, { force: true })
    return true
  } catch {
    return false
  }
}
