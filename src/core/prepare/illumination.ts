import { backgroundSurface } from '../derive/background-surface.ts'
import type { FloatImage } from '../image/blur.ts'
import { stage } from '../stage.ts'
import { percentiles } from './percentiles.ts'
import { rescale } from './rescale.ts'

export interface IlluminationParams {
  /** Counts without any light: the camera's offset, which shading does not touch. */
  readonly dark: number
  /**
   * Share of the mean light below which a place is taken to get no less: a corner is brightened by at most
   * its inverse, and noise with it.
   */
  readonly least: number
}

export interface UnevenField {
  readonly image: FloatImage
  /**
   * Light at each place, `dark` included, at any size and in any unit of brightness: a flat field taken for the
   * plate. Null to take the background of the field itself.
   */
  readonly light: FloatImage | null
}

/** Evens out the light over a field. */
export const illuminationStage = stage<UnevenField, IlluminationParams, FloatImage>({
  id: 'prepare.illumination',
  version: 1,
  defaults: { dark: 0, least: 0.1 },
  run: flattenIllumination,
})

/**
 * Divides the light out of an image: dark + (I − dark) · mean light / light, the flat-field correction of a camera
 * with offset (as in BaSiC, Peng et al. 2017, equation 1). The mean of the light is kept.
 *
 * The image is to be finite throughout. Where the field itself must tell, the light is that of its background. One that holds too little to be told from
 * its noise, or none, leaves the field all but as it is.
 */
export function flattenIllumination(
  { image, light }: UnevenField,
  { dark, least }: IlluminationParams,
): FloatImage {
  const { width, height } = image
  const surface = light === null ? ownLight(image, dark, least) : rescale(light, image)
  const even = image.pixels.slice()
  if (surface === null) return { width, height, pixels: even }
  const lit = surface.pixels
  let sum = 0
  for (let i = 0; i < lit.length; i += 1) sum += lit[i]! - dark
  const mean = sum / lit.length
  if (!(mean > 0)) return { width, height, pixels: even }
  const floor = least * mean
  for (let i = 0; i < even.length; i += 1) {
    even[i] = dark + ((even[i]! - dark) * mean) / Math.max(floor, lit[i]! - dark)
  }
  return { width, height, pixels: even }
}

/** Pixels along the shorter side that are enough to find the background. */
const ENOUGH = 512

/**
 * The light of the background, from the quadratic surface under its logarithm: vignetting is a power of the
 * cosine, which a parabola follows three times as far in logarithms as in counts.
 *
 * @returns null where most of the field is no brighter than `dark`
 */
function ownLight(image: FloatImage, dark: number, least: number): FloatImage | null {
  const few = thinOut(image)
  const [median] = percentiles(few.pixels, [50])
  const typical = median! - dark
  if (!(typical > 0)) return null
  const logarithms = few.pixels.map(value => Math.log(Math.max(least * typical, value - dark)))
  const surface = backgroundSurface({ ...few, pixels: logarithms })
  return rescale({ ...few, pixels: surface.pixels.map(value => dark + Math.exp(value)) }, image)
}

/** Single pixels at even distances: their noise stays what it was, which a mean's would not. */
function thinOut({ width, height, pixels }: FloatImage): FloatImage {
  const pitch = Math.max(1, Math.floor(Math.min(width, height) / ENOUGH))
  const few = { width: Math.ceil(width / pitch), height: Math.ceil(height / pitch) }
  const kept = new Float32Array(few.width * few.height)
  for (let y = 0; y < few.height; y += 1) {
    const row = Math.floor(((y + 0.5) * height) / few.height) * width
    for (let x = 0; x < few.width; x += 1) {
      kept[y * few.width + x] = pixels[row + Math.floor(((x + 0.5) * width) / few.width)]!
    }
  }
  return { ...few, pixels: kept }
}
