import { dataType } from './onnx-tensor.ts'
import { messageIn, textIn, wholeIn, wireFields } from './protobuf-reader.ts'

/** An input or output of a network. */
export interface OnnxValue {
  readonly name: string
  /** `float32`, …; what is not a tensor is named for what it is. */
  readonly type: string
  /** A number, the name of one that is free, or null for one that has no name; null where even the rank is free. */
  readonly dims: readonly (number | string | null)[] | null
}

/** ValueInfoProto. */
export function readOnnxValue(message: Uint8Array): OnnxValue {
  let value: OnnxValue = { name: '', type: 'undefined', dims: null }
  for (const field of wireFields(message)) {
    if (field.number === 1) value = { ...value, name: textIn(field) }
    else if (field.number === 2) value = { ...value, ...readType(messageIn(field)) }
  }
  return value
}

const OTHERS = new Map([
  [4, 'sequence'],
  [5, 'map'],
  [7, 'opaque'],
  [8, 'sparse tensor'],
  [9, 'optional'],
])

function readType(message: Uint8Array): Omit<OnnxValue, 'name'> {
  let type: Omit<OnnxValue, 'name'> = { type: 'undefined', dims: null }
  for (const field of wireFields(message)) {
    if (field.number === 1) type = readTensorType(messageIn(field))
    else type = { ...type, type: OTHERS.get(field.number) ?? type.type }
  }
  return type
}

function readTensorType(message: Uint8Array): Omit<OnnxValue, 'name'> {
  let type = 'undefined'
  let dims: OnnxValue['dims'] = null
  for (const field of wireFields(message)) {
    if (field.number === 1) type = dataType(wholeIn(field))
    else if (field.number === 2) {
      dims = [...wireFields(messageIn(field))]
        .filter(({ number }) => number === 1)
        .map(dim => readDim(messageIn(dim)))
    }
  }
  return { type, dims }
}

function readDim(message: Uint8Array): number | string | null {
  let dim: number | string | null = null
  for (const field of wireFields(message)) {
    if (field.number === 1) dim = wholeIn(field)
    else if (field.number === 2) dim = textIn(field) || null
  }
  return dim
}
