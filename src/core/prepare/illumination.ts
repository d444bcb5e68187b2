import { backgroundSurface } from '../derive/background-surface.ts'
import type { FloatImage } from '../image/blur.ts'
import { stage } from '../stage.ts'
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
 * Divides the light out of an image: dark + (I − dark) · mean light / light (as ASHLAR and BaSiC apply a flat
 * field; Peng et al. 2017, equation 1). The mean brightness of an evenly stained field is kept.
 *
 * Where the field itself must tell, its background is the quadratic surface under the objects; a field whose
 * background holds no light (at or below `dark` on average) comes back as it is.
 */
export function flattenIllumination(
  { image, light }: UnevenField,
  { dark, least }: IlluminationParams,
): FloatImage {
  const { width, height } = image
  const surface = light === null ? backgroundSurface(image) : rescale(light, { width, height })
  const lit = surface.pixels
  let sum = 0
  for (let i = 0; i < lit.length; i += 1) sum += lit[i]! - dark
  const mean = sum / lit.length
  const pixels = image.pixels.slice()
  if (!(mean > 0)) return { width, height, pixels }
  const floor = least * mean
  for (let i = 0; i < pixels.length; i += 1) {
    pixels[i] = dark + ((pixels[i]! - dark) * mean) / Math.max(floor, lit[i]! - dark)
  }
  return { width, height, pixels }
}
