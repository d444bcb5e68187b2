import type { FloatImage } from '../image/blur.ts'
import type { Labels } from '../image/labels.ts'
import type { Plane } from '../image/plane.ts'
import { stage } from '../stage.ts'
import { distanceTransform } from './distance-transform.ts'
import { fillHoles } from './fill-holes.ts'
import { fillObjectHoles } from './fill-object-holes.ts'
import { finitePixels } from './finite-pixels.ts'
import { floodBrightness } from './flood-brightness.ts'
import { findLargestParts } from './largest-parts.ts'
import { localBackground } from './local-background.ts'
import { farFrom, objectPixels } from './mask-of.ts'
import { findNuclearScale, radiusOf, type NuclearScale } from './nuclear-scale.ts'
import { NucleiParams } from './nuclei-params.ts'
import { objectsAtBorder } from './objects-at-border.ts'
import { renumber } from './renumber.ts'
import { splitCoarsely, splitTouching } from './split-touching.ts'
import { brightnessOf, trimToOutline, type ObjectBrightness } from './trim-to-outline.ts'

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

/** Where blurred edges are cut before touching nuclei are told apart. */
const HALF_MAXIMUM = 0.5

function findNuclei(plane: Plane, params: NucleiParams): NucleiSegmentation {
  const { width, height } = plane
  const scale = findNuclearScale(finitePixels(plane), params)
  const nuclei = tellApart(scale, params)
  if (nuclei === null) {
    const nothing = { width, height, pixels: new Uint32Array(width * height), count: 0 }
    return { labels: nothing, diameter: null }
  }
  const { binning, smooth, faintest } = scale
  const { territories, background, radius } = nuclei
  const brightness = brightnessOf(territories, smooth, background)
  const solid = lightHoles(territories, smooth, brightness, params.outlineLevel)
  const full = { width, height, cell: binning }
  const parts = findLargestParts(
    trimToOutline(territories, solid, brightness, params.outlineLevel, full),
  )

  const typicalArea = Math.PI * (radius * binning) ** 2
  const atBorder = objectsAtBorder(parts.labels)
  const isNucleus = (part: number): boolean => {
    const object = parts.largestOf[part]!
    const size = parts.areas[part]! / typicalArea
    return (
      object !== 0 &&
      size >= params.smallestArea &&
      size <= params.largestArea &&
      brightness.bright[object]! - brightness.dark[object]! > faintest &&
      (params.borderObjects === 'keep' || atBorder[part] === 0)
    )
  }
  return { labels: renumber(parts.labels, isNucleus), diameter: 2 * radius * binning }
}

/** Nuclei with the space around them that is theirs. */
interface Territories {
  readonly territories: Labels
  readonly background: FloatImage
  readonly radius: number
}

function tellApart(scale: NuclearScale, params: NucleiParams): Territories | null {
  const { binning, smooth, foreground, distance, radius: roughly } = scale
  if (roughly === null) return null
  const background = localBackground(smooth, farFrom(foreground, roughly / 4), 3 * roughly)
  const contrast = subtract(smooth, background)
  const coarse = splitCoarsely(foreground, distance, contrast)
  const brightness = brightnessOf(coarse, smooth, background)
  const trimmed = objectPixels(trimToOutline(coarse, smooth, brightness, HALF_MAXIMUM))
  const cores = fillHoles(trimmed, roughly * roughly)
  const coreDistance = distanceTransform(cores)
  const radius = radiusOf(coreDistance, binning, params) ?? roughly
  const nuclei = splitTouching(cores, coreDistance, contrast, radius, params.joinOdds)
  return { territories: floodBrightness(smooth, nuclei, foreground), background, radius }
}

/** Makes nucleoli as bright as their nucleus, so that they are inside its outline. */
function lightHoles(
  territories: Labels,
  image: FloatImage,
  brightness: ObjectBrightness,
  level: number,
): FloatImage {
  const outlined = trimToOutline(territories, image, brightness, level)
  const filled = fillObjectHoles(outlined)
  const pixels = image.pixels.slice()
  for (let i = 0; i < pixels.length; i += 1) {
    if (filled.pixels[i] !== outlined.pixels[i]) pixels[i] = brightness.bright[filled.pixels[i]!]!
  }
  return { ...image, pixels }
}

function subtract(image: FloatImage, other: FloatImage): FloatImage {
  const pixels = new Float32Array(image.pixels.length)
  for (let i = 0; i < pixels.length; i += 1) pixels[i] = image.pixels[i]! - other.pixels[i]!
  return { ...image, pixels }
}
