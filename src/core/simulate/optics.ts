import { gaussianBlur, type FloatImage } from '../image/blur.ts'
import { blurByDiscs, type Disc } from './blur-by-discs.ts'

export interface Optics {
  readonly numericalAperture: number
  /** Of what the cells lie in. */
  readonly refractiveIndex: number
  /** Side of a camera pixel in the specimen, in µm. */
  readonly pixelSize: number
}

/** 20×/0.75 dry, a camera with 6.5 µm pixels binned 2 × 2, cells in buffer. */
export const PLATE_OBJECTIVE: Optics = {
  numericalAperture: 0.75,
  refractiveIndex: 1.33,
  pixelSize: 0.65,
}

/** How the light of cells is spread over their height: even in focus a part of them is not. Depths in µm from the middle. */
const LAYERS = [
  { depth: -2.2, share: 0.24 },
  { depth: 0, share: 0.44 },
  { depth: 2.2, share: 0.24 },
]
/** The rest, which a widefield microscope scatters as widely as light from so many µm out of focus. */
const HAZE = { depth: 18, share: 0.08 }

/**
 * The image that a widefield microscope makes of a specimen.
 *
 * A point that lies out of focus becomes the cone's cross-section: a disc, as geometrical optics has it and as the
 * defocused transfer function tends to where defocus is large (Stokseth 1969, J. Opt. Soc. Am. 59, 1314).
 * Diffraction and the pixel's own size smooth everything.
 *
 * @param light photons per pixel, as if every point were imaged to a point
 * @param defocus distance between the focal plane and the middle of the specimen, in µm, with its sign
 * @param emission wavelength in µm
 */
export function formImage(
  light: FloatImage,
  optics: Optics,
  emission: number,
  defocus: number,
): FloatImage {
  const discs = LAYERS.map(({ depth, share }): Disc => {
    return { radius: discRadius(optics, depth + defocus), share }
  })
  discs.push({ radius: discRadius(optics, HAZE.depth + Math.abs(defocus)), share: HAZE.share })
  return gaussianBlur(blurByDiscs(light, discs), focusedSpread(optics, emission))
}

/** Radius in pixels of the cone of light that a point out of focus sends into the objective. */
export function discRadius(optics: Optics, defocus: number): number {
  const { numericalAperture, refractiveIndex, pixelSize } = optics
  const slope = numericalAperture / Math.sqrt(refractiveIndex ** 2 - numericalAperture ** 2)
  return (Math.abs(defocus) * slope) / pixelSize
}

/**
 * Standard deviation in pixels of a point in focus.
 *
 * The Airy pattern's full width at half maximum is 0.51 λ/NA (Born and Wolf, Principles of Optics, §8.5.2);
 * a square pixel adds the variance 1/12.
 */
export function focusedSpread({ numericalAperture, pixelSize }: Optics, emission: number): number {
  const airy = (0.51 * emission) / numericalAperture / 2.355 / pixelSize
  return Math.sqrt(airy * airy + 1 / 12)
}
