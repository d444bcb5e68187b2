import type { FileHandle } from 'node:fs/promises'

/** The bytes of one file, by position. */
export interface ByteSource {
  readonly path: string
  readonly size: number
  /** Bytes from `offset` on, fewer than `length` only where the file ends. A view: not to be written to. */
  read(offset: number, length: number): Promise<Uint8Array>
}

export function memorySource(path: string, bytes: Uint8Array): ByteSource {
  return {
    path,
    size: bytes.length,
    read: (offset, length) => Promise.resolve(bytes.subarray(offset, offset + length)),
  }
}

const BLOCK_BYTES = 64 * 1024
const BLOCKS_KEPT = 8

/**
 * Reads from an open file. Small reads come out of blocks that are kept for a while, because
 * directories, tables and strips lie close together and a share answers each read in milliseconds.
 */
export function fileSource(path: string, file: FileHandle, size: number): ByteSource {
  const blocks = new Map<number, Uint8Array>()

  async function readBlock(index: number): Promise<Uint8Array> {
    const kept = blocks.get(index)
    if (kept !== undefined) return kept
    const block = await readFully(file, index * BLOCK_BYTES, BLOCK_BYTES)
    if (blocks.size === BLOCKS_KEPT) blocks.delete(blocks.keys().next().value!)
    blocks.set(index, block)
    return block
  }

  return {
    path,
    size,
    async read(offset, length) {
      if (offset >= size) return new Uint8Array(0)
      const index = Math.floor(offset / BLOCK_BYTES)
      const start = offset - index * BLOCK_BYTES
      if (start + length > BLOCK_BYTES) {
        return readFully(file, offset, Math.min(length, size - offset))
      }
      return (await readBlock(index)).subarray(start, start + length)
    },
  }
}

/** One read may return less than it was asked for, on a share above all. */
async function readFully(file: FileHandle, offset: number, length: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(length)
  let filled = 0
  while (filled < length) {
    const { bytesRead } = await file.read(bytes, filled, length - filled, offset + filled)
    if (bytesRead === 0) break
    filled += bytesRead
  }
  return bytes.subarray(0, filled)
}
