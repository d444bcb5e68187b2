import type { Tensor } from '../tensor.ts'

/**
 * A tensor after a round trip through another type of number, as numpy's astype makes it. The result is
 * float32 as all tensors here are, so whole numbers beyond 2²⁴ are the nearest float32.
 *
 * Whole-number types cut off the fraction and wrap around (8 and 16 bits, uint32, and 64 bits); int32 beyond its range is
 * −2³¹, as on x86. What is not finite becomes 0 in narrow types, for which C defines nothing.
 * Throws RangeError for a type that the specification does not have.
 */
export function castTo({ data, dims }: Tensor, dtype: string): Tensor {
  const cast = CASTS.get(dtype)
  if (cast === undefined) throw new RangeError(`There is no type of number called ${dtype}`)
  return { data: cast(data), dims }
}

const CASTS: ReadonlyMap<string, (data: Float32Array) => Float32Array> = new Map([
  ['float32', data => data],
  ['float64', data => data],
  ['float16', data => data.map(roundToHalf)],
  ['bool', data => data.map(value => (value === 0 ? 0 : 1))],
  // Typed arrays wrap as ECMAScript's ToInt8 and so on do: modulo 2ⁿ, and 0 for what is not finite.
  ['uint8', data => Float32Array.from(Uint8Array.from(data))],
  ['int8', data => Float32Array.from(Int8Array.from(data))],
  ['uint16', data => Float32Array.from(Uint16Array.from(data))],
  ['int16', data => Float32Array.from(Int16Array.from(data))],
  ['uint32', data => Float32Array.from(Uint32Array.from(data))],
  ['int32', data => data.map(toInt32)],
  ['int64', data => data.map(toInt64)],
  ['uint64', data => data.map(toUint64)],
])

function toInt32(value: number): number {
  return value >= -(2 ** 31) && value < 2 ** 31 ? Math.trunc(value) : -(2 ** 31)
}

function toInt64(value: number): number {
  return value >= -(2 ** 63) && value < 2 ** 63 ? Math.trunc(value) : -(2 ** 63)
}

function toUint64(value: number): number {
  const whole = Math.trunc(value)
  if (whole >= 0 && whole < 2 ** 64) return whole
  return whole < 0 && whole >= -(2 ** 63) ? 2 ** 64 + whole : 0
}

const HALF_LARGEST = 65504
const HALF_SMALLEST_NORMAL = 2 ** -14

/** To the nearest number of 11 significant bits, ties to even (IEEE 754 binary16). */
function roundToHalf(value: number): number {
  const size = Math.abs(value)
  if (size === 0 || !Number.isFinite(value)) return value
  const exponent = size < HALF_SMALLEST_NORMAL ? -14 : Math.floor(Math.log2(size))
  const unit = 2 ** (exponent - 10)
  const rounded = roundToEven(size / unit) * unit
  return Math.sign(value) * (rounded > HALF_LARGEST ? Infinity : rounded)
}

function roundToEven(value: number): number {
  const whole = Math.floor(value)
  const rest = value - whole
  if (rest !== 0.5) return Math.round(value)
  return whole % 2 === 0 ? whole : whole + 1
}
