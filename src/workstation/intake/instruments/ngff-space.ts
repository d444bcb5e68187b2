import { z } from 'zod'

/** Where the pixels of an image are, µm; null where its metadata does not say. */
export interface ImageSpace {
  /** Side of a pixel. */
  readonly pixelSize: number | null
  /** The first pixel of the image; x to the right and y downwards, as the axes of the array run. */
  readonly origin: { readonly x: number; readonly y: number } | null
}

export type Transforms = z.infer<typeof TRANSFORMS>

const NUMBERS = z.array(z.number()).max(5)

/** Others than these, and those that lie in an array of their own, say nothing. */
export const TRANSFORMS = z
  .array(
    z
      .union([
        z.object({ type: z.literal('scale'), scale: NUMBERS }),
        z.object({ type: z.literal('translation'), translation: NUMBERS }),
        z.object({ type: z.literal('identity') }),
      ])
      .catch({ type: 'identity' }),
  )
  .max(10)
  .optional()
  .catch(undefined)

/** UDUNITS-2, as OME-NGFF asks for, and what is written instead. */
const MICROMETRES: ReadonlyMap<string, number> = new Map([
  ['angstrom', 1e-4],
  ['picometer', 1e-6],
  ['nanometer', 1e-3],
  ['micrometer', 1],
  ['um', 1],
  ['µm', 1],
  ['μm', 1],
  ['micron', 1],
  ['millimeter', 1e3],
  ['centimeter', 1e4],
  ['inch', 25_400],
  ['meter', 1e6],
])

/** Sides of a pixel may differ by this share and count as equal. */
const SQUARE = 0.01
/** µm: no light microscope has pixels beyond these. */
const SMALLEST = 0.001
const LARGEST = 1000

/**
 * @param axes the slowest first, y and x last.
 * @param steps those of the array and then those of the whole image, each a list in the order in which they apply.
 */
export function spaceOf(
  axes: readonly { readonly unit?: string | null | undefined }[],
  steps: readonly Transforms[],
): ImageSpace {
  const place = (axis: number): { side: number; start: number | null } | null => {
    const unit = MICROMETRES.get(axes[axis]?.unit ?? '')
    if (unit === undefined) return null
    let side: number | null = null
    let start: number | null = null
    for (const step of steps.flatMap(list => list ?? [])) {
      if (step.type === 'scale') {
        side = (side ?? 1) * (step.scale[axis] ?? NaN)
        if (start !== null) start *= step.scale[axis] ?? NaN
      }
      if (step.type === 'translation') start = (start ?? 0) + (step.translation[axis] ?? NaN)
    }
    return side === null ? null : { side: side * unit, start: start === null ? null : start * unit }
  }
  const [y, x] = [place(axes.length - 2), place(axes.length - 1)]
  if (x === null || y === null) return { pixelSize: null, origin: null }
  const square = Math.abs(x.side - y.side) <= SQUARE * x.side
  const sensible = square && x.side >= SMALLEST && x.side <= LARGEST
  const placed = Number.isFinite(x.start ?? NaN) && Number.isFinite(y.start ?? NaN)
  return {
    pixelSize: sensible ? x.side : null,
    origin: sensible && placed ? { x: x.start!, y: y.start! } : null,
  }
}
