import type { Tensor } from './tensor.ts'

/** The symmetries of a square: k mod 4 quarter turns, after a flip from left to right where k ≥ 4. */
export const DIHEDRALS = [0, 1, 2, 3, 4, 5, 6, 7] as const
export type Dihedral = (typeof DIHEDRALS)[number]

/**
 * Turns the last two axes (y, x) of a tensor by k mod 4 quarters counter-clockwise as one looks at the image
 * with y downwards; where k ≥ 4 it is flipped from left to right first. numpy: `rot90(x[..., ::-1], k)`.
 */
export function applyDihedral(tensor: Tensor, dihedral: Dihedral): Tensor {
  const height = tensor.dims.at(-2)!
  const width = tensor.dims.at(-1)!
  const turned = dihedral % 2 === 1
  const [outHeight, outWidth] = turned ? [width, height] : [height, width]
  const { origin, alongX, alongY } = walkOf(dihedral, width, height)
  const data = new Float32Array(tensor.data.length)
  let to = 0
  for (let image = 0; image < tensor.data.length; image += width * height) {
    for (let y = 0; y < outHeight; y += 1) {
      let from = image + origin + y * alongY
      for (let x = 0; x < outWidth; x += 1) {
        data[to] = tensor.data[from]!
        from += alongX
        to += 1
      }
    }
  }
  return { data, dims: [...tensor.dims.slice(0, -2), outHeight, outWidth] }
}

/** The exact way back from `applyDihedral` with the same number. */
export function invertDihedral(tensor: Tensor, dihedral: Dihedral): Tensor {
  return applyDihedral(tensor, INVERSES[dihedral])
}

/** A flip followed by a turn undoes itself. */
const INVERSES = [0, 3, 2, 1, 4, 5, 6, 7] as const satisfies Record<Dihedral, Dihedral>

interface Walk {
  /** Where the first pixel of the result comes from. */
  readonly origin: number
  /** Steps in the source for one pixel to the right, and for one down. */
  readonly alongX: number
  readonly alongY: number
}

function walkOf(dihedral: Dihedral, width: number, height: number): Walk {
  const flipped = dihedral >= 4
  const right = flipped ? -1 : 1
  const first = flipped ? width - 1 : 0
  const last = flipped ? 0 : width - 1
  const bottom = (height - 1) * width
  switch (dihedral % 4) {
    case 1:
      return { origin: last, alongX: width, alongY: -right }
    case 2:
      return { origin: bottom + last, alongX: -right, alongY: -width }
    case 3:
      return { origin: bottom + first, alongX: -width, alongY: right }
    default:
      return { origin: first, alongX: right, alongY: width }
  }
}
