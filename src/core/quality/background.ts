import { fitSurface, type Surface } from '../image/surface.ts'
import { lightAt, noiseAt, stabiliser, unstabiliser, type CameraNoise } from './camera-noise.ts'
import type { Scale } from './stabilised.ts'

export interface Background {
  /** Counts where nothing lies, in the middle of the field; null for a field too small to tell. */
  readonly level: number | null
  /**
   * How much darker the darkest part of the background is than the brightest, 0 to 1, by light: without
   * the camera's offset. Null where less than half of the field shows background, or it is all but dark.
   */
  readonly unevenness: number | null
  /** Each coarse pixel above (or below) its background, in units of the noise of one pixel. */
  readonly residual: Float32Array
}

/** The field is looked at in at most 8 × 8 cells, none smaller than this many coarse pixels a side. */
const MOST_CELLS = 8
const SMALLEST_CELL = 8
const FEWEST_CELLS = 9
const PIXELS_READ_PER_CELL = 500
/** A tenth of a cell is taken to lie between the objects. */
const DARK_SHARE = 0.1
/** Cells this far above the surface, in pixel noise or as a share of the light, count half. */
const TOLERATED_NOISE = 0.5
const TOLERATED_SHARE = 0.05
const ROUNDS = 20
/** The background's light over its noise, below which its shading does not show. */
const LEAST_LIGHT = 3

/**
 * Finds the background as a smooth surface under the objects: a quadratic through the dark parts of all
 * cells of the field, from which cells that lie higher (covered by objects) fall away.
 *
 * The surface is then moved to the commonest level of what is left, so that it also runs through the
 * background of a bright field, where objects are darker too.
 */
export function measureBackground(coarse: Scale, noise: CameraNoise): Background {
  const grid = readCells(coarse, unstabiliser(noise))
  const { cells } = grid
  const residual = new Float32Array(coarse.pixels.length)
  if (cells.length === 0) return { level: null, unevenness: null, residual }
  const { surface, shown } = fitBackground(grid, noise)
  const toLevel = stabiliser(noise)
  subtract(coarse, (x, y) => toLevel(surface(x, y)), residual)
  const common = commonest(residual)
  for (let i = 0; i < residual.length; i += 1) residual[i] = residual[i]! - common
  const toCount = unstabiliser(noise)
  const countAt = (x: number, y: number): number => toCount(toLevel(surface(x, y)) + common)
  const lights = cells.map(({ x, y }) => Math.max(0, lightAt(noise, countAt(x, y))))
  const brightest = Math.max(...lights)
  const lit = brightest > LEAST_LIGHT * Math.sqrt(noiseAt(noise, countAt(0, 0)))
  const measurable = cells.length >= FEWEST_CELLS && 2 * shown >= cells.length && lit
  return {
    level: Math.max(countAt(0, 0), toCount(darkestOf(coarse))),
    unevenness: measurable ? 1 - Math.min(...lights) / brightest : null,
    residual,
  }
}

interface Cell {
  /** From −1 to 1 over the field. */
  readonly x: number
  readonly y: number
  readonly count: number
}

interface CellGrid {
  readonly rows: number
  readonly columns: number
  readonly cells: readonly Cell[]
}

/** The dark part of each cell, and where in the cell it lies: under steep shading that is not its middle. */
function readCells({ width, height, pixels }: Scale, toCount: (level: number) => number): CellGrid {
  const columns = Math.min(MOST_CELLS, Math.floor(width / SMALLEST_CELL))
  const rows = Math.min(MOST_CELLS, Math.floor(height / SMALLEST_CELL))
  const cells: Cell[] = []
  for (let row = 0; row < rows; row += 1) {
    const top = Math.floor((row * height) / rows)
    const bottom = Math.floor(((row + 1) * height) / rows)
    for (let column = 0; column < columns; column += 1) {
      const left = Math.floor((column * width) / columns)
      const right = Math.floor(((column + 1) * width) / columns)
      const area = (bottom - top) * (right - left)
      const step = Math.max(1, Math.floor(Math.sqrt(area / PIXELS_READ_PER_CELL)))
      const read: number[] = []
      for (let y = top; y < bottom; y += step) {
        for (let x = left; x < right; x += step) read.push(y * width + x)
      }
      const levels = Float32Array.from(read, i => pixels[i]!).sort()
      const darkest = levels[Math.floor(DARK_SHARE * levels.length)]!
      const dark = read.filter(i => pixels[i]! <= darkest)
      const mean = (of: (i: number) => number): number =>
        dark.reduce((sum, i) => sum + of(i), 0) / dark.length
      cells.push({
        x: (2 * mean(i => i % width) + 1) / width - 1,
        y: (2 * mean(i => Math.floor(i / width)) + 1) / height - 1,
        count: toCount(mean(i => pixels[i]!)),
      })
    }
  }
  return { rows, columns, cells }
}

/** Reweighted least squares; `shown` counts the cells that lie near the surface. */
function fitBackground(grid: CellGrid, noise: CameraNoise): { surface: Surface; shown: number } {
  const { cells } = grid
  const tolerances = cells.map(({ count }) =>
    Math.max(
      TOLERATED_NOISE * Math.sqrt(noiseAt(noise, count)),
      TOLERATED_SHARE * Math.abs(lightAt(noise, count)),
    ),
  )
  let trust = cells.map(() => 1)
  let surface: Surface = () => 0
  for (let round = 0; round <= ROUNDS; round += 1) {
    surface = fitSurface(
      cells.map(({ x, y, count }, i) => ({
        x,
        y,
        value: count,
        weight: trust[i]! / tolerances[i]! ** 2,
      })),
    )
    trust = cells.map(({ x, y, count }, i) => {
      const above = Math.max(0, count - surface(x, y)) / tolerances[i]!
      return 1 / (1 + above ** 2)
    })
  }
  const quadratic = surface
  const misfits = cells.map(({ x, y, count }) => count - quadratic(x, y))
  const local = interpolated(
    grid,
    misfits.map((misfit, i) => misfit * trust[i]!),
  )
  return {
    surface: (x, y) => quadratic(x, y) + local(x, y),
    shown: misfits.filter((misfit, i) => Math.abs(misfit) < 2 * tolerances[i]!).length,
  }
}

/** Bilinear between the middles of the cells: what shading there is that no quadratic follows. */
function interpolated({ rows, columns }: CellGrid, values: readonly number[]): Surface {
  const place = (position: number, size: number): { low: number; high: number; share: number } => {
    const at = Math.min(Math.max((size * (position + 1)) / 2 - 0.5, 0), size - 1)
    const low = Math.floor(at)
    return { low, high: Math.min(low + 1, size - 1), share: at - low }
  }
  return (x, y) => {
    const across = place(x, columns)
    const down = place(y, rows)
    const along = (row: number): number =>
      values[row * columns + across.low]! * (1 - across.share) +
      values[row * columns + across.high]! * across.share
    return along(down.low) * (1 - down.share) + along(down.high) * down.share
  }
}

/** Takes a smooth surface off, evaluated at every eighth pixel and straight in between. */
function subtract({ width, height, pixels }: Scale, level: Surface, residual: Float32Array): void {
  const mesh = 8
  const columns = Math.ceil(width / mesh) + 1
  const knots = (y: number): Float64Array =>
    Float64Array.from({ length: columns }, (_, column) =>
      level((2 * column * mesh + 1) / width - 1, (2 * y + 1) / height - 1),
    )
  let above = knots(0)
  for (let top = 0; top < height; top += mesh) {
    const below = knots(top + mesh)
    for (let y = top; y < Math.min(top + mesh, height); y += 1) {
      const share = (y - top) / mesh
      for (let column = 0; column < columns - 1; column += 1) {
        const start = above[column]! + share * (below[column]! - above[column]!)
        const end = above[column + 1]! + share * (below[column + 1]! - above[column + 1]!)
        const rise = (end - start) / mesh
        const left = column * mesh
        const right = Math.min(left + mesh, width)
        for (let x = left; x < right; x += 1) {
          residual[y * width + x] = pixels[y * width + x]! - (start + rise * (x - left))
        }
      }
    }
    above = below
  }
}

function darkestOf({ pixels }: Scale): number {
  let darkest = Infinity
  for (let i = 0; i < pixels.length; i += 1) darkest = Math.min(darkest, pixels[i]!)
  return darkest
}

/** The commonest value, to a tenth of the noise of a pixel. */
function commonest(values: Float32Array): number {
  const bin = 0.1
  const lowest = -10
  const bins = new Float64Array(1300)
  for (let i = 0; i < values.length; i += 1) {
    const at = Math.floor((values[i]! - lowest) / bin)
    if (at >= 0 && at < bins.length) bins[at]! += 1
  }
  let best = 0
  let most = -1
  for (let i = 2; i < bins.length - 2; i += 1) {
    const count = bins[i - 2]! + 2 * bins[i - 1]! + 3 * bins[i]! + 2 * bins[i + 1]! + bins[i + 2]!
    if (count > most) {
      best = i
      most = count
    }
  }
  return lowest + (best + 0.5) * bin
}
