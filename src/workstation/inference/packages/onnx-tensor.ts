import { messageIn, textIn, wholeIn, wholesIn, wireFields } from './protobuf-reader.ts'
import { refuse } from './objection.ts'

/** TensorProto.DataType, by its number (onnx.proto, onnx 1.19). */
const DATA_TYPES = [
  'undefined',
  'float32',
  'uint8',
  'int8',
  'uint16',
  'int16',
  'int32',
  'int64',
  'string',
  'bool',
  'float16',
  'float64',
  'uint32',
  'uint64',
  'complex64',
  'complex128',
  'bfloat16',
  'float8e4m3fn',
  'float8e4m3fnuz',
  'float8e5m2',
  'float8e5m2fnuz',
  'uint4',
  'int4',
  'float4e2m1',
] as const

const BITS = [0, 32, 8, 8, 16, 16, 32, 64, 0, 8, 16, 64, 32, 64, 64, 128, 16, 8, 8, 8, 8, 4, 4, 4]

export interface OnnxTensor {
  readonly name: string
  readonly type: string
  readonly elements: number
  /** Bytes that its values take; of texts only what they have, in bytes. */
  readonly bytes: number
  /** Whether it is one value, and that is 0. */
  readonly isZero: boolean
}

export function dataType(number: number): string {
  return DATA_TYPES[number] ?? `type ${number}`
}

/**
 * A TensorProto, whose values must lie in the file itself: any entry that points elsewhere is refused, even
 * where `data_location` says that it does not count.
 */
export function readOnnxTensor(message: Uint8Array): OnnxTensor {
  const dims: number[] = []
  let type = 0
  let name = ''
  let raw: Uint8Array | null = null
  let texts = 0
  let typed: number | null = null
  for (const field of wireFields(message)) {
    if (field.number === 1) dims.push(...wholesIn(field))
    else if (field.number === 2) type = wholeIn(field)
    else if (field.number === 6) texts += messageIn(field).length
    else if (field.number === 5 && typed === null) typed = wholesOf(field)
    else if (field.number === 8) name = textIn(field)
    else if (field.number === 9) raw = messageIn(field)
    else if (field.number === 13) refuseExternal()
    else if (field.number === 14 && wholeIn(field) !== 0) refuseExternal()
  }
  const elements = dims.reduce((product, size) => product * size, 1)
  if (dims.some(size => size < 0) || !Number.isSafeInteger(elements)) {
    refuse(`the tensor ${name} of the ONNX file has the sizes ${dims.slice(0, 8).join(' × ')}`)
  }
  const bytes = type === 8 ? texts : Math.ceil((elements * (BITS[type] ?? 0)) / 8)
  if (raw !== null && type !== 8 && BITS[type] !== undefined && raw.length !== bytes) {
    refuse(`the tensor ${name} of the ONNX file has ${raw.length} bytes for ${bytes}`)
  }
  const isZero = elements === 1 && (raw === null ? typed === 0 : raw.every(byte => byte === 0))
  return { name, type: dataType(type), elements, bytes, isZero }
}

/** SparseTensorProto: values and indices are tensors. */
export function readSparseTensor(message: Uint8Array): OnnxTensor {
  let values: OnnxTensor = { name: '', type: 'undefined', elements: 0, bytes: 0, isZero: false }
  let indices = 0
  for (const field of wireFields(message)) {
    if (field.number === 1) values = readOnnxTensor(messageIn(field))
    else if (field.number === 2) indices = readOnnxTensor(messageIn(field)).bytes
  }
  return { ...values, bytes: values.bytes + indices, isZero: false }
}

/** Of `int32_data`, in which truth values lie: the first is all that is asked for. */
function wholesOf(field: Parameters<typeof wholesIn>[0]): number | null {
  if (field.wire === 0) return wholeIn(field)
  return field.bytes.length === 1 ? (wholesIn(field)[0] ?? null) : null
}

function refuseExternal(): never {
  return refuse('the ONNX file has weights outside itself (external data); allowed: one file')
}
