import { fail, ok, type Result } from '#core/fault.ts'
import type { SampleFormat, StructureFault } from './image-structure.ts'

/** How the pixels of a TIFF page are written. */
export interface TiffLayout {
  readonly width: number
  readonly height: number
  readonly samples: number
  readonly bits: number
  readonly sampleFormat: SampleFormat
  readonly compression: TiffCompression
  readonly predictor: TiffPredictor
  /** Each sample in a plane of its own, rather than pixel by pixel. */
  readonly planar: boolean
  /** FillOrder 2: the bits of every byte run from the lowest up. */
  readonly reversedBits: boolean
  /** Strips or tiles. */
  readonly tiled: boolean
  readonly segmentWidth: number
  readonly segmentHeight: number
  /** The layout's name where Parfocal does not read it. */
  readonly unsupported: string | null
}

export type TiffCompression = 'none' | 'lzw' | 'deflate' | 'packbits' | 'other'
export type TiffPredictor = 'none' | 'horizontal' | 'float' | 'other'

/** Tags of TIFF 6.0 that say how the pixels are written; the places of strips and tiles are not among them. */
export const TAG = {
  width: 256,
  height: 257,
  bits: 258,
  compression: 259,
  photometric: 262,
  fillOrder: 266,
  samples: 277,
  rowsPerStrip: 278,
  planar: 284,
  predictor: 317,
  palette: 320,
  tileWidth: 322,
  tileHeight: 323,
  sampleFormat: 339,
  depth: 32997,
} as const

/** Tags of one value; the others have one for each sample or colour. */
const MANY: readonly number[] = [TAG.bits, TAG.sampleFormat, TAG.palette]
const SINGLE = Object.values(TAG).filter(tag => !MANY.includes(tag))

const COMPRESSIONS: Readonly<Record<number, string>> = {
  2: 'CCITT compression',
  3: 'CCITT fax compression',
  4: 'CCITT fax compression',
  6: 'old JPEG compression',
  7: 'JPEG compression',
  32809: 'ThunderScan compression',
  33003: 'JPEG 2000 compression',
  33005: 'JPEG 2000 compression',
  34676: 'LogLuv compression',
  34677: 'LogLuv compression',
  34712: 'JPEG 2000 compression',
  34887: 'LERC compression',
  34925: 'LZMA compression',
  50000: 'Zstandard compression',
  50001: 'WebP compression',
}

const COLOURS: Readonly<Record<number, string>> = {
  4: 'transparency mask',
  5: 'CMYK colour',
  6: 'YCbCr colour',
  8: 'CIELab colour',
  32803: 'colour filter array',
  32844: 'LogL luminance',
  32845: 'LogLuv colour',
}

const MIN_IS_WHITE = 0
const MIN_IS_BLACK = 1
const RGB = 2
const PALETTE = 3

/**
 * @param values numbers of the tags that the page has, by tag.
 * @param description how ImageDescription begins, where the page has a palette.
 */
export function tiffLayout(
  path: string,
  values: ReadonlyMap<number, Float64Array>,
  description: string,
): Result<TiffLayout, StructureFault> {
  const one = (tag: number, missing: number): number => values.get(tag)?.[0] ?? missing
  const corrupt = (detail: string) => fail({ kind: 'image-corrupt', path, detail })

  for (const tag of SINGLE) {
    const count = values.get(tag)?.length ?? 1
    if (count !== 1) return corrupt(`${count} values of tag ${tag}`)
  }
  const planar = one(TAG.planar, 1)
  const fillOrder = one(TAG.fillOrder, 1)
  if (planar !== 1 && planar !== 2) return corrupt(`planar configuration ${planar}`)
  if (fillOrder !== 1 && fillOrder !== 2) return corrupt(`fill order ${fillOrder}`)
  const width = one(TAG.width, 0)
  const height = one(TAG.height, 0)
  const samples = one(TAG.samples, 1)
  const depths = values.get(TAG.bits) ?? Float64Array.of(1)
  const bits = depths[0] ?? 0
  if (width === 0 || height === 0) return corrupt(`${width} × ${height} pixels`)
  if (samples === 0) return corrupt('no samples in a pixel')
  if (bits === 0 || bits > 64) return corrupt(`${bits} bits a sample`)

  const tiled = values.has(TAG.tileWidth)
  const segmentWidth = tiled ? one(TAG.tileWidth, 0) : width
  const segmentHeight = tiled
    ? one(TAG.tileHeight, 0)
    : Math.min(one(TAG.rowsPerStrip, height), height)
  if (segmentWidth === 0 || segmentHeight === 0) {
    return corrupt(`${tiled ? 'tiles' : 'strips'} of ${segmentWidth} × ${segmentHeight} pixels`)
  }

  const layout = {
    width,
    height,
    samples,
    bits,
    sampleFormat: sampleFormat(one(TAG.sampleFormat, 1)),
    compression: compression(one(TAG.compression, 1)),
    predictor: predictor(one(TAG.predictor, 1)),
    planar: planar === 2 && samples > 1,
    reversedBits: fillOrder === 2,
    tiled,
    segmentWidth,
    segmentHeight,
  }
  return ok({ ...layout, unsupported: unsupported(layout, values, description) })
}

function unsupported(
  layout: Omit<TiffLayout, 'unsupported'>,
  values: ReadonlyMap<number, Float64Array>,
  description: string,
): string | null {
  const { samples, bits, sampleFormat } = layout
  const code = values.get(TAG.compression)?.[0]
  const photometric = values.get(TAG.photometric)?.[0] ?? MIN_IS_BLACK
  if (layout.compression === 'other') return COMPRESSIONS[code!] ?? `compression ${code}`
  if (photometric > PALETTE) return COLOURS[photometric] ?? `colour space ${photometric}`
  if ((values.get(TAG.depth)?.[0] ?? 1) > 1) return 'volume in one page'
  if (values.get(TAG.bits)?.some(other => other !== bits)) return 'samples of different depth'
  if (values.get(TAG.sampleFormat)?.some(other => other !== values.get(TAG.sampleFormat)![0])) {
    return 'samples of different format'
  }

  const gray = photometric === MIN_IS_WHITE || photometric === MIN_IS_BLACK
  if (gray && samples > 2) return `${samples} gray samples a pixel`
  if (photometric === RGB && (samples < 3 || samples > 4)) return `RGB of ${samples} samples`
  if (photometric === PALETTE && !showsIntensities(values, description, layout)) {
    return 'palette colour'
  }

  if (sampleFormat === 'other') return 'complex or undefined samples'
  if (sampleFormat === 'float') {
    if (bits !== 32 && bits !== 64) return `${bits}-bit float`
  } else if (bits > 16 && bits !== 32) return `${bits}-bit integers`
  if (sampleFormat === 'signed' && bits % 8 !== 0) return `signed ${bits}-bit integers`
  return unsupportedPredictor(layout)
}

/** libtiff passes over a predictor where the compression takes none and tifffile applies it: nobody can be right. */
function unsupportedPredictor({
  predictor,
  compression,
  sampleFormat,
  bits,
}: Omit<TiffLayout, 'unsupported'>): string | null {
  if (predictor === 'none') return null
  if (predictor === 'other') return 'unknown predictor'
  if (compression !== 'lzw' && compression !== 'deflate') {
    return 'predictor without LZW or deflate compression'
  }
  if (predictor === 'float' && sampleFormat !== 'float') return 'float predictor on integers'
  return bits % 8 === 0 && bits <= 32 ? null : `predictor on ${bits}-bit samples`
}

/**
 * Whether a palette only says how to show the intensities, which are the indices themselves: it leads from dark
 * to bright or back in every colour, or ImageJ wrote it, where every image is intensities seen through a palette.
 */
function showsIntensities(
  values: ReadonlyMap<number, Float64Array>,
  description: string,
  { bits, samples }: Pick<TiffLayout, 'bits' | 'samples'>,
): boolean {
  const palette = values.get(TAG.palette)
  const colours = 2 ** bits
  if (samples !== 1 || palette?.length !== 3 * colours) return false
  if (description.startsWith('ImageJ=')) return true
  let rises = false
  let falls = false
  for (let i = 1; i < palette.length; i += 1) {
    // The reds of all indices, then the greens, then the blues.
    if (i % colours === 0) continue
    if (palette[i]! > palette[i - 1]!) rises = true
    if (palette[i]! < palette[i - 1]!) falls = true
  }
  return rises !== falls
}

function sampleFormat(code: number): SampleFormat {
  if (code === 1) return 'unsigned'
  if (code === 2) return 'signed'
  return code === 3 ? 'float' : 'other'
}

function compression(code: number): TiffCompression {
  if (code === 1) return 'none'
  if (code === 5) return 'lzw'
  if (code === 8 || code === 32946) return 'deflate'
  return code === 32773 ? 'packbits' : 'other'
}

function predictor(code: number): TiffPredictor {
  if (code === 1) return 'none'
  if (code === 2) return 'horizontal'
  return code === 3 ? 'float' : 'other'
}
