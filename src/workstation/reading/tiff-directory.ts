import { fail, ok, type Result } from '#core/fault.ts'
import type { ByteSource } from './byte-source.ts'
import type { StructureFault } from './image-structure.ts'

/** How a TIFF writes its numbers: TIFF 6.0 or, with 64-bit offsets, BigTIFF. */
export interface TiffDialect {
  readonly littleEndian: boolean
  readonly big: boolean
}

/** An image file directory (IFD). */
export interface TiffDirectory {
  readonly entries: ReadonlyMap<number, TiffEntry>
  /** Where the next directory is; 0 after the last. */
  readonly next: number
}

export interface TiffEntry {
  readonly type: number
  readonly count: number
  /** Where the values are in the file. */
  readonly at: number
}

/** TIFF 6.0 baseline writers use about 15; microscopes add some dozens. */
const MOST_ENTRIES = 4096

/** Bytes of one value: SHORT 3, LONG 4, IFD 13, LONG8 16, IFD8 18. Sizes and places have no other types. */
const INTEGER_BYTES: Readonly<Record<number, 2 | 4 | 8>> = { 3: 2, 4: 4, 13: 4, 16: 8, 18: 8 }

/** Bytes of one value of any type, to tell whether it is written inside its entry. */
const TYPE_BYTES = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 0, 0, 8, 8, 8]

export async function readDirectory(
  source: ByteSource,
  { littleEndian, big }: TiffDialect,
  offset: number,
): Promise<Result<TiffDirectory, StructureFault>> {
  const { path } = source
  const truncated = fail({
    kind: 'image-truncated',
    path,
    detail:
      offset < source.size
        ? `its directory at byte ${offset} goes on beyond the end at byte ${source.size}`
        : `its directory at byte ${offset} lies beyond the end at byte ${source.size}`,
  })
  const countBytes = big ? 8 : 2
  const head = viewOf(await source.read(offset, countBytes))
  if (head.byteLength < countBytes) return truncated
  const count = big ? Number(head.getBigUint64(0, littleEndian)) : head.getUint16(0, littleEndian)
  if (count === 0 || count > MOST_ENTRIES) {
    return fail({ kind: 'image-corrupt', path, detail: `a directory of ${count} entries` })
  }

  const entryBytes = big ? 20 : 12
  const offsetBytes = big ? 8 : 4
  const length = count * entryBytes + offsetBytes
  const body = viewOf(await source.read(offset + countBytes, length))
  if (body.byteLength < length) return truncated
  const offsetAt = (at: number): number =>
    big ? Number(body.getBigUint64(at, littleEndian)) : body.getUint32(at, littleEndian)

  const entries = new Map<number, TiffEntry>()
  for (let at = 0; at < count * entryBytes; at += entryBytes) {
    const tag = body.getUint16(at, littleEndian)
    const type = body.getUint16(at + 2, littleEndian)
    const values = offsetAt(at + 4)
    const valueAt = at + 4 + offsetBytes
    const inside = values * (TYPE_BYTES[type] ?? 0) <= offsetBytes
    // The first of two entries of one tag counts.
    if (entries.has(tag)) continue
    entries.set(tag, {
      type,
      count: values,
      at: inside ? offset + countBytes + valueAt : offsetAt(valueAt),
    })
  }
  return ok({ entries, next: offsetAt(count * entryBytes) })
}

/** The whole numbers of an entry, never more than the file has room for. */
export async function readIntegers(
  source: ByteSource,
  { littleEndian }: TiffDialect,
  tag: number,
  { type, count, at }: TiffEntry,
): Promise<Result<Float64Array, StructureFault>> {
  const { path } = source
  const size = INTEGER_BYTES[type]
  if (size === undefined) {
    return fail({ kind: 'image-corrupt', path, detail: `tag ${tag} of type ${type}` })
  }
  // Asked first, for the count may be anything.
  const fits = at + count * size <= source.size
  const view = viewOf(await source.read(at, fits ? count * size : 0))
  if (view.byteLength < count * size) {
    return fail({ kind: 'image-truncated', path, detail: `tag ${tag} lies beyond the end` })
  }
  const values = new Float64Array(count)
  for (let i = 0; i < values.length; i += 1) {
    if (size === 2) values[i] = view.getUint16(i * 2, littleEndian)
    else if (size === 4) values[i] = view.getUint32(i * 4, littleEndian)
    else values[i] = Number(view.getBigUint64(i * 8, littleEndian))
  }
  return ok(values)
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
