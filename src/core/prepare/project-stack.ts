import type { Pixels, Plane } from '../image/plane.ts'
import type { Projection } from './choose-planes.ts'

/** A projection along z that grows plane by plane, so that a stack is never in memory at once. */
export interface GrowingProjection {
  /** Takes in one more plane; those of a stack are of one size and one type. */
  add(plane: Plane): void
  /** What was made of the planes so far. */
  finish(): Plane
}

/**
 * Projects a stack of one channel.
 *
 * The projection has the type of its planes, so that intensities keep their scale. The maximum is exact. The mean is summed in
 * double precision and, of whole counts, rounded to the nearest, halves to the even one, as numpy.rint does. A pixel that
 * is not a number in one plane is none in the projection, as in numpy.
 */
export function projectStack(by: Projection): GrowingProjection {
  let first: Plane | null = null
  let fullScale = 0
  let count = 0
  let values: Pixels | Float64Array = new Float64Array(0)
  return {
    add(plane) {
      if (first === null) {
        first = plane
        values = by === 'mean' ? Float64Array.from(plane.pixels) : plane.pixels.slice()
      } else {
        if (!isAlike(plane, first)) throw new RangeError('the planes of a stack differ')
        if (by === 'mean') addTo(values, plane.pixels)
        else raiseTo(values, plane.pixels)
      }
      fullScale = Math.max(fullScale, plane.fullScale)
      count += 1
    },

    finish() {
      if (first === null) throw new RangeError('no plane was projected')
      const { width, height } = first
      const pixels = by === 'mean' ? meansOf(values, count, first.pixels) : first.pixels.slice()
      if (by === 'maximum') pixels.set(values)
      return { width, height, pixels, fullScale }
    },
  }
}

function isAlike(a: Plane, b: Plane): boolean {
  return (
    a.width === b.width && a.height === b.height && a.pixels.constructor === b.pixels.constructor
  )
}

function addTo(sums: Pixels | Float64Array, pixels: Pixels): void {
  for (let i = 0; i < sums.length; i += 1) sums[i] = sums[i]! + pixels[i]!
}

function raiseTo(most: Pixels | Float64Array, pixels: Pixels): void {
  for (let i = 0; i < most.length; i += 1) most[i] = Math.max(most[i]!, pixels[i]!)
}

function meansOf(sums: Pixels | Float64Array, count: number, alike: Pixels): Pixels {
  const means = alike.slice()
  const whole = !(alike instanceof Float32Array)
  for (let i = 0; i < means.length; i += 1) {
    const mean = sums[i]! / count
    means[i] = whole ? toEven(mean) : mean
  }
  return means
}

function toEven(value: number): number {
  const below = Math.floor(value)
  const rest = value - below
  if (rest === 0.5) return below + (below % 2)
  return rest < 0.5 ? below : below + 1
}
