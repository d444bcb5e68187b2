import type { BigIntStats, Dirent } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import type { Fault } from '#core/fault.ts'
import { mapAtMost } from '../map-at-most.ts'

/** One version of a file: the same path with another size or time is another version. */
export interface SurveyedFile {
  /** Relative to the surveyed folder, with forward slashes. */
  readonly path: string
  readonly absolute: string
  readonly bytes: number
  /** Nanoseconds since 1970, as text because it does not fit a double. */
  readonly modified: string
}

export interface Survey {
  /** Absolute path of the folder. */
  readonly root: string
  /** In code-unit order of their paths. */
  readonly files: readonly SurveyedFile[]
  /** Hidden and temporary files and folders that were left out. */
  readonly skipped: number
  /** Folders and files that could not be looked at. */
  readonly faults: readonly Fault[]
}

/** Deeper folders are not looked into. The deepest instrument layouts have six levels. */
const DEEPEST = 32
const FOLDERS_AT_ONCE = 8
/** Enough to hide the latency of a network share. */
const FILES_AT_ONCE = 32

/**
 * Lists every file below a folder, with its size and time. Reads names only, and writes nothing.
 *
 * What cannot be looked at becomes a fault; the promise rejects only when `signal` is aborted.
 * Links to folders are followed after everything else, and none twice, so that loops end.
 */
export async function surveyFolder(root: string, signal?: AbortSignal): Promise<Survey> {
  const walk = beginWalk(signal)
  const top: Folder = { path: '', absolute: resolve(root), depth: 0 }
  for (let folders = [top]; folders.length > 0;) {
    const links: Folder[] = []
    while (folders.length > 0) {
      const listed = await mapAtMost(FOLDERS_AT_ONCE, folders, folder => listFolder(walk, folder))
      folders = listed.flatMap(({ inside }) => inside)
      links.push(...listed.flatMap(({ linked }) => linked))
    }
    folders = links.sort((a, b) => (a.path < b.path ? -1 : 1))
  }
  return surveyOf(top.absolute, walk)
}

/** The survey of one file alone; its root is the folder that it is in. */
export async function surveyFile(path: string): Promise<Survey> {
  const walk = beginWalk(undefined)
  const absolute = resolve(path)
  await lookAt(walk, basename(absolute), absolute)
  return surveyOf(dirname(absolute), walk)
}

/** One file of a surveyed folder, looked at again; null where it cannot be seen any more. */
export async function lookAgain(root: string, path: string): Promise<SurveyedFile | null> {
  const walk = beginWalk(undefined)
  await lookAt(walk, path, join(root, path))
  return walk.files[0] ?? null
}

/** Hidden files, and names that programs give to what they have not finished or keep to themselves. */
export function isTemporary(name: string): boolean {
  return TEMPORARY_NAME.test(name) && !ZARR_METADATA.test(name)
}

const TEMPORARY_NAME =
  /^[.~]|~$|\.(?:tmp|temp|part|partial|crdownload|lock|swp)$|^(?:Thumbs\.db|desktop\.ini|\$RECYCLE\.BIN|System Volume Information)$/i
const ZARR_METADATA = /^\.z(?:group|attrs|array|metadata)$/

interface Folder {
  readonly path: string
  readonly absolute: string
  readonly depth: number
}

interface Walk {
  readonly files: SurveyedFile[]
  readonly faults: Fault[]
  skipped: number
  /** Device and inode of each folder that was listed. */
  readonly visited: Set<string>
  readonly signal: AbortSignal | undefined
}

function beginWalk(signal: AbortSignal | undefined): Walk {
  return { files: [], faults: [], skipped: 0, visited: new Set(), signal }
}

interface Listing {
  readonly inside: Folder[]
  readonly linked: Folder[]
}

async function listFolder(walk: Walk, folder: Folder): Promise<Listing> {
  walk.signal?.throwIfAborted()
  const listing: Listing = { inside: [], linked: [] }
  const entries = await openFolder(walk, folder)
  const kept = entries.filter(({ name }) => !isTemporary(name))
  walk.skipped += entries.length - kept.length
  await mapAtMost(FILES_AT_ONCE, kept, async entry => {
    const path = folder.path === '' ? entry.name : `${folder.path}/${entry.name}`
    const absolute = join(folder.absolute, entry.name)
    const below = { path, absolute, depth: folder.depth + 1 }
    if (entry.isDirectory()) listing.inside.push(below)
    else if ((await lookAt(walk, path, absolute)) === 'folder') listing.linked.push(below)
  })
  return listing
}

/** What a folder holds; nothing where it was listed before or cannot be read. */
async function openFolder(walk: Walk, { absolute, depth }: Folder): Promise<readonly Dirent[]> {
  if (depth > DEEPEST) {
    const detail = `it is more than ${DEEPEST} folders down`
    walk.faults.push({ kind: 'folder-offline', path: absolute, detail })
    return []
  }
  try {
    const { dev, ino } = await stat(absolute, { bigint: true })
    const identity = `${dev}:${ino}`
    if (walk.visited.has(identity)) return []
    walk.visited.add(identity)
    return await readdir(absolute, { withFileTypes: true })
  } catch (cause) {
    walk.faults.push(folderFault(absolute, cause))
    return []
  }
}

/** Adds a file to the survey; says so when a link leads to a folder instead. */
async function lookAt(walk: Walk, path: string, absolute: string): Promise<'file' | 'folder'> {
  let stats: BigIntStats
  try {
    stats = await stat(absolute, { bigint: true })
  } catch (cause) {
    walk.faults.push(fileFault(absolute, cause))
    return 'file'
  }
  if (stats.isDirectory()) return 'folder'
  if (stats.isFile()) {
    const { size, mtimeNs } = stats
    walk.files.push({ path, absolute, bytes: Number(size), modified: mtimeNs.toString() })
  } else walk.skipped += 1
  return 'file'
}

function surveyOf(root: string, { files, faults, skipped }: Walk): Survey {
  files.sort((a, b) => (a.path < b.path ? -1 : 1))
  faults.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
  return { root, files, skipped, faults }
}

function folderFault(path: string, cause: unknown): Fault {
  const code = errorCode(cause)
  if (code === 'ENOENT' || code === 'ENOTDIR') return { kind: 'folder-not-found', path }
  return { kind: 'folder-offline', path, detail: code }
}

function fileFault(path: string, cause: unknown): Fault {
  const code = errorCode(cause)
  if (code === 'ENOENT' || code === 'ELOOP') return { kind: 'file-not-found', path }
  return { kind: 'file-locked', path, detail: code }
}

function errorCode(cause: unknown): string {
  if (cause instanceof Error && 'code' in cause) return String(cause.code)
  throw cause
}
