import type { Samples } from '../../lib/pixels.ts'
import type { Size } from './camera.ts'
import type { MapStyle } from './image-layer.ts'

/** A map that lies over a picture. */
export interface LaidMap extends Omit<MapStyle, 'quad' | 'bytesPerPixel'> {
  readonly key: string
  readonly samples: Samples
  /** Image pixels across one value, and down. */
  readonly scaleX: number
  readonly scaleY: number
  /** What its values are called, and which of them is 1. */
  readonly name: string
  readonly fullScale: number
}

/** How a map is drawn over a picture of this size. */
export function mapStyleOf(map: LaidMap, { width, height }: Size): MapStyle {
  const { key, samples, scaleX, scaleY } = map
  const place = { x: 0, y: 0, width, height, originX: 0, originY: 0 }
  const bytesPerPixel = samples.data.BYTES_PER_ELEMENT
  return { ...map, bytesPerPixel, quad: { key, ...place, scaleX, scaleY } }
}

/** The value over a pixel of the picture, by the pixel's middle, as it is drawn. */
export function mapValueAt(
  {
    samples,
    scaleX,
    scaleY,
    fullScale,
  }: Pick<LaidMap, 'samples' | 'scaleX' | 'scaleY' | 'fullScale'>,
  column: number,
  row: number,
): number {
  const x = Math.min(Math.floor((column + 0.5) / scaleX), samples.width - 1)
  const y = Math.min(Math.floor((row + 0.5) / scaleY), samples.height - 1)
  return samples.data[y * samples.width + x]! / fullScale
}
