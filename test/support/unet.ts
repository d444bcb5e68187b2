import type { Tensor } from '#core/infer/tensor.ts'
import { randomFrom } from '#core/simulate/random.ts'

/** Furthest that a pixel of the result looks: five convolutions and two poolings by 2. */
export const UNET_REACH = 16
export const UNET_STEP = 4

interface Feature {
  readonly channels: number
  readonly width: number
  readonly height: number
  readonly data: Float32Array
}

/**
 * A convolutional network of the shape of a U-Net, with weights that are always the same: [n, c, y, x] in,
 * `maps` [n, 2, y, x] and `features` [n, 3, y / 4, x / 4] out. Its convolutions pad with zeros, so borders show.
 *
 * Sums run in the same order at every pixel, so what it sees alone decides, to the last bit.
 */
export function runUnet({ data, dims }: Tensor): { maps: Tensor; features: Tensor } {
  const [images, channels, height, width] = dims as [number, number, number, number]
  const maps = new Float32Array(images * 2 * height * width)
  const features = new Float32Array((images * 3 * height * width) / 16)
  const area = channels * height * width
  for (let i = 0; i < images; i += 1) {
    const image = { channels, width, height, data: data.subarray(i * area, (i + 1) * area) }
    const first = convolve(image, 2, 'first')
    const second = convolve(pool(first), 3, 'second')
    const third = convolve(pool(second), 3, 'third')
    const upSecond = convolve(join(enlarge(third), second), 2, 'up second')
    const upFirst = convolve(join(enlarge(upSecond), first), 2, 'up first')
    maps.set(upFirst.data, i * upFirst.data.length)
    features.set(third.data, i * third.data.length)
  }
  return {
    maps: { data: maps, dims: [images, 2, height, width] },
    features: { data: features, dims: [images, 3, height / 4, width / 4] },
  }
}

/** 3 × 3 with zeros around, then leaky rectification. */
function convolve({ channels, width, height, data }: Feature, out: number, key: string): Feature {
  const random = randomFrom('unet', key)
  const weights = Float64Array.from({ length: out * channels * 9 }, () => random.between(-0.5, 0.5))
  const result = new Float32Array(out * width * height)
  const padded = new Float64Array(channels * (width + 2) * (height + 2))
  for (let row = 0; row < channels * height; row += 1) {
    const to = (row + 2 * Math.floor(row / height) + 1) * (width + 2) + 1
    padded.set(data.subarray(row * width, (row + 1) * width), to)
  }
  const stride = width + 2
  for (let o = 0; o < out; o += 1) {
    for (let y = 0; y < height; y += 1) {
      for (let x = 0; x < width; x += 1) {
        let sum = 0.1
        for (let c = 0; c < channels; c += 1) {
          const at = (c * (height + 2) + y) * stride + x
          const w = (o * channels + c) * 9
          for (let dy = 0; dy < 3; dy += 1) {
            const from = at + dy * stride
            sum +=
              weights[w + 3 * dy]! * padded[from]! +
              weights[w + 3 * dy + 1]! * padded[from + 1]! +
              weights[w + 3 * dy + 2]! * padded[from + 2]!
          }
        }
        result[(o * height + y) * width + x] = sum > 0 ? sum : 0.1 * sum
      }
    }
  }
  return { channels: out, width, height, data: result }
}

function pool({ channels, width, height, data }: Feature): Feature {
  const half = { channels, width: width / 2, height: height / 2 }
  const out = new Float32Array(channels * half.width * half.height)
  for (let row = 0; row < channels * half.height; row += 1) {
    for (let x = 0; x < half.width; x += 1) {
      const from = 2 * row * width + 2 * x
      out[row * half.width + x] = Math.max(
        data[from]!,
        data[from + 1]!,
        data[from + width]!,
        data[from + width + 1]!,
      )
    }
  }
  return { ...half, data: out }
}

function enlarge({ channels, width, height, data }: Feature): Feature {
  const twice = { channels, width: 2 * width, height: 2 * height }
  const out = Float32Array.from({ length: 4 * data.length }, (_, i) => {
    const row = Math.floor(i / twice.width)
    return data[(row >> 1) * width + ((i % twice.width) >> 1)]!
  })
  return { ...twice, data: out }
}

function join(a: Feature, b: Feature): Feature {
  const data = new Float32Array(a.data.length + b.data.length)
  data.set(a.data)
  data.set(b.data, a.data.length)
  return { ...a, channels: a.channels + b.channels, data }
}
