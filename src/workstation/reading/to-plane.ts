import type { Plane } from '#core/image/plane.ts'
import type { Raster } from './raster.ts'

/** Rec. 709 luminance as skimage.color.rgb2gray weighs it. */
const RED = 0.2125
const GREEN = 0.7154
const BLUE = 0.0721

/**
 * The intensities of a raster: gray as it is, colour as luminance from 0 to 1; alpha is left out.
 *
 * @param declared the largest count that the camera can give, where the image says it; it is no matter of real numbers
 */
export function toPlane(
  { width, height, samples, range, pixels }: Raster,
  declared: number | null = null,
): Plane {
  const counts = !(pixels instanceof Float32Array) && samples <= 2
  const fullScale = counts ? Math.min(range, declared ?? range) : range
  if (samples === 1) return { width, height, pixels, fullScale }
  if (samples === 2) {
    const gray = pixels.slice(0, width * height)
    for (let i = 0; i < gray.length; i += 1) gray[i] = pixels[2 * i]!
    return { width, height, pixels: gray, fullScale }
  }
  const luminance = new Float32Array(width * height)
  let clipped: Uint8Array | undefined
  for (let i = 0; i < luminance.length; i += 1) {
    const at = i * samples
    const [red, green, blue] = [pixels[at]!, pixels[at + 1]!, pixels[at + 2]!]
    luminance[i] = (RED * red + GREEN * green + BLUE * blue) / fullScale
    if (red === fullScale || green === fullScale || blue === fullScale) {
      clipped ??= new Uint8Array(luminance.length)
      clipped[i] = 1
    }
  }
  return { width, height, pixels: luminance, fullScale: 1, ...(clipped && { clipped }) }
}
