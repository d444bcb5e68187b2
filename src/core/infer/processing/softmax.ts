import { stridesOf } from '../axis-order.ts'
import type { Axis } from '../model-description.ts'
import type { Tensor } from '../tensor.ts'
import { placeOf } from './groups.ts'

/** e^x over the sum of e^x along an axis, from the largest value down, so that nothing overflows. */
export function softmax({ data, dims }: Tensor, axes: readonly Axis[], axis: string): Tensor {
  const place = placeOf(axes, axis)
  const length = dims[place]!
  const stride = stridesOf(dims)[place]!
  const out = new Float32Array(data.length)
  const powers = new Float64Array(length)
  for (let block = 0; block < data.length; block += length * stride) {
    for (let start = block; start < block + stride; start += 1) {
      let largest = -Infinity
      for (let i = 0; i < length; i += 1) largest = Math.max(largest, data[start + i * stride]!)
      let sum = 0
      for (let i = 0; i < length; i += 1) {
        powers[i] = Math.exp(data[start + i * stride]! - largest)
        sum += powers[i]!
      }
      for (let i = 0; i < length; i += 1) out[start + i * stride] = powers[i]! / sum
    }
  }
  return { data: out, dims }
}
