/**
 * Writes small networks as ONNX: the ones that providers are probed with.
 *
 * Format: onnx/onnx.proto of ONNX 1.16 (field numbers below), wire format of Protocol Buffers.
 */
export interface NetworkPlan {
  readonly inputs: readonly PortPlan[]
  readonly outputs: readonly PortPlan[]
  readonly nodes: readonly NodePlan[]
  readonly constants: readonly ConstantPlan[]
}

export interface PortPlan {
  readonly name: string
  readonly type: ElementType
  /** A text names a size that is known when the network runs. */
  readonly shape: readonly (number | string)[]
}

export interface NodePlan {
  readonly operator: string
  readonly inputs: readonly string[]
  readonly outputs: readonly string[]
  readonly attributes?: Readonly<Record<string, number | readonly number[] | NetworkPlan>>
}

export interface ConstantPlan {
  readonly name: string
  readonly dims: readonly number[]
  readonly data: Float32Array | BigInt64Array | Uint8Array
}

export type ElementType = keyof typeof ELEMENT_TYPES

/** TensorProto.DataType */
const ELEMENT_TYPES = {
  float32: 1,
  uint8: 2,
  int32: 6,
  int64: 7,
  bool: 9,
  float16: 10,
  float64: 11,
}

/** The operator set that the nodes are of, and the version of the format that came with it (ONNX 1.14). */
const OPSET = 17
const IR_VERSION = 8

/** A ModelProto. */
export function encodeNetwork(plan: NetworkPlan): Uint8Array {
  const opset = bytesOf(numberField(2, OPSET))
  return Uint8Array.from([
    ...numberField(1, IR_VERSION),
    ...field(7, graph(plan)),
    ...field(8, opset),
  ])
}

function graph({ inputs, outputs, nodes, constants }: NetworkPlan): Bytes {
  return bytesOf(
    ...nodes.map(plan => field(1, node(plan))),
    textField(2, 'network'),
    ...constants.map(plan => field(5, constant(plan))),
    ...inputs.map(plan => field(11, port(plan))),
    ...outputs.map(plan => field(12, port(plan))),
  )
}

function node({ operator, inputs, outputs, attributes = {} }: NodePlan): Bytes {
  return bytesOf(
    ...inputs.map(name => textField(1, name)),
    ...outputs.map(name => textField(2, name)),
    // No two nodes may have the same name; what a node gives is named once.
    textField(3, outputs.join(' ')),
    textField(4, operator),
    ...Object.entries(attributes).map(([name, value]) => field(5, attribute(name, value))),
  )
}

/** AttributeProto: type 2 is a whole number, 7 is a list of them, 5 is a graph. */
function attribute(name: string, value: number | readonly number[] | NetworkPlan): Bytes {
  if (typeof value === 'number') {
    return bytesOf(textField(1, name), numberField(3, value), numberField(20, 2))
  }
  if ('nodes' in value)
    return bytesOf(textField(1, name), field(6, graph(value)), numberField(20, 5))
  return bytesOf(textField(1, name), ...value.map(n => numberField(8, n)), numberField(20, 7))
}

/** TensorProto with its values as little-endian bytes. */
function constant({ name, dims, data }: ConstantPlan): Bytes {
  const type =
    data instanceof Float32Array ? 'float32' : data instanceof Uint8Array ? 'bool' : 'int64'
  return bytesOf(
    ...dims.map(side => numberField(1, side)),
    numberField(2, ELEMENT_TYPES[type]),
    textField(8, name),
    field(9, [...new Uint8Array(data.buffer, data.byteOffset, data.byteLength)]),
  )
}

/** ValueInfoProto ‹ TypeProto ‹ TypeProto.Tensor ‹ TensorShapeProto ‹ Dimension */
function port({ name, type, shape }: PortPlan): Bytes {
  const sides = shape.map(side =>
    field(1, typeof side === 'number' ? numberField(1, side) : textField(2, side)),
  )
  const tensor = bytesOf(numberField(1, ELEMENT_TYPES[type]), field(2, bytesOf(...sides)))
  return bytesOf(textField(1, name), field(2, field(1, tensor)))
}

type Bytes = readonly number[]

function bytesOf(...parts: readonly Bytes[]): Bytes {
  return parts.flat()
}

function numberField(number: number, value: number): Bytes {
  return [...varint(number << 3), ...varint(value)]
}

function textField(number: number, text: string): Bytes {
  return field(number, [...new TextEncoder().encode(text)])
}

function field(number: number, content: Bytes): Bytes {
  return [...varint((number << 3) | 2), ...varint(content.length), ...content]
}

/** Seven bits a byte, the lowest first; for whole numbers from 0 to 2⁵³. */
function varint(value: number): Bytes {
  const bytes: number[] = []
  let rest = value
  while (rest >= 0x80) {
    bytes.push((rest % 0x80) | 0x80)
    rest = Math.floor(rest / 0x80)
  }
  return [...bytes, rest]
}
