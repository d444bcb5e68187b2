import { visitInside, type Frame } from './frame.ts'
import type { Nucleus } from './nucleus.ts'
import { drawOutline, type Outline } from './outline.ts'
import type { PlacedNuclei } from './place-nuclei.ts'
import type { Random } from './random.ts'

/** Which cell each pixel belongs to, and how far out in it the pixel lies. */
export interface CellBodies {
  /** 0 where there is no cell, else the nucleus' label. */
  readonly owner: Uint32Array
  /** 0 at the nucleus' centre, 1 at the cell's edge. */
  readonly remoteness: Float32Array
}

/** Radius of a spread cell against its nucleus'. */
const SPREAD = { least: 1.9, most: 2.7 }
/** Radius of a cell that rounded up to divide or to die, in µm. */
const ROUNDED_RADIUS = { mitotic: 9, apoptotic: 6.5 }

/** Spreads a cell around each nucleus; where cells meet they share the ground by their relative distance. */
export function spreadCells(
  frame: Frame,
  { nuclei, labels }: PlacedNuclei,
  random: Random,
): CellBodies {
  const owner = new Uint32Array(frame.width * frame.height)
  const remoteness = new Float32Array(owner.length).fill(1)
  nuclei.forEach((nucleus, i) => {
    const outline = drawCellOutline(nucleus, random)
    visitInside(frame, outline, nucleus, (pixel, _dx, _dy, distance) => {
      const covered = labels.pixels[pixel]!
      const taken = covered !== 0 && covered !== i + 1
      if (taken || distance >= remoteness[pixel]!) return
      owner[pixel] = i + 1
      remoteness[pixel] = distance
    })
  })
  return { owner, remoteness }
}

function drawCellOutline(nucleus: Nucleus, random: Random): Outline {
  const { state, outline, angle } = nucleus
  if (state !== 'interphase') {
    const rounded = ROUNDED_RADIUS[state] * random.between(0.85, 1.15)
    const radius = Math.max(rounded, 1.15 * outline.furthest)
    return drawOutline(
      { semiMajor: radius, semiMinor: radius, angle, wobble: 0.02, dent: 0 },
      random,
    )
  }
  const radius = outline.furthest * random.between(SPREAD.least, SPREAD.most)
  const elongation = random.between(1.2, 2.4)
  return drawOutline(
    {
      semiMajor: radius * Math.sqrt(elongation),
      semiMinor: radius / Math.sqrt(elongation),
      angle: angle + 0.3 * random.normal(),
      wobble: 0.12,
      dent: 0,
    },
    random,
  )
}
