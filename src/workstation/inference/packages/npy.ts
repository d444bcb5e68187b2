import { endianness } from 'node:os'
import type { Result } from '#core/fault.ts'
import type { Tensor } from '#core/infer/tensor.ts'
import { attempt, invalid, refuse, type PackageFault } from './objection.ts'

/** An array as NumPy keeps it (NEP 1). */
export interface NpyArray {
  readonly dtype: NpyDtype
  readonly dims: readonly number[]
  /** Whether the first axis varies fastest in `data`. */
  readonly fortran: boolean
  /** In the order of the file; `float16` as single precision, truth values as 0 and 1. */
  readonly data: NpyData
}

export type NpyData =
  | Float32Array
  | Float64Array
  | Uint8Array
  | Int8Array
  | Uint16Array
  | Int16Array
  | Uint32Array
  | Int32Array
  | BigUint64Array
  | BigInt64Array

export type NpyDtype =
  'bool' | 'float16' | 'float32' | 'float64' | `${'u' | ''}int${8 | 16 | 32 | 64}`

const CODES: Readonly<Record<string, NpyDtype>> = {
  b1: 'bool',
  f2: 'float16',
  f4: 'float32',
  f8: 'float64',
  u1: 'uint8',
  u2: 'uint16',
  u4: 'uint32',
  u8: 'uint64',
  i1: 'int8',
  i2: 'int16',
  i4: 'int32',
  i8: 'int64',
}

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59]
/** NumPy itself reads no longer headers than 10,000 characters. */
const LONGEST_HEADER = 10_000
const MOST_AXES = 64
const NATIVE = endianness() === 'LE' ? '<' : '>'

/** Reads versions 1 to 3; arrays of objects would run code when NumPy reads them, and are refused. */
export function readNpy(bytes: Uint8Array, path = ''): Result<NpyArray, PackageFault> {
  return attempt(path, () => {
    const { header, start } = splitHeader(bytes)
    const { order, code, fortran, dims } = parseHeader(header)
    const dtype = CODES[code]!
    const width = Number(code[1])
    const count = dims.reduce((product, size) => product * size, 1)
    const there = bytes.length - start
    if (count * width !== there) {
      invalid(`the array of ${dims.join(' × ')} ${dtype} has ${there} bytes, not ${count * width}`)
    }
    // Not `bytes.slice`: a Buffer's would share its memory, and begin where that begins.
    const values = new Uint8Array(bytes.subarray(start))
    if (width > 1 && order !== NATIVE) swap(values, width)
    return { dtype, dims, fortran, data: view(dtype, values.buffer) }
  })
}

/**
 * The values as the networks take them, in row-major order. Whole numbers beyond 2²⁴ and double precision lose
 * their last digits.
 */
export function toTensor({ dims, fortran, data }: NpyArray): Tensor {
  const single =
    data instanceof Float32Array ? data : Float32Array.from<number | bigint>(data, Number)
  if (!fortran || dims.length < 2) return { data: single, dims }
  const turned = new Float32Array(single.length)
  const strides = dims.map((_, axis) => dims.slice(0, axis).reduce((a, b) => a * b, 1))
  const place = dims.map(() => 0)
  let from = 0
  for (let i = 0; i < turned.length; i += 1) {
    turned[i] = single[from]!
    for (let axis = dims.length - 1; axis >= 0; axis -= 1) {
      place[axis]! += 1
      from += strides[axis]!
      if (place[axis]! < dims[axis]!) break
      from -= strides[axis]! * dims[axis]!
      place[axis] = 0
    }
  }
  return { data: turned, dims }
}

/** Version 1.0, little-endian, row-major: byte for byte what NumPy 2 writes. */
export function writeNpy(dims: readonly number[], data: NpyData): Uint8Array {
  const count = dims.reduce((product, size) => product * size, 1)
  if (count !== data.length) throw new RangeError(`${data.length} values for ${dims.join(' × ')}`)
  const shape = dims.length === 1 ? `(${dims[0]},)` : `(${dims.join(', ')})`
  const text = `{'descr': '${codeOf(data)}', 'fortran_order': False, 'shape': ${shape}, }`
  // NumPy leaves room for the first axis to grow to 21 digits, where there is one.
  const room = dims.length === 0 ? 0 : 21 - String(dims[0]).length
  const padded = text + ' '.repeat(room)
  const length = Math.ceil((10 + padded.length + 1) / 64) * 64 - 10
  const file = new Uint8Array(10 + length + data.byteLength)
  file.set([...MAGIC, 1, 0, length & 0xff, length >> 8])
  file.set(new TextEncoder().encode(`${padded.padEnd(length - 1)}\n`), 10)
  const values = file.subarray(10 + length)
  values.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength))
  if (NATIVE === '>') swap(values, data.BYTES_PER_ELEMENT)
  return file
}

function splitHeader(bytes: Uint8Array): { header: string; start: number } {
  if (bytes.length < 12 || MAGIC.some((byte, i) => bytes[i] !== byte)) {
    invalid('not an array of NumPy: it does not begin as one')
  }
  const version = bytes[6]!
  if (version < 1 || version > 3) invalid(`version ${version} of .npy; allowed: 1 to 3`)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const from = version === 1 ? 10 : 12
  const length = version === 1 ? view.getUint16(8, true) : view.getUint32(8, true)
  if (length > LONGEST_HEADER) refuse(`a header of ${length} bytes; allowed: ${LONGEST_HEADER}`)
  if (from + length > bytes.length) invalid('the file ends within its header')
  const encoding = version === 3 ? 'utf-8' : 'latin1'
  return {
    header: new TextDecoder(encoding).decode(bytes.subarray(from, from + length)),
    start: from + length,
  }
}

interface Header {
  readonly order: string
  readonly code: string
  readonly fortran: boolean
  readonly dims: readonly number[]
}

/** The literal of a Python dictionary with exactly three names; nothing is evaluated. */
function parseHeader(header: string): Header {
  const descr = /['"]descr['"]\s*:\s*['"]([<>|=])([a-zA-Z]\d+)['"]/.exec(header)
  const order = /['"]fortran_order['"]\s*:\s*(True|False)/.exec(header)
  const shape = /['"]shape['"]\s*:\s*\(([\d\s,L]*)\)/.exec(header)
  if (/['"]descr['"]\s*:\s*['"]\|?O/.test(header)) {
    refuse('an array of Python objects; allowed: an array of numbers')
  }
  const known = descr !== null && CODES[descr[2]!] !== undefined
  if (!known) {
    const found = /['"]descr['"]\s*:\s*([^}]{1,40})/.exec(header)?.[1] ?? 'missing'
    return invalid(
      `the type of the array is ${found.trim()}; allowed: ${Object.keys(CODES).join(', ')}`,
    )
  }
  const rest = [descr[0], order?.[0] ?? '', shape?.[0] ?? ''].reduce(
    (text, part) => text.replace(part, ''),
    header,
  )
  if (order === null || shape === null || !/^\{[\s,]*\}\s*$/.test(rest)) {
    return invalid('the header of the array is not one that NumPy writes')
  }
  const dims = shape[1]!
    .split(',')
    .map(size => size.trim().replace(/L$/, ''))
    .filter(size => size !== '')
    .map(Number)
  const count = dims.reduce((product, size) => product * size, 1)
  if (
    dims.length > MOST_AXES ||
    !dims.every(Number.isSafeInteger) ||
    !Number.isSafeInteger(count)
  ) {
    refuse(`an array of ${dims.slice(0, 8).join(' × ')} values`)
  }
  const native = descr[1] === '|' || descr[1] === '=' ? NATIVE : descr[1]!
  return { order: native, code: descr[2]!, fortran: order[1] === 'True', dims }
}

function view(dtype: NpyDtype, buffer: ArrayBuffer): NpyData {
  switch (dtype) {
    case 'bool':
      return new Uint8Array(buffer).map(value => (value === 0 ? 0 : 1))
    case 'float16':
      return Float32Array.from(new Uint16Array(buffer), fromHalf)
    case 'float32':
      return new Float32Array(buffer)
    case 'float64':
      return new Float64Array(buffer)
    case 'uint8':
      return new Uint8Array(buffer)
    case 'int8':
      return new Int8Array(buffer)
    case 'uint16':
      return new Uint16Array(buffer)
    case 'int16':
      return new Int16Array(buffer)
    case 'uint32':
      return new Uint32Array(buffer)
    case 'int32':
      return new Int32Array(buffer)
    case 'uint64':
      return new BigUint64Array(buffer)
    case 'int64':
      return new BigInt64Array(buffer)
  }
}

/** IEEE 754 half precision. */
function fromHalf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1
  const exponent = (bits >> 10) & 0x1f
  const fraction = bits & 0x3ff
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN
  if (exponent === 0) return sign * fraction * 2 ** -24
  return sign * (1024 + fraction) * 2 ** (exponent - 25)
}

function codeOf(data: NpyData): string {
  const one = data.BYTES_PER_ELEMENT === 1 ? '|' : '<'
  const name = data.constructor.name
  const kind = name.includes('Float') ? 'f' : name.includes('Uint') ? 'u' : 'i'
  return `${one}${kind}${data.BYTES_PER_ELEMENT}`
}

function swap(bytes: Uint8Array, width: number): void {
  for (let i = 0; i < bytes.length; i += width) bytes.subarray(i, i + width).reverse()
}
