/** What goes into one grayscale TIFF page. */
export interface TiffPage {
  readonly width: number
  readonly height: number
  readonly pixels: Uint8Array | Uint16Array | Uint32Array | Float32Array
  /** ImageDescription, ASCII. */
  readonly description?: string
}

/** zlib's deflate (RFC 1950), handed in because `core` has no compressor. */
export type Deflate = (bytes: Uint8Array) => Uint8Array

const SHORT = 3
const LONG = 4
const ASCII = 2
const HEADER_BYTES = 8
const ENTRY_BYTES = 12
const LINK_BYTES = 4
/** Where the header says where the first directory is. */
const FIRST_DIRECTORY = 4

/**
 * One little-endian grayscale TIFF (TIFF 6.0), one strip, tags in order, no date: the same pixels give the same bytes.
 *
 * @param deflate compresses the strip (compression 8); without it the strip is stored as it is.
 */
export function encodeTiff(page: TiffPage, deflate?: Deflate): Uint8Array {
  return encodeTiffPages([page], deflate)
}

/** Several pages as encodeTiff writes one, each with its strip and its description before its directory. */
export function encodeTiffPages(pages: readonly TiffPage[], deflate?: Deflate): Uint8Array {
  const parts: Uint8Array[] = []
  let start = HEADER_BYTES
  /** Where the offset of the next directory is written. */
  const links: { readonly at: number; readonly directory: number }[] = []
  let link = FIRST_DIRECTORY
  for (const page of pages) {
    const { bytes, directory } = encodePage(page, start, deflate)
    links.push({ at: link, directory })
    parts.push(bytes)
    start += bytes.length
    link = start - LINK_BYTES
  }
  const file = new Uint8Array(start)
  const view = new DataView(file.buffer)
  file.set([0x49, 0x49, 42, 0])
  let at = HEADER_BYTES
  for (const part of parts) {
    file.set(part, at)
    at += part.length
  }
  for (const { at, directory } of links) view.setUint32(at, directory, true)
  return file
}

/** @param start where the page begins in its file; `directory` is where its directory does */
function encodePage(
  page: TiffPage,
  start: number,
  deflate: Deflate | undefined,
): { readonly bytes: Uint8Array; readonly directory: number } {
  const raw = littleEndianBytes(page.pixels)
  const strip = deflate === undefined ? raw : deflate(raw)
  const description = page.description === undefined ? null : ascii(page.description)
  const stripOffset = even(start)
  const descriptionOffset = even(stripOffset + strip.length)
  const directory = even(descriptionOffset + (description?.length ?? 0))
  const bits = page.pixels.BYTES_PER_ELEMENT * 8
  const entries: (readonly [tag: number, type: number, count: number, value: number])[] = [
    [256, LONG, 1, page.width],
    [257, LONG, 1, page.height],
    [258, SHORT, 1, bits],
    [259, SHORT, 1, deflate === undefined ? 1 : 8],
    [262, SHORT, 1, 1],
    ...(description === null ? [] : [[270, ASCII, description.length, descriptionOffset] as const]),
    [273, LONG, 1, stripOffset],
    [277, SHORT, 1, 1],
    [278, LONG, 1, page.height],
    [279, LONG, 1, strip.length],
    [339, SHORT, 1, page.pixels instanceof Float32Array ? 3 : 1],
  ]
  const bytes = new Uint8Array(directory - start + 2 + entries.length * ENTRY_BYTES + LINK_BYTES)
  const view = new DataView(bytes.buffer)
  bytes.set(strip, stripOffset - start)
  if (description !== null) bytes.set(description, descriptionOffset - start)
  view.setUint16(directory - start, entries.length, true)
  entries.forEach(([tag, type, count, value], i) => {
    const at = directory - start + 2 + i * ENTRY_BYTES
    view.setUint16(at, tag, true)
    view.setUint16(at + 2, type, true)
    view.setUint32(at + 4, count, true)
    if (type === SHORT) view.setUint16(at + 8, value, true)
    else view.setUint32(at + 8, value, true)
  })
  return { bytes, directory }
}

/** Every processor we run on is little-endian, so the array's own bytes are the file's. */
function littleEndianBytes(pixels: TiffPage['pixels']): Uint8Array {
  return new Uint8Array(pixels.buffer, pixels.byteOffset, pixels.byteLength)
}

/** Ends in NUL; at least 5 bytes long, because what fits into 4 would have to be in the entry itself. */
function ascii(text: string): Uint8Array {
  const codes = [...text].map(character => {
    const code = character.codePointAt(0)!
    return code < 128 ? code : '?'.charCodeAt(0)
  })
  const bytes = new Uint8Array(Math.max(codes.length + 1, 5))
  bytes.set(codes)
  return bytes
}

function even(offset: number): number {
  return offset + (offset % 2)
}
