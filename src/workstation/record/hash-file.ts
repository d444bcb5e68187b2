import { createHash } from 'node:crypto'
import { open, type FileHandle } from 'node:fs/promises'
import type { Sha256 } from '#core/brand.ts'
import { listArrayFiles } from '../reading/array-files.ts'
import { hashArray } from '../reading/hash-array.ts'

interface FileHash {
  readonly sha256: Sha256
  readonly bytes: number
}

type Ask = <T>(question: () => Promise<T>) => Promise<T>

const PART_BYTES = 2 ** 20

/**
 * SHA-256 and size of a file, read part by part; of a folder as `hashArray` defines it for Zarr arrays.
 *
 * Rejects with what the file system says where the file cannot be read.
 *
 * @param ask puts each question to the file system.
 */
export async function hashFile(path: string, ask: Ask = question => question()): Promise<FileHash> {
  const handle = await ask(() => open(path, 'r'))
  try {
    return await hashParts(handle, ask)
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'EISDIR')
      return await hashFolder(path, ask)
    throw cause
  } finally {
    // On a disk that does not answer it is closed whenever it does.
    const closed = handle.close().catch(() => undefined)
    await ask(() => closed).catch(() => undefined)
  }
}

async function hashParts(handle: FileHandle, ask: Ask): Promise<FileHash> {
  const hash = createHash('sha256')
  const part = new Uint8Array(PART_BYTES)
  for (let bytes = 0; ;) {
    const at = bytes
    const { bytesRead } = await ask(() => handle.read(part, 0, PART_BYTES, at))
    if (bytesRead === 0) return { sha256: hash.digest('hex') as Sha256, bytes }
    hash.update(part.subarray(0, bytesRead))
    bytes += bytesRead
  }
}

async function hashFolder(path: string, ask: Ask): Promise<FileHash> {
  const { files, bytes } = await listArrayFiles(path, ask)
  return { sha256: await hashArray(path, files, () => {}, ask), bytes }
}
