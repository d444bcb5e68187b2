import type { FloatImage } from '../image/blur.ts'
import type { Labels } from '../image/labels.ts'
import type { LevelImage } from '../image/level-image.ts'
import type { Mask } from '../image/mask.ts'
import { stage } from '../stage.ts'
import { BoundaryParams } from './boundary-params.ts'
import { labelComponents } from './connected-components.ts'
import { fillObjectHoles } from './fill-object-holes.ts'
import { findSeeds } from './find-seeds.ts'
import { areasOf, meansOf } from './object-statistics.ts'
import { objectsAtBorder } from './objects-at-border.ts'
import { renumber } from './renumber.ts'
import { typicalDiameter } from './typical-diameter.ts'
import { watershed } from './watershed.ts'

/** Probabilities, 0 to 1, of the three classes for each pixel at the network's scale, row-major. */
export interface BoundaryMaps {
  readonly width: number
  readonly height: number
  readonly background: Float32Array
  readonly interior: Float32Array
  readonly boundary: Float32Array
}

/**
 * Objects from a network that tells interiors from the boundaries around them (after Caicedo et al. 2019).
 *
 * Seeds are the connected interiors; a watershed grows them over the foreground, down the probability of
 * being interior, so that neighbours meet in the middle of the boundary between them. A pixel whose
 * probabilities are not numbers is background.
 */
export const instancesFromBoundary = stage({
  id: 'derive.instances-from-boundary',
  version: 1,
  defaults: BoundaryParams.parse({}),
  run: findInstances,
})

/** Steps of probability that the flood tells apart. */
const LEVELS = 1000

function findInstances(maps: BoundaryMaps, params: BoundaryParams): Labels {
  const { width, height } = maps
  const interior = { width, height, pixels: maps.interior }
  const typicalArea = typicalAreaOf(interior, params)
  const seeds = findSeeds(interior, {
    threshold: params.seedThreshold,
    splitLevels: params.splitLevels,
    smallest: params.smallestSeed * typicalArea,
    smallestPart: params.smallestPart * typicalArea,
  })
  const foreground = foregroundOf(maps, params.foregroundThreshold)
  const grown = growSeeds(landscapeOf(maps), seeds, foreground)
  const found = addSeedless(grown, foreground, maps, params.seedless)
  const solid = params.fillHoles ? fillObjectHoles(found) : found
  return dropUnlikely(solid, typicalArea, params)
}

/** In pixels; 0 where nothing says it, and then no area is too small or too large. */
function typicalAreaOf(interior: FloatImage, { diameter, seedThreshold }: BoundaryParams): number {
  if (diameter !== 'auto') return (Math.PI / 4) * diameter ** 2
  const whole = { threshold: seedThreshold, splitLevels: [], smallest: 0, smallestPart: 0 }
  return (Math.PI / 4) * (typicalDiameter(findSeeds(interior, whole)) ?? 0) ** 2
}

/** Where a pixel is probably not background. */
function foregroundOf({ width, height, background }: BoundaryMaps, threshold: number): Mask {
  const pixels = new Uint8Array(background.length)
  for (let i = 0; i < pixels.length; i += 1) pixels[i] = 1 - background[i]! > threshold ? 1 : 0
  return { width, height, pixels }
}

/** High where interior is unlikely. */
function landscapeOf({ width, height, interior }: BoundaryMaps): LevelImage {
  const pixels = new Uint16Array(interior.length)
  for (let i = 0; i < pixels.length; i += 1) {
    const probability = Math.min(1, Math.max(0, interior[i]!))
    pixels[i] = LEVELS * (1 - probability) + 0.5
  }
  return { width, height, pixels }
}

/** The watershed, whose queue the insides of seeds never enter: they have nothing left to reach. */
function growSeeds(landscape: LevelImage, seeds: Labels, foreground: Mask): Labels {
  const { width, height, pixels: label } = seeds
  const reached = foreground.pixels.slice()
  for (let y = 1; y < height - 1; y += 1) {
    for (let i = y * width + 1; i < (y + 1) * width - 1; i += 1) {
      const own = label[i]!
      if (own === 0 || label[i - 1] !== own || label[i + 1] !== own) continue
      if (label[i - width] === own && label[i + width] === own) reached[i] = 0
    }
  }
  const grown = watershed(landscape, seeds, { width, height, pixels: reached })
  for (let i = 0; i < label.length; i += 1) {
    if (label[i] !== 0 && foreground.pixels[i] === 1) grown.pixels[i] = label[i]!
  }
  return grown
}

/** Adds connected foreground that no seed has reached, where the network is sure of it. */
function addSeedless(
  grown: Labels,
  foreground: Mask,
  { width, height, background }: BoundaryMaps,
  seedless: BoundaryParams['seedless'],
): Labels {
  if (seedless === 'drop') return grown
  const left = new Uint8Array(grown.pixels.length)
  for (let i = 0; i < left.length; i += 1) {
    left[i] = grown.pixels[i] === 0 ? foreground.pixels[i]! : 0
  }
  const parts = labelComponents({ width, height, pixels: left }, 4)
  if (parts.count === 0) return grown
  const means = meansOf(parts, { width, height, pixels: background })
  const pixels = grown.pixels.slice()
  for (let i = 0; i < pixels.length; i += 1) {
    const part = parts.pixels[i]!
    if (part !== 0 && 1 - means[part]! >= seedless) pixels[i] = grown.count + part
  }
  return { width, height, pixels, count: grown.count + parts.count }
}

/** Leaves out objects of improbable size, and those that the border cuts where they are not wanted. */
function dropUnlikely(objects: Labels, typicalArea: number, params: BoundaryParams): Labels {
  const areas = areasOf(objects)
  const largest = typicalArea === 0 ? Infinity : params.largestArea * typicalArea
  const atBorder = objectsAtBorder(objects)
  return renumber(
    objects,
    object =>
      areas[object]! >= params.smallestArea * typicalArea &&
      areas[object]! <= largest &&
      (params.borderObjects === 'keep' || atBorder[object] === 0),
  )
}
