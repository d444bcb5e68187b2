import type { FloatImage } from '../image/blur.ts'
import { halve, HALVING_SIGMA, rowsOf, type RowSource } from '../image/halve.ts'
import { containerRange, type Plane } from '../image/plane.ts'
import { stabiliser, type CameraNoise } from './camera-noise.ts'

/** A plane on the scale where its noise is 1, smoothed and thinned out. */
export interface Scale extends FloatImage {
  /** Distance between neighbouring pixels, in pixels of the plane. */
  readonly spacing: number
  /** Standard deviation of the whole smoothing, in pixels of the plane. */
  readonly sigma: number
  readonly noise: ScaleNoise
}

/** What noise alone gives at a scale: mean squares, lengths in pixels of the plane. */
export interface ScaleNoise {
  readonly level: number
  /** Of the gradient by central differences. */
  readonly gradient: number
  /** Of the Laplacian from four neighbours. */
  readonly laplacian: number
}

/** Half and quarter size: edges are measured on the one and looked for on the other. */
export interface Stabilised {
  readonly fine: Scale
  readonly coarse: Scale
}

/** Blocks in which the quietest noise is looked for, in pixels of the scale. */
const BLOCK = 4
const BLOCKS_READ = 10_000
/** In pure noise a tenth of the blocks' mean squares lies below this share of the mean (simulated). */
const LOWEST_TENTH = 0.52
/** Noise that was smoothed before it came to us is at most this much stronger at the coarse scale. */
const COARSER = 3

export function stabilise(plane: Plane, noise: CameraNoise): Stabilised {
  const halved = halve(stabilisedRows(plane, stabiliser(noise)))
  const quartered = halve(rowsOf(halved))
  const fineSigma = HALVING_SIGMA
  const coarseSigma = Math.hypot(HALVING_SIGMA, 2 * HALVING_SIGMA)
  const fineWhite = whiteNoise(fineSigma, 2)
  const coarseWhite = whiteNoise(coarseSigma, 4)
  const fineExcess = noiseExcess(halved, 2, fineWhite)
  const coarseExcess = Math.min(noiseExcess(quartered, 4, coarseWhite), COARSER * fineExcess)
  return {
    fine: { ...halved, spacing: 2, sigma: fineSigma, noise: times(fineWhite, fineExcess) },
    coarse: {
      ...quartered,
      spacing: 4,
      sigma: coarseSigma,
      noise: times(coarseWhite, coarseExcess),
    },
  }
}

/** Unit white noise after smoothing by a Gaussian. */
function whiteNoise(sigma: number, spacing: number): ScaleNoise {
  const covariance = (distance: number): number =>
    Math.exp(-((distance / (2 * sigma)) ** 2)) / (4 * Math.PI * sigma ** 2)
  return {
    level: covariance(0),
    gradient: (covariance(0) - covariance(2 * spacing)) / spacing ** 2,
    laplacian:
      (20 * covariance(0) -
        32 * covariance(spacing) +
        8 * covariance(spacing * Math.SQRT2) +
        4 * covariance(2 * spacing)) /
      spacing ** 4,
  }
}

function times({ level, gradient, laplacian }: ScaleNoise, factor: number): ScaleNoise {
  return { level: level * factor, gradient: gradient * factor, laplacian: laplacian * factor }
}

/**
 * Power of the noise in the quietest tenth of the blocks over that of white noise, at least 1.
 *
 * It is more where noise was smoothed before the image came to us (a resized image), and in fields
 * that are nowhere flat.
 */
function noiseExcess(image: FloatImage, spacing: number, white: ScaleNoise): number {
  const columns = Math.max(0, Math.floor((image.width - 2) / BLOCK))
  const rows = Math.max(0, Math.floor((image.height - 2) / BLOCK))
  const step = Math.max(1, Math.floor(Math.sqrt((rows * columns) / BLOCKS_READ)))
  const squares: number[] = []
  for (let row = 0; row < rows; row += step) {
    for (let column = 0; column < columns; column += step) {
      squares.push(blockSquares(image, column * BLOCK + 1, row * BLOCK + 1))
    }
  }
  if (squares.length === 0) return 1
  const lowest = Float64Array.from(squares).sort()[Math.floor(squares.length / 10)]!
  return Math.max(1, lowest / spacing ** 4 / LOWEST_TENTH / white.laplacian)
}

/** Mean square of the Laplacian in one block, in neighbours' distance 1. */
function blockSquares({ width, pixels }: FloatImage, left: number, top: number): number {
  let squares = 0
  for (let y = top; y < top + BLOCK; y += 1) {
    const row = y * width
    for (let i = row + left; i < row + left + BLOCK; i += 1) {
      const neighbours = pixels[i - 1]! + pixels[i + 1]! + pixels[i - width]! + pixels[i + width]!
      const laplacian = neighbours - 4 * pixels[i]!
      squares += laplacian * laplacian
    }
  }
  return squares / BLOCK ** 2
}

function stabilisedRows(plane: Plane, toLevel: (count: number) => number): RowSource {
  const { width, height, pixels } = plane
  if (pixels instanceof Float32Array) {
    return {
      width,
      height,
      readRow: (y, row) => {
        for (let x = 0; x < width; x += 1) row[x] = toLevel(pixels[y * width + x]!)
      },
    }
  }
  const table = new Float32Array(containerRange(plane) + 1)
  for (let count = 0; count < table.length; count += 1) table[count] = toLevel(count)
  return {
    width,
    height,
    readRow: (y, row) => {
      const start = y * width
      for (let x = 0; x < width; x += 1) row[x] = table[pixels[start + x]!]!
    },
  }
}
