/** Real-valued image, row-major. */
export interface FloatImage {
  readonly width: number
  readonly height: number
  readonly pixels: Float32Array
}

/**
 * Gaussian smoothing, separable, kernel cut at 4 σ, edges repeated.
 *
 * Equals scipy.ndimage.gaussian_filter(mode='nearest', truncate=4) up to float32 rounding.
 * @param sigma standard deviation in pixels; 0 gives a copy.
 */
export function gaussianBlur(image: FloatImage, sigma: number): FloatImage {
  const { width, height } = image
  if (sigma === 0) return { width, height, pixels: image.pixels.slice() }
  const kernel = gaussianKernel(sigma)
  const rows = blurRows(image.pixels, width, height, kernel)
  return { width, height, pixels: blurColumns(rows, width, height, kernel) }
}

/** Half of a symmetric kernel: [centre, ±1, ±2, …], the whole of it sums to 1. */
function gaussianKernel(sigma: number): Float64Array {
  const radius = Math.floor(4 * sigma + 0.5)
  const half = Float64Array.from({ length: radius + 1 }, (_, i) =>
    Math.exp((-0.5 * i * i) / (sigma * sigma)),
  )
  const sum = half.reduce((total, weight, i) => total + (i === 0 ? weight : 2 * weight), 0)
  return half.map(weight => weight / sum)
}

function blurRows(
  source: Float32Array,
  width: number,
  height: number,
  kernel: Float64Array,
): Float32Array {
  const radius = kernel.length - 1
  const out = new Float32Array(source.length)
  const padded = new Float64Array(width + 2 * radius)
  for (let y = 0; y < height; y += 1) {
    const start = y * width
    padded.fill(source[start]!, 0, radius)
    for (let x = 0; x < width; x += 1) padded[radius + x] = source[start + x]!
    padded.fill(source[start + width - 1]!, radius + width)
    for (let x = 0; x < width; x += 1) {
      const centre = x + radius
      let sum = kernel[0]! * padded[centre]!
      for (let k = 1; k <= radius; k += 1) {
        sum += kernel[k]! * (padded[centre - k]! + padded[centre + k]!)
      }
      out[start + x] = sum
    }
  }
  return out
}

/** Row by row rather than column by column, so that memory is read in order. */
function blurColumns(
  source: Float32Array,
  width: number,
  height: number,
  kernel: Float64Array,
): Float32Array {
  const out = new Float32Array(source.length)
  const sums = new Float64Array(width)
  for (let y = 0; y < height; y += 1) {
    sums.fill(0)
    for (let k = 0; k < kernel.length; k += 1) {
      const weight = kernel[k]!
      const above = Math.max(0, y - k) * width
      const below = Math.min(height - 1, y + k) * width
      if (k === 0) {
        for (let x = 0; x < width; x += 1) sums[x] = weight * source[above + x]!
      } else {
        for (let x = 0; x < width; x += 1) {
          sums[x] = sums[x]! + weight * (source[above + x]! + source[below + x]!)
        }
      }
    }
    out.set(sums, y * width)
  }
  return out
}
