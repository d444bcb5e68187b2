import { describe, expect, test } from 'vitest'
import { decodeBlosc, UnknownCompression } from '#workstation/reading/blosc.ts'
import { decodeLz4Block } from '#workstation/reading/lz4-block.ts'

/** The 256 numbers of 16 bits i ÷ 16 × 300, as numcodecs 0.11 for Python wrote them with c-blosc 1.21. */
const CHUNKS = {
  'lz4, shuffled':
    'AgEhAQACAAAAAgAAfQAAABQAAABlAAAAHwABAAwvLAECAAsvWAICAAsvhAMCAAsvsAQCAAsv3AUCAAsvCAcCAAsvNAgCAAsvYAkCAAsvjAoCAAsvuAsCAAsv5AwCAAsvEA4CAAsvPA8CAAsvaBACAAsvlBECAAZQEZQRlBE=',
  'zstd, bits shuffled':
    'AgGUAQACAAAAAgAAcQAAABQAAABZAAAAKLUv/WAAAX0CAFLCBArg6QAwBAgBcEwG+f8keQCo+qoeoNB7Zg3QRspsAzv4J4JL0SaaDKgQi9CDoB/3CJm4yyNmU/4hdiQgI3hJciAW6B+ZIodJ7s5hhJI=',
  zlib: 'AgFgAQACAAAAAgAAXAAAABQAAABEAAAAeNpjYMAPdBjxwwgm/LCFGT/cwIIf3mHFDznY8UMTDvwwgRM/7OHCD3dw44dPePBDAT780IYfP8wQwA+nCOKHAN36cmE=',
  'blosclz, shuffled':
    'AgEBAQACAAAAAgAAjQAAABQAAAB1AAAAIwAAAADgEgMCACwB4BQBAgFYAuAUAQIChAPgFAECA7AE4BQBAgTcBeAUAQIFCAfgFAECBzQI4BQBAghgCeAUAQIJjArgFAECCrgL4BQBAgvkDOAUAQIMEA7gFAECDjwP4BQBAg9oEOAUAQIQlBHgEgECEZQR',
}

const NUMBERS = Uint16Array.from({ length: 256 }, (_, i) => Math.floor(i / 16) * 300)
const BYTES = new Uint8Array(NUMBERS.buffer)

function stored(chunk: string): Uint8Array {
  return new Uint8Array(Buffer.from(chunk, 'base64'))
}

/** A header as c-blosc writes it, before what it is said to hold. */
function chunkOf(flags: number, bytes: number, content: Uint8Array): Uint8Array {
  const chunk = new Uint8Array(16 + content.length)
  chunk.set([2, 1, flags, 2])
  const view = new DataView(chunk.buffer)
  view.setUint32(4, bytes, true)
  view.setUint32(8, bytes, true)
  view.setUint32(12, chunk.length, true)
  chunk.set(content, 16)
  return chunk
}

describe.each(Object.entries(CHUNKS))('%s', (_, text) => {
  test('decodes to what was written', () => {
    expect(decodeBlosc(stored(text), 512)).toEqual(BYTES)
  })

  test('is refused where it does not have the size of a chunk', () => {
    expect(() => decodeBlosc(stored(text), 514)).toThrow('512 of 514 bytes')
  })

  test.each([0, 15, 20, 40])('is refused where it ends after %i bytes', length => {
    expect(() => decodeBlosc(stored(text).subarray(0, length), 512)).toThrow('cut short')
  })

  test('never gives bytes that are not there, whichever byte is wrong', () => {
    for (let at = 16; at < stored(text).length; at += 1) {
      const chunk = stored(text)
      chunk[at]! ^= 0xff
      let decoded: Uint8Array | null = null
      try {
        decoded = decodeBlosc(chunk, 512)
      } catch (cause) {
        expect(cause).toBeInstanceOf(Error)
      }
      if (decoded !== null) expect(decoded).toHaveLength(512)
    }
  })
})

test('what is not compressed is copied', () => {
  expect(decodeBlosc(chunkOf(2, 512, BYTES), 512)).toEqual(BYTES)
  expect(() => decodeBlosc(chunkOf(2, 512, BYTES.subarray(1)), 512)).toThrow('cut short')
})

test('Snappy and newer formats are unknown, not broken', () => {
  expect(() => decodeBlosc(chunkOf(2 << 5, 512, new Uint8Array(30)), 512)).toThrow(
    UnknownCompression,
  )
  const newer = chunkOf(2, 512, BYTES)
  newer[0] = 5
  expect(() => decodeBlosc(newer, 512)).toThrow(UnknownCompression)
})

test('a block that lies elsewhere is refused', () => {
  const content = new Uint8Array(8)
  new DataView(content.buffer).setUint32(0, 4_000_000_000, true)
  expect(() => decodeBlosc(chunkOf(1 << 5, 512, content), 512)).toThrow('beyond its end')
})

describe('a block of LZ4', () => {
  test('repeats what it has just written', () => {
    const out = new Uint8Array(12)
    // One literal, then ten bytes from one byte before, then the last literal.
    expect(decodeLz4Block(Uint8Array.of(0x16, 7, 1, 0, 0x10, 9), out)).toBe(12)
    expect([...out]).toEqual([7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 9])
  })

  test('reaches neither before its beginning nor beyond its end', () => {
    expect(decodeLz4Block(Uint8Array.of(0x16, 7, 2, 0), new Uint8Array(12))).toBe(1)
    expect(decodeLz4Block(Uint8Array.of(0x16, 7, 1, 0), new Uint8Array(5))).toBe(1)
    expect(decodeLz4Block(Uint8Array.of(0xf0, 255, 255), new Uint8Array(5))).toBe(0)
  })
})
