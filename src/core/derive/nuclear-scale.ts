import { gaussianBlur, type FloatImage } from '../image/blur.ts'
import type { Mask } from '../image/mask.ts'
import { backgroundSurface } from './background-surface.ts'
import { binPixels } from './bin-pixels.ts'
import { distanceTransform } from './distance-transform.ts'
import { fillHoles } from './fill-holes.ts'
import { brightForeground } from './foreground.ts'
import { typicalInscribedRadius } from './inscribed-radius.ts'
import type { NucleiParams } from './nuclei-params.ts'
import { pixelNoise } from './pixel-noise.ts'

/** A plane at the resolution that its nuclei need, and what stands out in it. Lengths are in its own pixels. */
export interface NuclearScale {
  /** Side of the block of pixels of the plane that one pixel here stands for. */
  readonly binning: number
  /** Without its uneven background and most of its noise. */
  readonly smooth: FloatImage
  /** Contrast below which nothing is told from noise. */
  readonly faintest: number
  readonly foreground: Mask
  /** From the foreground's pixels to the rest. */
  readonly distance: FloatImage
  /** Of the disc inscribed in a typical nucleus; null without foreground. */
  readonly radius: number | null
}

/** Images up to this many pixels are taken as they are. */
const MANY = 2 ** 20
/** A nucleus whose inscribed radius is this many pixels has all the shape that splitting looks at. */
const ENOUGH = 6

/** Looks at large images in coarser pixels, by two and two, as long as their nuclei stay large enough. */
export function findNuclearScale(image: FloatImage, params: NucleiParams): NuclearScale {
  if (image.pixels.length <= MANY) return lookAt(image, 1, params)
  let scale = lookAt(image, 2, params)
  if (scale.radius !== null && scale.radius < ENOUGH) return lookAt(image, 1, params)
  while (scale.radius !== null && scale.radius / 2 >= ENOUGH && scale.smooth.pixels.length > MANY) {
    scale = lookAt(image, 2 * scale.binning, params)
  }
  return scale
}

function lookAt(original: FloatImage, binning: number, params: NucleiParams): NuclearScale {
  const image = flatten(binPixels(original, binning))
  const sigma = sigmaAfterBinning(params.smoothing, binning)
  const smooth = gaussianBlur(image, sigma)
  const faintest = params.significance * noiseAfter(sigma, pixelNoise(image))
  const foreground = fillHoles(brightForeground(smooth, faintest))
  const distance = distanceTransform(foreground)
  const radius = radiusOf(distance, binning, params)
  return { binning, smooth, faintest, foreground, distance, radius }
}

/** Half the diameter given, or the typical inscribed radius, in binned pixels. */
export function radiusOf(
  distance: FloatImage,
  binning: number,
  { diameter }: NucleiParams,
): number | null {
  if (diameter !== 'auto') return diameter / 2 / binning
  return typicalInscribedRadius(distance)
}

/** What smoothing is still to be done, in binned pixels: a block of n pixels has smoothed by variance (n² − 1) / 12. */
function sigmaAfterBinning(sigma: number, binning: number): number {
  return Math.sqrt(Math.max(0, sigma ** 2 - (binning ** 2 - 1) / 12)) / binning
}

function flatten({ width, height, pixels }: FloatImage): FloatImage {
  const surface = backgroundSurface({ width, height, pixels })
  for (let i = 0; i < pixels.length; i += 1) surface.pixels[i] = pixels[i]! - surface.pixels[i]!
  return surface
}

/** White noise that a Gaussian of standard deviation σ leaves: 1 / (2 √π σ) of it, all of it below σ = 0.3. */
function noiseAfter(sigma: number, noise: number): number {
  return noise * Math.min(1, 1 / (2 * Math.sqrt(Math.PI) * sigma))
}
