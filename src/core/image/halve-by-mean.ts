import type { Pixels, Plane } from './plane.ts'

/**
 * Means of 2 × 2 pixels: the next coarser level at which a plane is shown.
 *
 * Whole numbers are rounded half up; of float pixels those count that are finite. Along an odd border the mean is of
 * what is there. For looking only: measures use the smoother `halve`.
 */
export function halveByMean(plane: Plane): Plane {
  const { pixels, fullScale } = plane
  const width = Math.ceil(plane.width / 2)
  const height = Math.ceil(plane.height / 2)
  const size = { width, height }
  if (pixels instanceof Float32Array) {
    const means = new Float32Array(width * height)
    averageFinite(pixels, plane, means, size)
    return { ...size, pixels: means, fullScale }
  }
  const means =
    pixels instanceof Uint8Array ? new Uint8Array(width * height) : new Uint16Array(width * height)
  averageWhole(pixels, plane, means, size)
  return { ...size, pixels: means, fullScale }
}

interface Size {
  readonly width: number
  readonly height: number
}

function averageWhole(from: Pixels, source: Size, to: Pixels, { width, height }: Size): void {
  for (let y = 0; y < height; y += 1) {
    const upper = 2 * y * source.width
    const lower = Math.min(2 * y + 1, source.height - 1) * source.width
    for (let x = 0; x < width; x += 1) {
      const left = 2 * x
      const right = Math.min(left + 1, source.width - 1)
      const sum =
        from[upper + left]! + from[upper + right]! + from[lower + left]! + from[lower + right]!
      to[y * width + x] = (sum + 2) >> 2
    }
  }
}

/** NaN where none of the pixels is finite. */
function averageFinite(from: Pixels, source: Size, to: Pixels, { width, height }: Size): void {
  for (let y = 0; y < height; y += 1) {
    const upper = 2 * y * source.width
    const lower = Math.min(2 * y + 1, source.height - 1) * source.width
    for (let x = 0; x < width; x += 1) {
      const left = 2 * x
      const right = Math.min(left + 1, source.width - 1)
      let sum = 0
      let count = 0
      for (const i of [upper + left, upper + right, lower + left, lower + right]) {
        if (!Number.isFinite(from[i]!)) continue
        sum += from[i]!
        count += 1
      }
      to[y * width + x] = count === 0 ? NaN : sum / count
    }
  }
}
