import type { Tensor } from '#core/infer/tensor.ts'

/** Convolution with zeros beyond the border, [1, C, h, w] by [K, C, 3, 3] to [1, K, h, w], and a rectifier. */
export function convolve(
  { data, dims }: Tensor,
  weights: readonly number[],
  rectify: 'rectify' | 'plain',
): Tensor {
  const [, channels = 0, height = 0, width = 0] = dims
  const side = 3
  const size = channels * side * side
  const out = new Float32Array((weights.length / size) * height * width)
  for (let i = 0; i < out.length; i += 1) {
    const x = i % width
    const y = Math.floor(i / width) % height
    const kernel = Math.floor(i / (width * height)) * size
    let sum = 0
    for (let w = 0; w < size; w += 1) {
      const atX = x + (w % side) - 1
      const atY = y + (Math.floor(w / side) % side) - 1
      if (atX < 0 || atX >= width || atY < 0 || atY >= height) continue
      const channel = Math.floor(w / (side * side))
      sum += weights[kernel + w]! * data[(channel * height + atY) * width + atX]!
    }
    out[i] = rectify === 'rectify' ? Math.max(0, sum) : sum
  }
  return { data: out, dims: [1, weights.length / size, height, width] }
}
