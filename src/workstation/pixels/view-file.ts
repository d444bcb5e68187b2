import { closeSync, existsSync, mkdirSync, openSync, renameSync, rmSync, writevSync } from 'node:fs'
import { open, type FileHandle } from 'node:fs/promises'
import { dirname } from 'node:path'
import { crc32 } from 'node:zlib'

/** Something the window can ask for, as bytes: samples of an image, or JSON. */
export interface Piece {
  /** `level/column/row` of a tile, or what else it is. */
  readonly name: string
  readonly type: 'uint8' | 'uint16' | 'uint32' | 'float32' | 'json'
  readonly width: number
  readonly height: number
  /** Side in pixels of what one value stands for. */
  readonly step: number
  readonly bytes: Uint8Array
}

/** Names of a piece that is all there is of its view, of an atlas that lacks thumbnails, of a plane's description. */
export const WHOLE = 'whole'
export const PARTIAL = 'partial'
export const ABOUT = 'about'

type StoredPiece = Omit<Piece, 'bytes'> & {
  /** From the end of the head. */
  readonly offset: number
  readonly length: number
  readonly checksum: number
}

interface Head {
  readonly pieces: readonly StoredPiece[]
  readonly bytes: number
}

const MAGIC = 0x77656976
/** Magic, length of the list of pieces, its checksum. */
const PREAMBLE_BYTES = 12
const LARGEST_LIST = 2 ** 22
/** Enough for the list of pieces of a camera's field, and for all of a thumbnail. */
const FIRST_READ = 32 * 1024

/**
 * Writes pieces as one file, complete or not at all: under another name first, then renamed.
 *
 * Not fsynced, because it can be made again: instead each piece has a checksum, so that what a crash left of it is
 * not taken for pixels.
 *
 * @param unfinished a name that nobody else writes to, on the same disk.
 * @returns its bytes.
 */
export function writeView(path: string, unfinished: string, pieces: readonly Piece[]): number {
  let offset = 0
  const stored = pieces.map(({ bytes, ...piece }): StoredPiece => {
    const place = { ...piece, offset, length: bytes.length, checksum: crc32(bytes) }
    offset += bytes.length
    return place
  })
  const list = Buffer.from(JSON.stringify(stored))
  const preamble = Buffer.alloc(PREAMBLE_BYTES)
  preamble.writeUInt32LE(MAGIC, 0)
  preamble.writeUInt32LE(list.length, 4)
  preamble.writeUInt32LE(crc32(list), 8)
  mkdirSync(dirname(path), { recursive: true })
  mkdirSync(dirname(unfinished), { recursive: true })
  try {
    const file = openSync(unfinished, 'w')
    try {
      writeAll(file, [preamble, list, ...pieces.map(({ bytes }) => bytes)])
    } finally {
      closeSync(file)
    }
  } catch (cause) {
    // A full disk has better uses for half a view.
    rmSync(unfinished, { force: true })
    throw cause
  }
  moveInto(unfinished, path)
  return PREAMBLE_BYTES + list.length + offset
}

/** On Windows a file that is being read cannot be replaced; then the one that is there is as good. */
function moveInto(unfinished: string, path: string): void {
  try {
    renameSync(unfinished, path)
  } catch (cause) {
    rmSync(unfinished, { force: true })
    if (!existsSync(path)) throw cause
  }
}

/** As many buffers as the operating system takes at once (IOV_MAX is 1024 on Linux and macOS). */
const MOST_BUFFERS = 512

function writeAll(file: number, buffers: readonly Uint8Array[]): void {
  let left = buffers.filter(({ length }) => length > 0)
  while (left.length > 0) {
    let written = writevSync(file, left.slice(0, MOST_BUFFERS))
    let done = 0
    while (done < left.length && written >= left[done]!.length) {
      written -= left[done]!.length
      done += 1
    }
    left = left.slice(done)
    if (written > 0) left[0] = left[0]!.subarray(written)
  }
}

/** What was found of a piece: `no-view` where its file is not there, not complete or damaged. */
export type Found =
  | { readonly state: 'no-view' }
  | { readonly state: 'no-piece' }
  | { readonly state: 'piece'; readonly piece: Piece; readonly usedAt: number }

/** Reads one piece out of a view's file. */
export async function readPiece(path: string, name: string): Promise<Found> {
  try {
    await using handle = await open(path, 'r')
    return await readFrom(handle, name)
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause) return { state: 'no-view' }
    throw cause
  }
}

async function readFrom(handle: FileHandle, name: string): Promise<Found> {
  const { size, mtimeMs } = await handle.stat()
  const first = await readAt(handle, 0, Math.min(size, FIRST_READ))
  const wanted = PREAMBLE_BYTES + listLength(first)
  const start = wanted > first.length ? await readAt(handle, 0, Math.min(wanted, size)) : first
  const head = parseHead(start, size)
  if (head === null) return { state: 'no-view' }
  const stored = head.pieces.find(piece => piece.name === name)
  if (stored === undefined) return { state: 'no-piece' }
  const from = head.bytes + stored.offset
  const inside = from + stored.length <= start.length
  const bytes = inside
    ? start.subarray(from, from + stored.length)
    : await readAt(handle, from, stored.length)
  const piece = checkedPiece(stored, bytes)
  return piece === null ? { state: 'no-view' } : { state: 'piece', piece, usedAt: mtimeMs }
}

/** A piece of a view that is in memory as a whole; null where that is damaged or has no such piece. */
export function pieceOf(view: Uint8Array, name: string): Piece | null {
  const head = parseHead(view, view.length)
  const stored = head?.pieces.find(piece => piece.name === name)
  if (head === null || stored === undefined) return null
  const from = head.bytes + stored.offset
  return checkedPiece(stored, view.subarray(from, from + stored.length))
}

function listLength(start: Uint8Array): number {
  if (start.length < PREAMBLE_BYTES) return 0
  const length = viewOf(start).getUint32(4, true)
  return length <= LARGEST_LIST ? length : 0
}

/** Null where the list of pieces is not what was written, or the file is not as long as it says. */
function parseHead(start: Uint8Array, size: number): Head | null {
  if (start.length < PREAMBLE_BYTES || viewOf(start).getUint32(0, true) !== MAGIC) return null
  const bytes = PREAMBLE_BYTES + viewOf(start).getUint32(4, true)
  if (bytes > start.length) return null
  const list = start.subarray(PREAMBLE_BYTES, bytes)
  if (crc32(list) !== viewOf(start).getUint32(8, true)) return null
  // Its checksum says that we wrote it.
  const pieces = JSON.parse(Buffer.from(list).toString()) as readonly StoredPiece[]
  const last = pieces.at(-1)
  const end = bytes + (last === undefined ? 0 : last.offset + last.length)
  return end === size ? { pieces, bytes } : null
}

function checkedPiece(stored: StoredPiece, bytes: Uint8Array): Piece | null {
  const { name, type, width, height, step, length, checksum } = stored
  if (bytes.length !== length || crc32(bytes) !== checksum) return null
  return { name, type, width, height, step, bytes }
}

function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, byteLength)
}

async function readAt(handle: FileHandle, position: number, length: number): Promise<Uint8Array> {
  const bytes = Buffer.allocUnsafe(length)
  let filled = 0
  while (filled < length) {
    const { bytesRead } = await handle.read(bytes, filled, length - filled, position + filled)
    if (bytesRead === 0) break
    filled += bytesRead
  }
  return bytes.subarray(0, filled)
}
