import type { Nucleus } from '../nucleus.ts'
import { seedFrom } from '../random.ts'
import type { Specimen } from '../specimen.ts'

/** A point of a cell, as a stain sees it. */
export interface CellPoint {
  /** From the centre of the nucleus, in µm. */
  x: number
  y: number
  /** 0 at the nucleus' centre, 1 at the cell's edge. */
  remoteness: number
  inNucleus: boolean
  /** Another cell begins at the next pixel. */
  atBorder: boolean
  nucleus: Nucleus
  /** Of the cell's textures. */
  seed: number
}

/** Cells take up a stain unevenly: standard deviation of the logarithm. */
const UPTAKE_SPREAD = 0.22
/** Cells that rounded up are this much thicker. */
const ROUNDED = 1.7

/** Gives every pixel that a cell covers the light that `stain` says; the point is reused, so it must not be kept. */
export function paintBodies(
  { frame, nuclei, labels, bodies }: Specimen,
  stain: (point: CellPoint) => number,
): Float32Array {
  const { width, height, pixelSize } = frame
  const { owner, remoteness } = bodies
  const light = new Float32Array(width * height)
  const uptake = nuclei.map(uptakeOf)
  const point: CellPoint = {
    x: 0,
    y: 0,
    remoteness: 0,
    inNucleus: false,
    atBorder: false,
    nucleus: nuclei[0]!,
    seed: 0,
  }
  for (let row = 0; row < height; row += 1) {
    for (let column = 0; column < width; column += 1) {
      const pixel = row * width + column
      const cell = owner[pixel]!
      if (cell === 0) continue
      const nucleus = nuclei[cell - 1]!
      point.x = (column + 0.5) * pixelSize - nucleus.x
      point.y = (row + 0.5) * pixelSize - nucleus.y
      point.remoteness = remoteness[pixel]!
      point.inNucleus = labels.pixels[pixel] === cell
      point.atBorder = owner[pixel + 1] !== cell || owner[pixel + width] !== cell
      point.nucleus = nucleus
      point.seed = nucleus.seed
      light[pixel] = uptake[cell - 1]! * edge(point.remoteness) * stain(point)
    }
  }
  return light
}

/** The same in every channel: a cell that is thick is thick in all of them. */
function uptakeOf({ state, seed }: Nucleus): number {
  const spread = (seedFrom('uptake', seed) / 2 ** 32 - 0.5) * Math.sqrt(12) * UPTAKE_SPREAD
  return Math.exp(spread) * (state === 'interphase' ? 1 : ROUNDED)
}

/** Thins to nothing over the outermost twelfth. */
function edge(remoteness: number): number {
  return Math.min(1, 12 * (1 - remoteness))
}
