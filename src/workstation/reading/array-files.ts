import { constants } from 'node:fs'
import { lstat, open, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { mapAtMost } from '../map-at-most.ts'
import { isTemporary } from '../temporary-name.ts'

/** One file of a Zarr array: its metadata or a chunk. */
export interface ArrayFile {
  /** Below the array's folder, with forward slashes. */
  readonly name: string
  readonly bytes: number
  /** Nanoseconds since 1970. */
  readonly modified: bigint
}

/** A Zarr array is one image file of many parts: these. */
export interface ArrayFiles {
  /** In code-unit order of their names. */
  readonly files: readonly ArrayFile[]
  /** Of all of them. */
  readonly bytes: number
  /** The newest time of them, nanoseconds since 1970. */
  readonly modified: bigint
  /** What an array must not hold and was left out, such as a link; null where there is nothing of it. */
  readonly strange: string | null
}

/** Far above what arrays of images have; more are counted no further. */
const MOST_FILES = 1_000_000
/** Chunks lie at most as deep as the array has axes. */
const DEEPEST = 16
const AT_ONCE = 16

/**
 * Lists the files of an array. Links are not followed, and temporary files, by their names, are no part of it.
 *
 * Rejects with what the file system says.
 *
 * @param ask puts each question to the file system.
 */
export async function listArrayFiles(
  folder: string,
  ask: <T>(question: () => Promise<T>) => Promise<T> = question => question(),
): Promise<ArrayFiles> {
  const files: ArrayFile[] = []
  let strange: string | null = null
  let level = ['']
  for (let depth = 0; level.length > 0; depth += 1) {
    const listed = await mapAtMost(AT_ONCE, level, async above => {
      if (files.length > MOST_FILES) return []
      const below: string[] = []
      const entries = await ask(() => readdir(join(folder, above), { withFileTypes: true }))
      for (const entry of entries) {
        if (isTemporary(entry.name)) continue
        const name = `${above}${entry.name}`
        if (entry.isDirectory()) below.push(`${name}/`)
        else if (!entry.isFile()) strange ??= `${name} is a link or no file`
        else {
          const { size, mtimeNs } = await ask(() => lstat(join(folder, name), { bigint: true }))
          files.push({ name, bytes: Number(size), modified: mtimeNs })
        }
      }
      return below
    })
    level = listed.flat()
    if (depth === DEEPEST && level.length > 0) {
      strange ??= `${level[0]} is too deep`
      break
    }
  }
  if (files.length > MOST_FILES) strange ??= `more than ${MOST_FILES} files`
  files.sort((a, b) => (a.name < b.name ? -1 : 1))
  let bytes = 0
  let modified = 0n
  for (const file of files) {
    bytes += file.bytes
    if (file.modified > modified) modified = file.modified
  }
  return { files, bytes, modified, strange }
}

/** A file of an array is not the one that was listed. */
export class ArrayChanged extends Error {}

/**
 * A part of a file of an array, as it was when it was listed.
 *
 * @param range the whole file where it is left out; it must lie within the file.
 */
export async function readArrayFile(
  folder: string,
  { name, bytes, modified }: ArrayFile,
  range: { readonly offset: number; readonly length: number } = { offset: 0, length: bytes },
): Promise<Uint8Array> {
  let handle
  try {
    handle = await open(join(folder, name), constants.O_RDONLY | NO_LINKS)
  } catch (cause) {
    const gone = cause instanceof Error && 'code' in cause && GONE.includes(String(cause.code))
    throw gone ? new ArrayChanged(name) : cause
  }
  try {
    const part = new Uint8Array(range.length)
    let filled = 0
    while (filled < part.length) {
      const at = range.offset + filled
      const { bytesRead } = await handle.read(part, filled, part.length - filled, at)
      if (bytesRead === 0) break
      filled += bytesRead
    }
    const now = await handle.stat({ bigint: true })
    const same = Number(now.size) === bytes && now.mtimeNs === modified
    if (!same || filled < part.length) throw new ArrayChanged(name)
    return part
  } finally {
    await handle.close()
  }
}

/** Windows knows no such flag, nor links that need no rights. */
const NO_LINKS = constants.O_NOFOLLOW ?? 0
const GONE = ['ENOENT', 'ENOTDIR', 'ELOOP']
