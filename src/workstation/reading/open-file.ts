import type { BigIntStats } from 'node:fs'
import { open, stat, type FileHandle } from 'node:fs/promises'
import { fail, type Fault, type Result } from '#core/fault.ts'
import { fileFault } from './file-fault.ts'

/** A file while it is open, and what it was when it was opened. */
export interface OpenFile {
  readonly handle: FileHandle
  readonly size: number
  readonly stamp: FileStamp
}

/** What changes when somebody writes to a file or puts another in its place. */
export interface FileStamp {
  readonly size: bigint
  readonly modified: bigint
  readonly inode: bigint
}

/**
 * Opens a file, hands it to `use` and closes it. The file must be the same before and after, and the same as
 * `known` if that is given; whatever the file system says becomes a fault.
 */
export async function withFile<T>(
  path: string,
  known: FileStamp | null,
  use: (file: OpenFile) => Promise<Result<T>>,
): Promise<Result<T>> {
  try {
    // Before it is opened, for opening a pipe would wait for somebody to write into it.
    const before = await stat(path, { bigint: true })
    if (before.isDirectory()) return fail({ kind: 'not-an-image', path, detail: FOLDER })
    if (!before.isFile()) return fail({ kind: 'not-an-image', path, detail: 'not a file' })
    const stamp = stampOf(before)
    if (known !== null && !isSame(stamp, known)) return changed(path)
    await using handle = await open(path, 'r')
    const result = await use({ handle, size: Number(before.size), stamp })
    return isSame(stampOf(await handle.stat({ bigint: true })), stamp) ? result : changed(path)
  } catch (cause) {
    return fileFault(path, cause)
  }
}

const FOLDER = 'a folder'

/** Whether this is what `withFile` says of a folder: one that is a Zarr array can be read all the same. */
export function isFolderFault(fault: Fault): boolean {
  return fault.kind === 'not-an-image' && fault.detail === FOLDER
}

function stampOf({ size, mtimeNs, ino }: BigIntStats): FileStamp {
  return { size, modified: mtimeNs, inode: ino }
}

function isSame(a: FileStamp, b: FileStamp): boolean {
  return a.size === b.size && a.modified === b.modified && a.inode === b.inode
}

function changed(path: string): Result<never, Extract<Fault, { kind: 'file-changed' }>> {
  return fail({ kind: 'file-changed', path })
}
