import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodeLzw } from '#workstation/reading/lzw.ts'
import { encodeLzw } from '../../support/encode-lzw.ts'

const CLEAR = 256
const END = 257

/** Codes of nine bits, from the highest bit down as TIFF 6.0 has them, or from the lowest up. */
function pack(codes: readonly number[], order: 'highest first' | 'lowest first'): Uint8Array {
  const bits = codes.flatMap(code => {
    const digits = Array.from({ length: 9 }, (_, i) => (code >> i) & 1)
    return order === 'lowest first' ? digits : digits.reverse()
  })
  const bytes = new Uint8Array(Math.ceil(bits.length / 8))
  bits.forEach((bit, i) => {
    const place = order === 'lowest first' ? i % 8 : 7 - (i % 8)
    bytes[i >> 3] = bytes[i >> 3]! | (bit << place)
  })
  return bytes
}

function decode(bytes: Uint8Array, length: number): number[] {
  const out = new Uint8Array(length)
  return [...out.subarray(0, decodeLzw(bytes, out))]
}

describe.each(['highest first', 'lowest first'] as const)('codes with the %s', order => {
  test('stand for bytes and for strings that came before', () => {
    const codes = [CLEAR, 1, 2, 258, 259, END]
    expect(decode(pack(codes, order), 6)).toEqual([1, 2, 1, 2, 2, 1])
  })

  test('may stand for the string that they complete', () => {
    expect(decode(pack([CLEAR, 7, 258, 259, END], order), 6)).toEqual([7, 7, 7, 7, 7, 7])
  })

  test('begin anew after a clear code', () => {
    expect(decode(pack([CLEAR, 1, 2, CLEAR, 3, 258, END], order), 5)).toEqual([1, 2, 3, 3, 3])
  })
})

test('a code that is not in the table yet ends the data', () => {
  expect(decode(pack([CLEAR, 1, 300], 'highest first'), 9)).toEqual([1])
})

test('data that end early give what they hold', () => {
  expect(decode(pack([CLEAR, 1, 2], 'highest first'), 9)).toEqual([1, 2])
  expect(decode(new Uint8Array(0), 9)).toEqual([])
})

test('nothing is written beyond the end', () => {
  expect(decode(pack([CLEAR, 7, 258, 259, 260], 'highest first'), 4)).toEqual([7, 7, 7, 7])
})

describe('what an encoder writes is read again', () => {
  test('whatever it is', () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 3000, size: 'max' }),
      fc.uint8Array({ max: 2, maxLength: 3000, size: 'max' }),
    )
    fc.assert(
      fc.property(bytes, original => {
        expect(decode(encodeLzw(original), original.length)).toEqual([...original])
      }),
      { numRuns: 50 },
    )
  })

  test('through codes of every length and tables that begin anew', () => {
    const original = Uint8Array.from({ length: 60_000 }, (_, i) => (i * i * 31) >> 5)
    expect(Buffer.from(decode(encodeLzw(original), original.length))).toEqual(Buffer.from(original))
  })

  test('up to the longest strings there are', () => {
    const original = new Uint8Array(8_000_000)
    const encoded = encodeLzw(original)
    const out = new Uint8Array(original.length)
    expect(decodeLzw(encoded, out)).toBe(original.length)
    // The bound by which the structure tells what a strip can hold.
    expect(original.length / encoded.length).toBeLessThan(2560)
  })
})
