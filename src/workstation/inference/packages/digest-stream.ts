import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { finished } from 'node:stream/promises'
import type { Readable } from 'node:stream'
import { crc32 } from 'node:zlib'
import type { Sha256 } from '#core/brand.ts'
import type { TakenFile } from './package-source.ts'

export interface StreamDigest extends TakenFile {
  readonly crc32: number
}

/**
 * Reads a stream once, and writes it to a new file that only its owner can read where `path` says one.
 *
 * @param check called with the bytes read so far; what it throws ends the reading
 */
export async function digestStream(
  stream: Readable,
  path: string | null,
  check: (bytes: number) => void,
): Promise<StreamDigest> {
  const hash = createHash('sha256')
  const file = path === null ? null : createWriteStream(path, { flags: 'wx', mode: 0o600 })
  const written = file === null ? null : finished(file)
  // Whatever happens to the file is told by the awaiting below.
  written?.catch(() => undefined)
  let bytes = 0
  let checksum = 0
  let head = new Uint8Array(0)
  try {
    for await (const chunk of stream) {
      if (!(chunk instanceof Uint8Array)) throw new TypeError('a stream of bytes was expected')
      bytes += chunk.byteLength
      check(bytes)
      hash.update(chunk)
      checksum = crc32(chunk, checksum)
      if (head.length < 64)
        head = Uint8Array.from([...head, ...chunk.subarray(0, 64 - head.length)])
      if (file !== null && !file.write(chunk)) await Promise.race([once(file, 'drain'), written])
    }
    file?.end()
    await written
  } catch (cause) {
    file?.destroy()
    throw cause
  } finally {
    stream.destroy()
  }
  return { bytes, sha256: hash.digest('hex') as Sha256, head, crc32: checksum }
}
