import { realpathSync } from 'node:fs'
import { isAbsolute, relative, resolve } from 'node:path'
import type { FaultOf } from '#core/fault.ts'

/** Why a folder cannot be watched beside those that are, or with this store; null where it can. */
export function refuseFolder(
  path: string,
  watched: readonly string[],
  store: string,
): FaultOf<'folder-watched-already' | 'store-misplaced'> | null {
  const folder = realFolder(path)
  const other = watched.find(
    one => contains(realFolder(one), folder) || contains(folder, realFolder(one)),
  )
  if (other !== undefined) return { kind: 'folder-watched-already', path: other }
  const own = realFolder(store)
  if (contains(folder, own)) {
    return { kind: 'store-misplaced', path: store, detail: `it is inside the raw data, ${path}` }
  }
  if (contains(own, folder)) {
    return {
      kind: 'store-misplaced',
      path: store,
      detail: `the raw data would be inside it, ${path}`,
    }
  }
  return null
}

/** One spelling for one folder: links followed, and the case as the disk has it; as given where it is away. */
function realFolder(path: string): string {
  try {
    return realpathSync.native(path)
  } catch {
    return resolve(path)
  }
}

function contains(outer: string, inner: string): boolean {
  const way = relative(outer, inner)
  return !(way === '..' || /^\.\.[\\/]/.test(way)) && !isAbsolute(way)
}
