import type { BigIntStats, Dirent } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import type { Fault } from '#core/fault.ts'
import { mapAtMost } from '../map-at-most.ts'
import { isTemporary } from '../temporary-name.ts'
import {
  folderKind,
  lookAtArray,
  measureArray,
  type ArrayVersion,
  type FolderKind,
} from './array-folder.ts'
import { isSilence, type Ask } from './ask-in-time.ts'

/** One version of a file: the same path with another size or time is another version. */
export interface SurveyedFile {
  /** Relative to the surveyed folder, with forward slashes. */
  readonly path: string
  readonly absolute: string
  readonly bytes: number
  /** Nanoseconds since 1970, as text because it does not fit a double. */
  readonly modified: string
  /** A folder that holds a Zarr array: all its files are one image file. Left out for any other. */
  readonly array?: true
}

export interface Survey {
  /** Absolute path of the folder. */
  readonly root: string
  /** In code-unit order of their paths. */
  readonly files: readonly SurveyedFile[]
  /** Hidden and temporary files and folders that were left out, and arrays that were made from an image beside them. */
  readonly skipped: number
  /** Folders and files that could not be looked at. */
  readonly faults: readonly Fault[]
}

/** Why a file cannot be seen: nothing is there, or what should say so does not answer. */
export type Unseen = 'gone' | 'unreachable'

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
export async function surveyFolder(
  root: string,
  signal?: AbortSignal,
  ask: Ask = askPatiently,
): Promise<Survey> {
  const walk = beginWalk(signal, ask)
  const top: Folder = { path: '', absolute: resolve(root), depth: 0, derived: false }
  for (let folders = [top]; folders.length > 0;) {
    const links: Folder[] = []
    while (folders.length > 0) {
      const listed = await mapAtMost(FOLDERS_AT_ONCE, folders, folder => listFolder(walk, folder))
      folders = listed.flatMap(({ inside }) => inside)
      links.push(...listed.flatMap(({ linked }) => linked))
    }
    folders = links.sort((a, b) => (a.path < b.path ? -1 : 1))
  }
  if (walk.silent) walk.faults.push({ ...SILENT, path: top.absolute })
  return surveyOf(top.absolute, walk)
}

/** The survey of one file alone; its root is the folder that it is in. */
export async function surveyFile(path: string): Promise<Survey> {
  const walk = beginWalk(undefined, askPatiently)
  const absolute = resolve(path)
  await lookAtOne(walk, basename(absolute), absolute)
  return surveyOf(dirname(absolute), walk)
}

/** One file of a surveyed folder, looked at again. */
export async function lookAgain(
  root: string,
  path: string,
  ask: Ask = askPatiently,
): Promise<SurveyedFile | Unseen> {
  const walk = beginWalk(undefined, ask)
  await lookAtOne(walk, path, join(root, path))
  const [fault] = walk.faults
  const seen = walk.files[0]
  if (seen !== undefined) return seen
  return fault === undefined || fault.kind === 'file-not-found' ? 'gone' : 'unreachable'
}

interface Folder {
  readonly path: string
  readonly absolute: string
  readonly depth: number
  /** Its arrays are no images of a microscope: smaller sizes of one, labels, tables. */
  readonly derived: boolean
}

interface Walk {
  readonly files: SurveyedFile[]
  readonly faults: Fault[]
  skipped: number
  /** Device and inode of each folder that was listed. */
  readonly visited: Set<string>
  readonly signal: AbortSignal | undefined
  readonly ask: Ask
  /** The disk stopped answering, so that this is not all. */
  silent: boolean
}

function beginWalk(signal: AbortSignal | undefined, ask: Ask): Walk {
  return { files: [], faults: [], skipped: 0, visited: new Set(), signal, ask, silent: false }
}

const askPatiently: Ask = question => question()
const SILENT = { kind: 'folder-offline', detail: 'it does not answer' } as const

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
  const holds = await kindOf(walk, folder, kept)
  if (holds === null || holds.kind === 'array') return listing
  await mapAtMost(FILES_AT_ONCE, kept, async entry => {
    const path = folder.path === '' ? entry.name : `${folder.path}/${entry.name}`
    const absolute = join(folder.absolute, entry.name)
    const derived = folder.derived || holds.derived.has(entry.name)
    const below = { path, absolute, depth: folder.depth + 1, derived }
    if (entry.isDirectory()) listing.inside.push(below)
    else if ((await lookAt(walk, path, absolute, entry.isSymbolicLink())) === 'folder')
      listing.linked.push(below)
  })
  return listing
}

/** What a folder is; an array is added to the survey. Null where that cannot be seen. */
async function kindOf(
  walk: Walk,
  { path, absolute, derived }: Folder,
  entries: readonly Dirent[],
): Promise<FolderKind | null> {
  try {
    const names = new Set(entries.map(({ name }) => name))
    const kind = await folderKind(absolute, names, walk.ask)
    // The surveyed folder itself has no path.
    if (kind.kind === 'array' && path === '') return { kind: 'folder', derived: new Set() }
    if (kind.kind === 'array' && derived) walk.skipped += 1
    else if (kind.kind === 'array')
      addArray(walk, path, absolute, await measureArray(absolute, walk.ask))
    return kind
  } catch (cause) {
    const fault = folderFault(absolute, cause)
    if (isSilence(cause)) walk.silent = true
    else if (fault.kind !== 'folder-not-found') walk.faults.push(fault)
    return null
  }
}

function addArray(walk: Walk, path: string, absolute: string, version: ArrayVersion): void {
  walk.files.push({ path, absolute, ...version, array: true })
}

/** What a folder holds; nothing where it was listed before or cannot be read. */
async function openFolder(walk: Walk, { absolute, depth }: Folder): Promise<readonly Dirent[]> {
  if (depth > DEEPEST) {
    const detail = `it is more than ${DEEPEST} folders down`
    walk.faults.push({ kind: 'folder-offline', path: absolute, detail })
    return []
  }
  if (walk.silent) return []
  try {
    const { dev, ino } = await walk.ask(() => stat(absolute, { bigint: true }))
    const identity = `${dev}:${ino}`
    if (walk.visited.has(identity)) return []
    walk.visited.add(identity)
    return await walk.ask(() => readdir(absolute, { withFileTypes: true }))
  } catch (cause) {
    const fault = folderFault(absolute, cause)
    if (isSilence(cause)) walk.silent = true
    // Below the top it was listed a moment ago: somebody renames or removes it.
    else if (depth === 0 || fault.kind !== 'folder-not-found') walk.faults.push(fault)
    return []
  }
}

/** Adds a file to the survey, or a folder that is an array. */
async function lookAtOne(walk: Walk, path: string, absolute: string): Promise<void> {
  if ((await lookAt(walk, path, absolute, true)) === 'file') return
  try {
    const version = await lookAtArray(absolute, walk.ask)
    if (version !== null) addArray(walk, path, absolute, version)
  } catch (cause) {
    walk.faults.push(fileFault(absolute, cause))
  }
}

/**
 * Adds a file to the survey; says so when a link leads to a folder instead.
 *
 * @param missed whether it is a fault that nothing is there: of what was listed a moment ago it is none
 */
async function lookAt(
  walk: Walk,
  path: string,
  absolute: string,
  missed: boolean,
): Promise<'file' | 'folder'> {
  if (walk.silent) return 'file'
  let stats: BigIntStats
  try {
    stats = await walk.ask(() => stat(absolute, { bigint: true }))
  } catch (cause) {
    const fault = fileFault(absolute, cause)
    if (isSilence(cause)) walk.silent = true
    if (missed || fault.kind !== 'file-not-found') walk.faults.push(fault)
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
  if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ELOOP') {
    return { kind: 'file-not-found', path }
  }
  return { kind: 'file-locked', path, detail: code }
}

function errorCode(cause: unknown): string {
  if (cause instanceof Error && 'code' in cause) return String(cause.code)
  throw cause
}
