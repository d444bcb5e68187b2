import { gaussianBlur, type FloatImage } from '../image/blur.ts'
import type { Labels } from '../image/labels.ts'
import type { Plane } from '../image/plane.ts'
import { binPixels } from './bin-pixels.ts'
import { finitePixels } from './finite-pixels.ts'
import { segmentNuclei } from './nuclei.ts'
import { outlineWidth } from './outline-width.ts'
import { typicalDiameter } from './typical-diameter.ts'

/** Images of more pixels are looked at in coarser ones. */
const MANY = 2 ** 17
/** A nucleus of fewer pixels across is too small to be measured. */
const ENOUGH = 12
/** What takes more than this share of its diameter to end is no nucleus but light from elsewhere. */
const HAZY = 0.4
/** Structures up to these shares of its diameter are looked for behind it. */
const FINER = [1 / 3, 1 / 6]
/** What is to take the place of haze are at least so many objects. */
const SEVERAL = 5

/**
 * Diameter of a typical nucleus of a fluorescence plane in pixels, found by the classical path; null where it
 * finds none.
 */
export function roughDiameter(plane: Plane): number | null {
  const image = finitePixels(plane)
  const binning = Math.ceil(Math.sqrt(image.pixels.length / MANY))
  if (binning <= 1) return diameterIn(image)
  const coarse = diameterIn(binPixels(image, binning))
  if (coarse !== null && coarse >= ENOUGH) return coarse * binning
  return diameterIn(middleOf(image)) ?? (coarse === null ? null : coarse * binning)
}

function diameterIn(image: FloatImage): number | null {
  const labels = nucleiOf(image)
  const diameter = typicalDiameter(labels)
  if (diameter === null || outlineWidth(image, labels) <= HAZY * diameter) return diameter
  for (const share of FINER) {
    const behind = nucleiOf(withoutHaze(image, share * diameter))
    const other = typicalDiameter(behind)
    if (other !== null && other < diameter / 2 && behind.count >= SEVERAL) return other
  }
  return diameter
}

function nucleiOf(image: FloatImage): Labels {
  return segmentNuclei.run({ ...image, fullScale: 1 }, segmentNuclei.defaults).labels
}

/** Without what a Gaussian of this standard deviation leaves. */
function withoutHaze(image: FloatImage, sigma: number): FloatImage {
  const haze = gaussianBlur(image, sigma)
  return { ...image, pixels: image.pixels.map((value, i) => value - haze.pixels[i]!) }
}

/** A window in the middle with the image's proportions and not many pixels. */
function middleOf({ width, height, pixels }: FloatImage): FloatImage {
  const share = Math.sqrt(MANY / pixels.length)
  const columns = Math.max(1, Math.floor(width * share))
  const rows = Math.max(1, Math.floor(height * share))
  const left = Math.floor((width - columns) / 2)
  const top = Math.floor((height - rows) / 2)
  const out = new Float32Array(columns * rows)
  for (let y = 0; y < rows; y += 1) {
    const from = (top + y) * width + left
    out.set(pixels.subarray(from, from + columns), y * columns)
  }
  return { width: columns, height: rows, pixels: out }
}
