import { basename, dirname } from 'node:path/posix'
import { hasImageName } from './name-pattern.ts'

/** Files by which an instrument says that images are whole. */
export interface DoneMarkers {
  isMarker(path: string): boolean
  /** A file is there: a marker, or an image that one may be for. */
  note(path: string): void
  /** A marker has been there for a while: if it has no image of its own it speaks for its folder. */
  settle(path: string): void
  /** Only these files are there. */
  reset(paths: Iterable<string>): void
  /** Whether an image is to wait for its marker; other files never do, for an index has none. */
  isAwaited(path: string): boolean
}

/** @param name as WatchSettings.doneMarker; null where no markers are written */
export function createDoneMarkers(name: string | null): DoneMarkers {
  /** Markers that are there, by folder and what `*` stands for, as `folder/shared`. */
  let marked = new Set<string>()
  /** Names of images that are there, with their endings and without, with their folders. */
  let images = new Set<string>()
  /** Markers that have settled, and have no image of their own. */
  let folders = new Set<string>()
  const settled = new Set<string>()

  function sharedName(path: string): string | null {
    return name === null ? null : sharedIn(name, basename(path))
  }

  function speaksForFolder(path: string): boolean {
    const shared = sharedName(path)
    return shared !== null && !images.has(below(dirname(path), shared))
  }

  const markers: DoneMarkers = {
    isMarker: path => sharedName(path) !== null,

    note(path) {
      if (name === null) return
      const shared = sharedName(path)
      if (shared !== null) marked.add(below(dirname(path), shared))
      else if (hasImageName({ path })) for (const own of namesOf(path)) images.add(own)
    },

    settle(path) {
      settled.add(path)
      if (speaksForFolder(path)) folders.add(dirname(path))
    },

    reset(paths) {
      if (name === null) return
      marked = new Set()
      images = new Set()
      folders = new Set()
      const here: string[] = []
      for (const path of paths) {
        markers.note(path)
        if (settled.has(path)) here.push(path)
      }
      settled.clear()
      for (const path of here) markers.settle(path)
    },

    isAwaited(path) {
      if (name === null || !hasImageName({ path })) return false
      return !namesOf(path).some(own => marked.has(own)) && !isBelow(folders, dirname(path))
    },
  }
  return markers
}

/** Whether a name may be that of a marker: a file's name with at most one `*`. */
export function isMarkerName(name: string): boolean {
  return name !== '' && name !== '*' && name.length <= 255 && /^[^*/\\]*\*?[^*/\\]*$/.test(name)
}

/** What `*` stands for in a name of this kind; '' where the kind has none, null for another name. */
function sharedIn(kind: string, name: string): string | null {
  const [before = '', after] = kind.split('*')
  if (after === undefined) return name === kind ? '' : null
  const fits = name.startsWith(before) && name.endsWith(after)
  const shared = name.length - before.length - after.length
  return fits && shared > 0 ? name.slice(before.length, before.length + shared) : null
}

function namesOf(path: string): readonly [string, string] {
  return [path, path.replace(/\.[^./]+$/, '')]
}

function below(folder: string, name: string): string {
  return folder === '.' ? name : `${folder}/${name}`
}

function isBelow(folders: ReadonlySet<string>, folder: string): boolean {
  if (folders.size === 0) return false
  for (let above = folder; ; above = dirname(above)) {
    if (folders.has(above)) return true
    if (above === '.') return false
  }
}
