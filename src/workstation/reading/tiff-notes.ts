import type { ByteSource } from './byte-source.ts'
import type { TiffNotes } from './pixel-size.ts'
import type { TiffDialect, TiffEntry } from './tiff-directory.ts'

const DESCRIPTION = 270
const MAX_SAMPLE_VALUE = 281
const X_RESOLUTION = 282
const Y_RESOLUTION = 283
const RESOLUTION_UNIT = 296

/** Tags of what a page says about itself beside its pixels. */
export const NOTE_TAGS: ReadonlySet<number> = new Set([
  DESCRIPTION,
  MAX_SAMPLE_VALUE,
  X_RESOLUTION,
  Y_RESOLUTION,
  RESOLUTION_UNIT,
])

/** As much of a description as is read for a pixel's size: OME-XML of a whole plate is longer, and names its pixels early. */
const MOST_DESCRIPTION = 2 ** 20
/** TIFF 6.0: what counts where the tag is missing. */
const INCH = 2

/** Reads notes; a broken one is as good as none, for nothing that is measured rests on it. */
export async function readTiffNotes(
  source: ByteSource,
  { littleEndian }: Pick<TiffDialect, 'littleEndian'>,
  entries: ReadonlyMap<number, TiffEntry>,
): Promise<TiffNotes> {
  const view = async (tag: number, bytes: number): Promise<DataView | null> => {
    const entry = entries.get(tag)
    if (entry === undefined) return null
    const read = await source.read(entry.at, bytes)
    return read.length < bytes ? null : new DataView(read.buffer, read.byteOffset, bytes)
  }
  const ratio = async (tag: number): Promise<number | null> => {
    const both = await view(tag, 8)
    if (both === null) return null
    const value = both.getUint32(0, littleEndian) / both.getUint32(4, littleEndian)
    return Number.isFinite(value) ? value : null
  }
  return {
    description: await readTiffDescription(source, entries, MOST_DESCRIPTION),
    xResolution: await ratio(X_RESOLUTION),
    yResolution: await ratio(Y_RESOLUTION),
    resolutionUnit: (await view(RESOLUTION_UNIT, 2))?.getUint16(0, littleEndian) ?? INCH,
    maxSampleValue: (await view(MAX_SAMPLE_VALUE, 2))?.getUint16(0, littleEndian) ?? null,
  }
}

/** ImageDescription, its first `most` bytes; empty where there is none. */
export async function readTiffDescription(
  source: ByteSource,
  entries: ReadonlyMap<number, TiffEntry>,
  most: number,
): Promise<string> {
  const entry = entries.get(DESCRIPTION)
  if (entry === undefined) return ''
  return decodeText(await source.read(entry.at, Math.min(entry.count, most)))
}

/** TIFF says ASCII; OME writes UTF-8, and older programs µ in Latin 1. */
function decodeText(bytes: Uint8Array): string {
  const end = bytes.indexOf(0)
  const text = end < 0 ? bytes : bytes.subarray(0, end)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(text)
  } catch {
    return new TextDecoder('latin1').decode(text)
  }
}
