import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import type { Sha256 } from '#core/brand.ts'

/**
 * SHA-256 and size of a file, read as a stream.
 *
 * Rejects with what the file system says where the file cannot be read.
 */
export async function hashFile(path: string): Promise<{ sha256: Sha256; bytes: number }> {
  const hash = createHash('sha256')
  const stream = createReadStream(path)
  await pipeline(stream, hash)
  return { sha256: hash.digest('hex') as Sha256, bytes: stream.bytesRead }
}
