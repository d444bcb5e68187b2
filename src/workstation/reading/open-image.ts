import { createHash } from 'node:crypto'
import type { Sha256 } from '#core/brand.ts'
import { fail, ok, type Result } from '#core/fault.ts'
import { fileSource, memorySource, type ByteSource } from './byte-source.ts'
import { decodePng } from './decode-png.ts'
import { decodeTiffPage } from './decode-tiff.ts'
import { readStructure } from './image-format.ts'
import type { FileVersion, OpenImage } from './image-reader.ts'
import { openArray } from './open-array.ts'
import { isFolderFault, withFile, type FileStamp, type OpenFile } from './open-file.ts'
import type { PngStructure } from './png-structure.ts'
import { toRaster } from './intensities.ts'
import { readPageNotes } from './page-notes.ts'
import type { Samples } from './samples.ts'
import type { TiffStructure } from './tiff-structure.ts'

export type { OpenImage } from './image-reader.ts'

/**
 * Files up to this size are read once and decoded from memory, from the very bytes that were hashed.
 * Larger ones are hashed as they stream by and read again page by page, as long as they have not changed.
 */
const HELD_BYTES = 32 * 2 ** 20
const STREAM_BYTES = 4 * 2 ** 20

/**
 * Reads a file once, and finds it sound or says why not.
 *
 * @param version `file-changed` where the file is another one; null where any will do
 */
export async function openImage(
  path: string,
  version: FileVersion | null = null,
): Promise<Result<OpenImage>> {
  const read = await withFile(path, null, async file => {
    if (version !== null && !isVersion(file, version)) return fail({ kind: 'file-changed', path })
    const contents = await readContents(path, file)
    const structure = await readStructure(contents.source)
    return structure.ok ? ok({ ...contents, structure: structure.value }) : structure
  })
  if (!read.ok) return isFolderFault(read.fault) ? openArray(path, version) : read
  const { held, sha256, structure, stamp, size } = read.value

  return ok({
    path,
    bytes: size,
    modified: String(stamp.modified),
    sha256,
    structure,
    async readPage(page) {
      const described = structure.pages[page]
      if (described === undefined) {
        const detail = `page ${page + 1} of ${structure.pages.length}`
        return fail({ kind: 'image-unsupported', path, detail })
      }
      if (described.refusal !== null) return fail({ ...described.refusal, path })
      const pixels =
        held === null
          ? await withFile(path, stamp, file =>
              decodePage(fileSource(path, file.handle, file.size), structure, page),
            )
          : await decodePage(held, structure, page)
      return pixels.ok ? toRaster(path, described, pixels.value) : pixels
    },

    async readNotes(page) {
      if (held !== null) return ok(await readPageNotes(held, structure, page))
      return withFile(path, stamp, async ({ handle, size }) =>
        ok(await readPageNotes(fileSource(path, handle, size), structure, page)),
      )
    },
  })
}

/** Whether an open file is this version of it. */
export function isVersion({ size, stamp }: OpenFile, { bytes, modified }: FileVersion): boolean {
  return size === bytes && stamp.modified === BigInt(modified)
}

interface Contents {
  readonly source: ByteSource
  /** Null where the file is too large to be kept in memory. */
  readonly held: ByteSource | null
  readonly sha256: Sha256
  readonly size: number
  readonly stamp: FileStamp
}

async function readContents(path: string, { handle, size, stamp }: OpenFile): Promise<Contents> {
  const hash = createHash('sha256')
  const hold = size <= HELD_BYTES
  const bytes = new Uint8Array(Math.min(size, hold ? size : STREAM_BYTES))
  let position = 0
  while (position < size) {
    const at = hold ? position : 0
    const { bytesRead } = await handle.read(
      bytes,
      at,
      Math.min(bytes.length - at, size - position),
      position,
    )
    // A file that became shorter is found out by its stamp.
    if (bytesRead === 0) break
    hash.update(bytes.subarray(at, at + bytesRead))
    position += bytesRead
  }
  const held = hold ? memorySource(path, bytes) : null
  return {
    source: held ?? fileSource(path, handle, size),
    held,
    sha256: hash.digest('hex') as Sha256,
    size,
    stamp,
  }
}

export function decodePage(
  source: ByteSource,
  structure: TiffStructure | PngStructure,
  page: number,
): Promise<Result<Samples>> {
  return structure.format === 'png'
    ? decodePng(source, structure)
    : decodeTiffPage(source, structure.pages[page]!)
}
