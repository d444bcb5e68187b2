import { gaussianBlur, type FloatImage } from '../image/blur.ts'
import type { Labels } from '../image/labels.ts'
import type { Mask } from '../image/mask.ts'
import type { Plane } from '../image/plane.ts'
import { stage } from '../stage.ts'
import { backgroundSurface } from './background-surface.ts'
import { distanceTransform } from './distance-transform.ts'
import { fillHoles } from './fill-holes.ts'
import { finitePixels } from './finite-pixels.ts'
import { floodBrightness } from './flood-brightness.ts'
import { brightForeground } from './foreground.ts'
import { typicalInscribedRadius } from './inscribed-radius.ts'
import { keepLargestParts } from './keep-largest-parts.ts'
import { localBackground } from './local-background.ts'
import { farFrom, objectPixels } from './mask-of.ts'
import { NucleiParams } from './nuclei-params.ts'
import { areasOf, meansOf } from './object-statistics.ts'
import { objectsAtBorder } from './objects-at-border.ts'
import { pixelNoise } from './pixel-noise.ts'
import { renumber } from './renumber.ts'
import { splitCoarsely, splitTouching } from './split-touching.ts'
import { trimToOutline } from './trim-to-outline.ts'

export interface NucleiSegmentation {
  readonly labels: Labels
  /** Diameter of a typical nucleus in pixels, given or found; null where there was nothing to find it from. */
  readonly diameter: number | null
}

/** Finds nuclei in a fluorescence plane, bright on dark, whatever their size. */
export const segmentNuclei = stage({
  id: 'derive.nuclei',
  version: 1,
  defaults: NucleiParams.parse({}),
  run: findNuclei,
})

/** Blurred edges are cut here before touching nuclei are told apart, and outlines drawn afterwards. */
const HALF_MAXIMUM = 0.5

function findNuclei(plane: Plane, params: NucleiParams): NucleiSegmentation {
  const image = flatten(finitePixels(plane))
  const smooth = gaussianBlur(image, params.smoothing)
  const faintest = params.significance * noiseAfter(params.smoothing, pixelNoise(image))
  const foreground = fillHoles(brightForeground(smooth, faintest))
  const firstRadius = radiusOf(foreground, params)
  if (firstRadius === null) return { labels: noObjects(plane), diameter: null }

  const background = localBackground(smooth, farFrom(foreground, firstRadius / 4), 3 * firstRadius)
  const contrast = { ...image, pixels: image.pixels.map((v, i) => v - background.pixels[i]!) }
  const coarse = splitCoarsely(foreground, contrast, firstRadius)
  const trimmed = trimToOutline(coarse, smooth, background, HALF_MAXIMUM)
  const cores = fillHoles(objectPixels(trimmed), firstRadius * firstRadius)

  const radius = radiusOf(cores, params) ?? firstRadius
  const nuclei = splitTouching(cores, contrast, radius, params.joinOdds)
  const grown = floodBrightness(smooth, nuclei, foreground)
  const outlined = trimToOutline(grown, smooth, background, params.outlineLevel)
  const objects = keepLargestParts(outlined)

  const areas = areasOf(objects)
  const typicalArea = Math.PI * radius * radius
  const bright = meansOf(objects, smooth)
  const dark = meansOf(objects, background)
  const atBorder = objectsAtBorder(objects)
  const isNucleus = (label: number): boolean =>
    areas[label]! >= params.smallestArea * typicalArea &&
    areas[label]! <= params.largestArea * typicalArea &&
    bright[label]! - dark[label]! > faintest &&
    (params.borderObjects === 'keep' || atBorder[label] === 0)
  return { labels: renumber(keepObjects(objects, isNucleus)), diameter: 2 * radius }
}

function flatten(image: FloatImage): FloatImage {
  const surface = backgroundSurface(image).pixels
  return { ...image, pixels: image.pixels.map((value, i) => value - surface[i]!) }
}

/** White noise that a Gaussian of standard deviation σ leaves: 1 / (2 √π σ) of it, all of it below σ = 0.3. */
function noiseAfter(sigma: number, noise: number): number {
  return noise * Math.min(1, 1 / (2 * Math.sqrt(Math.PI) * sigma))
}

function radiusOf(mask: Mask, { diameter }: NucleiParams): number | null {
  return diameter === 'auto' ? typicalInscribedRadius(distanceTransform(mask)) : diameter / 2
}

function noObjects({ width, height }: Plane): Labels {
  return { width, height, pixels: new Uint32Array(width * height), count: 0 }
}

function keepObjects(objects: Labels, isKept: (label: number) => boolean): Labels {
  const kept = Uint8Array.from({ length: objects.count + 1 }, (_, label) =>
    label > 0 && isKept(label) ? 1 : 0,
  )
  return { ...objects, pixels: objects.pixels.map(label => (kept[label] === 1 ? label : 0)) }
}
