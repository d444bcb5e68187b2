import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import type { Sha256 } from '#core/brand.ts'
import { listArrayFiles } from '../reading/array-files.ts'
import { hashArray } from '../reading/hash-array.ts'

interface FileHash {
  readonly sha256: Sha256
  readonly bytes: number
}

/**
 * SHA-256 and size of a file, read as a stream; of a folder as `hashArray` defines it for Zarr arrays.
 *
 * Rejects with what the file system says where the file cannot be read.
 */
export async function hashFile(path: string): Promise<FileHash> {
  const hash = createHash('sha256')
  const stream = createReadStream(path)
  try {
    await pipeline(stream, hash)
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'EISDIR')
      return hashFolder(path)
    throw cause
  }
  return { sha256: hash.digest('hex') as Sha256, bytes: stream.bytesRead }
}

async function hashFolder(path: string): Promise<FileHash> {
  const { files, bytes } = await listArrayFiles(path)
  return { sha256: await hashArray(path, files), bytes }
}
