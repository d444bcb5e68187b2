import type { PlaneId, PlateId, RecordId } from '#core/brand.ts'

/** What networks can leave behind of a field beside its objects, each as an image over the whole of it. */
export const PREDICTION_MAPS = [
  'entropy',
  'mutual-information',
  'foreground',
  'saliency',
  'class-activation',
] as const
export type PredictionMap = (typeof PREDICTION_MAPS)[number]

/**
 * What pixels can be asked for, and the addresses by which.
 *
 * An address names a version of a file or a record, so what it answers never changes. Samples come little-endian and
 * row-major; `Pixel-Type`, `Pixel-Width` and `Pixel-Height` in the response say how to read them. A fault comes as
 * JSON with status 404 (not there), 410 (another version by now), 422 (cannot be read) or 503 (worker lost).
 */
export type PixelRequest =
  /** JSON: {@link PlaneDescription}. */
  | { readonly kind: 'about'; readonly planeId: PlaneId; readonly version: string }
  /** A tile of a plane: side {@link TILE}, less at the edges. Level n is n times halved by averaging 2 × 2 pixels. */
  | {
      readonly kind: 'tile'
      readonly planeId: PlaneId
      readonly version: string
      readonly level: number
      readonly column: number
      readonly row: number
    }
  /** A tile of a label image, uint16 or uint32; level n takes every 2ⁿ-th pixel. */
  | {
      readonly kind: 'labels'
      readonly record: RecordId
      readonly level: number
      readonly column: number
      readonly row: number
    }
  /** float32, one value for each tile of `Map-Step` pixels: 0 is nothing, NaN cannot be told. */
  | {
      readonly kind: 'map'
      readonly planeId: PlaneId
      readonly version: string
      readonly map: 'sharpness' | 'saturation'
    }
  /**
   * uint8, a map that networks made of a field: value / 255 is 0 to 1. It spans the whole field whatever its own size,
   * which is at most {@link MAP_SIDE}; one that was kept larger is halved by averaging. `Map-Step` says nothing here.
   */
  | { readonly kind: 'prediction-map'; readonly record: RecordId; readonly map: PredictionMap }
  /**
   * uint16, longest side at most {@link THUMBNAIL}: means, in the plane's counts; float intensities of 0 to 1, as colour
   * images have them, become 0 to 65535.
   */
  | { readonly kind: 'thumbnail'; readonly planeId: PlaneId; readonly version: string }
  /**
   * uint16, all wells of a plate in one image: the thumbnail of each well's first site that counts, `size` by `size`
   * pixels, at its row and column; wells without an image are 0. It has the rows and columns of the smallest plate that
   * has all wells with images. `moment` is any word, to ask again later. `Atlas-Missing` in the response says how many
   * thumbnails are still to be made: ask again.
   */
  | {
      readonly kind: 'atlas'
      readonly plateId: PlateId
      readonly channel: string
      readonly size: number
      readonly moment: string
    }

export interface PlaneDescription {
  readonly width: number
  readonly height: number
  /** Of one sample in the file. */
  readonly bits: number
  readonly type: 'uint8' | 'uint16' | 'float32'
  /** Largest value the camera can produce. */
  readonly fullScale: number
  /** How many levels there are, 1 for a plane no larger than a tile. */
  readonly levels: number
  /** Side of a pixel in µm; null where the file does not say. */
  readonly pixelSize: number | null
  /** Values below which 0, 0.1, 1, 5, 25, 50, 75, 95, 99, 99.9 and 100 per cent of the pixels lie. */
  readonly percentiles: readonly { readonly percent: number; readonly value: number }[]
  /** 256 equal bins from the lowest to the highest value. */
  readonly histogram: readonly number[]
}

/** Side of a tile in pixels: the 2160 of most cameras, halved once, fit into one, the whole of them into four. */
export const TILE = 1280
/** Longest side of a map over a field in pixels: what every graphics card takes as one texture. */
export const MAP_SIDE = 4096
/** Longest side of a thumbnail in pixels. */
export const THUMBNAIL = 96

/** How many levels an image has: the last one fits into a tile. */
export function levelCount(width: number, height: number): number {
  return 1 + Math.max(0, Math.ceil(Math.log2(Math.max(width, height) / TILE)))
}

const PREFIX = '/pixels'

export function pixelPath(request: PixelRequest): string {
  switch (request.kind) {
    case 'about':
    case 'thumbnail':
      return `${PREFIX}/${request.kind}/${request.planeId}/${request.version}`
    case 'tile': {
      const { planeId, version, level, column, row } = request
      return `${PREFIX}/tile/${planeId}/${version}/${level}/${column}/${row}`
    }
    case 'labels': {
      const { record, level, column, row } = request
      return `${PREFIX}/labels/${record}/${level}/${column}/${row}`
    }
    case 'map':
      return `${PREFIX}/map/${request.planeId}/${request.version}/${request.map}`
    case 'prediction-map':
      return `${PREFIX}/map/${request.record}/${request.map}`
    case 'atlas': {
      const { plateId, channel, size, moment } = request
      return `${PREFIX}/atlas/${plateId}/${encodeURIComponent(channel)}/${size}/${moment}`
    }
  }
}

const NUMBER = '(0|[1-9][0-9]{0,14})'
const VERSION = '([0-9a-f]{16,64})'
const RECORD = '([0-9a-f]{64})'
const ADDRESSES = {
  about: new RegExp(`^${PREFIX}/about/${NUMBER}/${VERSION}$`),
  thumbnail: new RegExp(`^${PREFIX}/thumbnail/${NUMBER}/${VERSION}$`),
  tile: new RegExp(`^${PREFIX}/tile/${NUMBER}/${VERSION}/${NUMBER}/${NUMBER}/${NUMBER}$`),
  labels: new RegExp(`^${PREFIX}/labels/${RECORD}/${NUMBER}/${NUMBER}/${NUMBER}$`),
  map: new RegExp(`^${PREFIX}/map/${NUMBER}/${VERSION}/(sharpness|saturation)$`),
  'prediction-map': new RegExp(`^${PREFIX}/map/${RECORD}/(${PREDICTION_MAPS.join('|')})$`),
  atlas: new RegExp(`^${PREFIX}/atlas/${NUMBER}/([^/]{1,600})/${NUMBER}/([0-9A-Za-z-]{1,64})$`),
} as const

/** What a path asks for, or null for what is no pixel address: a stray path, a number with a sign, a bare slash. */
export function parsePixelPath(pathname: string): PixelRequest | null {
  for (const kind of Object.keys(ADDRESSES) as PixelRequest['kind'][]) {
    const match = ADDRESSES[kind].exec(pathname)
    if (match !== null) return requestOf(kind, match.slice(1))
  }
  return null
}

function requestOf(kind: PixelRequest['kind'], parts: readonly string[]): PixelRequest | null {
  const number = (i: number): number => Number(parts[i])
  const planeId = number(0) as PlaneId
  const version = parts[1]!
  switch (kind) {
    case 'about':
    case 'thumbnail':
      return { kind, planeId, version }
    case 'tile':
      return { kind, planeId, version, level: number(2), column: number(3), row: number(4) }
    case 'labels':
      return {
        kind,
        record: parts[0] as RecordId,
        level: number(1),
        column: number(2),
        row: number(3),
      }
    case 'map':
      return { kind, planeId, version, map: parts[2] as 'sharpness' | 'saturation' }
    case 'prediction-map':
      return { kind, record: parts[0] as RecordId, map: parts[1] as PredictionMap }
    case 'atlas': {
      const channel = decoded(parts[1]!)
      const size = number(2)
      if (channel === null || size < 1 || size > THUMBNAIL) return null
      return { kind, plateId: number(0) as PlateId, channel, size, moment: parts[3]! }
    }
  }
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text)
  } catch {
    return null
  }
}
