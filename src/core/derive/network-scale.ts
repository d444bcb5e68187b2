import type { Plane } from '../image/plane.ts'
import { roughDiameter } from './rough-diameter.ts'

/** From what the size of nuclei is guessed before a network has seen them. */
export interface ScaleClues {
  /** The channel of nuclei. */
  readonly plane: Plane
  /** Side of a pixel in micrometres; null where it is not known. */
  readonly pixelSize: number | null
  /** Diameter in pixels that the recipe names; null where it is to be found. */
  readonly given: number | null
}

/** Nuclei of mammalian cells are hardly smaller or larger than this, in micrometres. */
const PLAUSIBLE = { least: 5, most: 40 }
/** In the middle of what is plausible: as far from either end. */
const ORDINARY = Math.sqrt(PLAUSIBLE.least * PLAUSIBLE.most)

/**
 * First guess of the diameter of a typical nucleus, in pixels of the field; null where nothing says it.
 *
 * What the recipe names, else what the classical path finds. Where the pixel size is known, a nucleus of
 * ordinary size takes the place of one below 5 or above 40 µm, and of none.
 */
export function networkScale({ plane, pixelSize, given }: ScaleClues): number | null {
  if (given !== null) return given
  const found = roughDiameter(plane)
  if (pixelSize === null) return found
  const size = found === null ? 0 : found * pixelSize
  const isPlausible = size >= PLAUSIBLE.least && size <= PLAUSIBLE.most
  return isPlausible ? found : ORDINARY / pixelSize
}

/** Sizes this close need no other look. */
const CLOSE = 1.2
/** Pixels of a network for one of the field; a guess that needs more or fewer is wrong. */
const FACTORS = { least: 0.1, most: 5 }

/** By how much a field is enlarged for nuclei of a diameter in its pixels to have the network's. */
export function factorFor(diameter: number, target: number): number {
  return Math.min(FACTORS.most, Math.max(FACTORS.least, target / diameter))
}

/**
 * The factor to look at a field with again, or null where nothing would change.
 *
 * @param factor pixels of the network for one of the field at the look before.
 * @param found diameter in pixels of the network of what it has found then; null for nothing.
 * @param target diameter at which the network works best.
 */
export function nextFactor(factor: number, found: number | null, target: number): number | null {
  if (found === null || (found <= target * CLOSE && found >= target / CLOSE)) return null
  const next = factorFor(found / factor, target)
  return next === factor ? null : next
}
