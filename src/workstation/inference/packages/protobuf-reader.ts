import { refuse } from './objection.ts'

/** A field of a message: a number, or bytes that hold a text, packed numbers or a message in turn. */
export interface WireField {
  readonly number: number
  /** 0 varint, 1 eight bytes, 2 with a length, 5 four bytes. */
  readonly wire: 0 | 1 | 2 | 5
  /** Of a varint, as a signed 64-bit integer; 0 for the others. */
  readonly value: bigint
  /** Of a field with a length; empty for the others. */
  readonly bytes: Uint8Array
}

const NONE = new Uint8Array(0)
const UTF8 = new TextDecoder('utf-8', { fatal: true })

/**
 * The fields of one message, in the order of the file (protobuf.dev, "Encoding").
 *
 * Nothing is copied: the bytes of a field are a view of its message. Whatever ends early, is longer than it can be,
 * or uses the groups that ONNX never had is refused.
 */
export function* wireFields(message: Uint8Array): Generator<WireField, void, undefined> {
  let at = 0
  const varint = (): bigint => {
    let value = 0n
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = message[at]
      if (byte === undefined) return refuse('the ONNX file ends in the middle of a number')
      at += 1
      value |= BigInt(byte & 0x7f) << shift
      if (byte < 0x80) return BigInt.asIntN(64, value)
    }
    return refuse('the ONNX file has a number of more than ten bytes')
  }
  const short = (): number => {
    // Tags and most lengths have one to four bytes.
    let value = 0
    for (let shift = 0; shift < 28; shift += 7) {
      const byte = message[at]
      if (byte === undefined) return refuse('the ONNX file ends in the middle of a number')
      at += 1
      value += (byte & 0x7f) * 2 ** shift
      if (byte < 0x80) return value
    }
    const rest = varint()
    return rest < 0n || rest > 0xffn
      ? refuse('the ONNX file has a length beyond itself')
      : value + Number(rest) * 2 ** 28
  }
  const take = (length: number): Uint8Array => {
    if (length > message.length - at) refuse('the ONNX file ends before its fields do')
    at += length
    return message.subarray(at - length, at)
  }
  while (at < message.length) {
    const tag = short()
    const number = Math.floor(tag / 8)
    const wire = tag % 8
    if (number === 0) refuse('the ONNX file has a field without a number')
    if (wire === 0) yield { number, wire, value: varint(), bytes: NONE }
    else if (wire === 2) yield { number, wire, value: 0n, bytes: take(short()) }
    else if (wire === 1 || wire === 5) {
      take(wire === 1 ? 8 : 4)
      yield { number, wire, value: 0n, bytes: NONE }
    } else refuse(`the ONNX file has a field of kind ${wire}, which ONNX does not use`)
  }
}

export function messageIn({ wire, bytes, number }: WireField): Uint8Array {
  return wire === 2
    ? bytes
    : refuse(`field ${number} of the ONNX file is not the message it should be`)
}

export function textIn(field: WireField): string {
  const bytes = messageIn(field)
  if (bytes.length > 1 << 20) return refuse('the ONNX file has a text of more than a million bytes')
  try {
    return UTF8.decode(bytes)
  } catch {
    return refuse('the ONNX file has a text that is not UTF-8')
  }
}

/** A number of which ONNX has no large ones. */
export function wholeIn({ wire, value, number }: WireField): number {
  const whole = Number(value)
  return wire === 0 && Number.isSafeInteger(whole)
    ? whole
    : refuse(`field ${number} of the ONNX file is ${wire === 0 ? value : 'not a whole number'}`)
}

/** Of a repeated field, packed or not. */
export function wholesIn(field: WireField): readonly number[] {
  if (field.wire === 0) return [wholeIn(field)]
  const wholes: number[] = []
  let rest = messageIn(field)
  while (rest.length > 0) {
    const end = rest.findIndex(byte => byte < 0x80) + 1
    if (end < 1 || end > 10) refuse('the ONNX file has a number that does not end')
    let value = 0n
    for (let i = end - 1; i >= 0; i -= 1) value = (value << 7n) | BigInt(rest[i]! & 0x7f)
    wholes.push(wholeIn({ ...field, wire: 0, value: BigInt.asIntN(64, value) }))
    rest = rest.subarray(end)
    if (wholes.length > 4096) refuse('the ONNX file has a tensor of more than 4096 dimensions')
  }
  return wholes
}
