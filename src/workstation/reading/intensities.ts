import { fail, ok, type FaultOf, type Result } from '#core/fault.ts'
import type { PageStructure } from './image-structure.ts'
import type { Raster } from './raster.ts'
import type { Samples } from './samples.ts'

/** Whole numbers up to here are exact in a 32-bit float. */
const MOST_EXACT = 2 ** 24

/**
 * A decoded page as a raster: counts of 8 and 16 bits as they are, signed ones and those of 32 bits as real
 * numbers of the same value, and real numbers of 64 bits to the nearest of 32.
 *
 * A fault where counts of 32 bits are too large to be kept exactly.
 */
export function toRaster(
  path: string,
  { width, height, samples, bits, sampleFormat }: PageStructure,
  stored: Samples,
): Result<Raster, FaultOf<'image-unsupported'>> {
  const page = { width, height, samples, bits }
  if (sampleFormat === 'float') {
    const pixels = stored instanceof Float64Array ? narrow(stored) : (stored as Float32Array)
    return ok({ ...page, range: 1, pixels })
  }
  const signed = sampleFormat === 'signed'
  const range = 2 ** (signed ? bits - 1 : bits) - 1
  if (!signed && !(stored instanceof Uint32Array)) {
    return ok({ ...page, range, pixels: stored as Uint8Array | Uint16Array })
  }
  const pixels = floatsOf(signed ? asSigned(stored) : (stored as Uint32Array))
  if (pixels !== null) return ok({ ...page, range, pixels })
  const detail = `${bits}-bit integers beyond ${MOST_EXACT}`
  return fail({ kind: 'image-unsupported', path, detail })
}

type Signed = Int8Array | Int16Array | Int32Array

function asSigned({ buffer, byteOffset, length, BYTES_PER_ELEMENT }: Samples): Signed {
  if (BYTES_PER_ELEMENT === 1) return new Int8Array(buffer, byteOffset, length)
  if (BYTES_PER_ELEMENT === 2) return new Int16Array(buffer, byteOffset, length)
  return new Int32Array(buffer, byteOffset, length)
}

/** Null where a number is not kept exactly. Those of 32 bits become floats in their own memory. */
function floatsOf(numbers: Signed | Uint32Array): Float32Array | null {
  if (numbers.BYTES_PER_ELEMENT < 4) return Float32Array.from(numbers)
  const floats = new Float32Array(numbers.buffer, numbers.byteOffset, numbers.length)
  for (let i = 0; i < numbers.length; i += 1) {
    const number = numbers[i]!
    if (Math.abs(number) > MOST_EXACT) return null
    floats[i] = number
  }
  return floats
}

/** In the first half of their own memory: each is read before it is written over. */
function narrow(numbers: Float64Array): Float32Array {
  const floats = new Float32Array(numbers.buffer, numbers.byteOffset, numbers.length)
  for (let i = 0; i < numbers.length; i += 1) floats[i] = numbers[i]!
  return floats
}
