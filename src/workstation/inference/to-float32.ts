/** Whole numbers up to this are exact in float32. */
const LARGEST_EXACT = 2 ** 24

/**
 * Values of an output as float32, or null where they cannot be: text, or whole numbers that float32 has not.
 *
 * `type` is as the runtime names it. `float16` comes as its bits. `float64` is rounded.
 */
export function toFloat32(type: string, data: unknown): Float32Array | null {
  if (type === 'float32') return data instanceof Float32Array ? data : null
  if (type === 'float64') return data instanceof Float64Array ? Float32Array.from(data) : null
  if (type === 'float16') return data instanceof Uint16Array ? Float32Array.from(data, half) : null
  if (data instanceof BigInt64Array || data instanceof BigUint64Array) return wholeBig(data)
  if (data instanceof Int32Array || data instanceof Uint32Array) return whole(data)
  if (data instanceof Int8Array || data instanceof Int16Array) return Float32Array.from(data)
  if (data instanceof Uint8Array || data instanceof Uint16Array) return Float32Array.from(data)
  return null
}

/** A number of IEEE 754 binary16 from its bits. */
function half(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1
  const exponent = (bits >> 10) & 0x1f
  const fraction = bits & 0x3ff
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN
  if (exponent === 0) return sign * fraction * 2 ** -24
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15)
}

function whole(data: Int32Array | Uint32Array): Float32Array | null {
  return data.every(value => Math.abs(value) <= LARGEST_EXACT) ? Float32Array.from(data) : null
}

function wholeBig(data: BigInt64Array | BigUint64Array): Float32Array | null {
  const numbers = new Float32Array(data.length)
  for (let i = 0; i < data.length; i += 1) {
    const value = Number(data[i])
    if (Math.abs(value) > LARGEST_EXACT) return null
    numbers[i] = value
  }
  return numbers
}
