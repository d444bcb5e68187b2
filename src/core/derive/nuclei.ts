import { gaussianBlur, type FloatImage } from '../image/blur.ts'
import { histogramOf, quantileOf } from '../image/histogram.ts'
import type { Labels } from '../image/labels.ts'
import type { Mask } from '../image/mask.ts'
import type { Plane } from '../image/plane.ts'
import { stage } from '../stage.ts'
import { distanceTransform } from './distance-transform.ts'
import { fillHoles } from './fill-holes.ts'
import { finitePixels } from './finite-pixels.ts'
import { typicalInscribedRadius } from './inscribed-radius.ts'
import { keepLargestParts } from './keep-largest-parts.ts'
import { localBackground } from './local-background.ts'
import { NucleiParams } from './nuclei-params.ts'
import { areasOf, meansOf } from './object-statistics.ts'
import { objectsAtBorder } from './objects-at-border.ts'
import { otsuLevel } from './otsu.ts'
import { quantise } from './quantise.ts'
import { renumber } from './renumber.ts'
import { splitByDynamics } from './split-by-dynamics.ts'
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

function findNuclei(plane: Plane, params: NucleiParams): NucleiSegmentation {
  const { width, height } = plane
  const image = finitePixels(plane)
  const smooth = gaussianBlur(image, params.smoothing)
  const foreground = fillHoles(brightPixels(smooth))
  const radius =
    params.diameter === 'auto'
      ? typicalInscribedRadius(distanceTransform(foreground))
      : params.diameter / 2
  if (radius === null) return { labels: noObjects(width, height), diameter: null }

  const empty = awayFrom(foreground, radius / 4)
  const background = localBackground(smooth, empty, 3 * radius)
  const coarse = splitTouching(foreground, image, background, radius, params.splitDepth)
  const trimmed = trimToOutline(coarse, smooth, background, params.outlineLevel)
  const outlined = fillHoles(objectPixels(trimmed), radius * radius)
  const fine = splitTouching(outlined, image, background, radius, params.splitDepth)
  const objects = keepLargestParts(trimToOutline(fine, smooth, background, params.outlineLevel))

  const areas = areasOf(objects)
  const typical = Math.PI * radius * radius
  const bright = meansOf(objects, smooth)
  const dark = meansOf(objects, background)
  const faintest = params.significance * noiseOf(smooth, background, empty)
  const atBorder = objectsAtBorder(objects)
  const labels = renumber(
    keepObjects(
      objects,
      label =>
        areas[label]! >= params.smallestArea * typical &&
        areas[label]! <= params.largestArea * typical &&
        bright[label]! - dark[label]! > faintest &&
        (params.borderObjects === 'keep' || atBorder[label] === 0),
    ),
  )
  return { labels, diameter: 2 * radius }
}

function noObjects(width: number, height: number): Labels {
  return { width, height, pixels: new Uint32Array(width * height), count: 0 }
}

/** Otsu's threshold after the square root, which makes the noise of photons even (Anscombe 1948). */
function brightPixels(image: FloatImage): Mask {
  const { width, height, pixels } = image
  const dark = quantileOf(histogramOf(pixels), 0.02)
  const stable = pixels.map(value => Math.sqrt(Math.max(0, value - dark)))
  const { image: levels, counts } = quantise({ width, height, pixels: stable }, 512)
  const threshold = otsuLevel(counts)
  return {
    width,
    height,
    pixels: Uint8Array.from(levels.pixels, level => (level > threshold ? 1 : 0)),
  }
}

function awayFrom({ width, height, pixels }: Mask, pixelsAway: number): Mask {
  const outside = { width, height, pixels: pixels.map(value => 1 - value) }
  const distance = distanceTransform(outside).pixels
  return { width, height, pixels: Uint8Array.from(distance, d => (d > pixelsAway ? 1 : 0)) }
}

function splitTouching(
  mask: Mask,
  image: FloatImage,
  background: FloatImage,
  radius: number,
  depth: number,
): Labels {
  const { width, height } = mask
  const distance = gaussianBlur(distanceTransform(mask), Math.max(0.5, 0.1 * radius)).pixels
  const bright = gaussianBlur(image, Math.max(1, 0.2 * radius)).pixels
  const pixels = new Float32Array(distance.length)
  for (let i = 0; i < pixels.length; i += 1) {
    if (mask.pixels[i] === 0) continue
    const contrast = Math.max(1e-3, bright[i]! - background.pixels[i]!)
    pixels[i] = Math.log(distance[i]! + 0.5) + Math.log(contrast)
  }
  return splitByDynamics({ width, height, pixels }, mask, -Math.log1p(-depth))
}

function objectPixels({ width, height, pixels }: Labels): Mask {
  return { width, height, pixels: Uint8Array.from(pixels, label => (label === 0 ? 0 : 1)) }
}

/** Standard deviation of what is left of the background, from its median so that debris does not count. */
function noiseOf(image: FloatImage, background: FloatImage, where: Mask): number {
  const residues = image.pixels
    .map((value, i) => Math.abs(value - background.pixels[i]!))
    .filter((_, i) => where.pixels[i] === 1)
  return residues.length === 0 ? 0 : 1.4826 * quantileOf(histogramOf(residues), 0.5)
}

function keepObjects(objects: Labels, keep: (label: number) => boolean): Labels {
  const kept = Uint8Array.from({ length: objects.count + 1 }, (_, label) =>
    label > 0 && keep(label) ? 1 : 0,
  )
  return { ...objects, pixels: objects.pixels.map(label => (kept[label] === 1 ? label : 0)) }
}
