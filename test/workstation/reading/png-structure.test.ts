import { deflateSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { memorySource } from '#workstation/reading/byte-source.ts'
import { pngPasses, readPngStructure } from '#workstation/reading/png-structure.ts'
import { drawPng, pngOf } from '../../support/draw-png.ts'

function structureOf(bytes: Uint8Array) {
  return readPngStructure(memorySource('field.png', bytes))
}

const END = ['IEND', new Uint8Array(0)] as const
const HEADER = ['IHDR', Uint8Array.of(0, 0, 0, 4, 0, 0, 0, 2, 8, 0, 0, 0, 0)] as const
const DATA = ['IDAT', deflateSync(new Uint8Array(10))] as const

test('a sound file says its size and samples', async () => {
  expect(await structureOf(drawPng({ bits: 16, rows: new Uint8Array(18) }))).toMatchObject({
    ok: true,
    value: {
      format: 'png',
      whole: true,
      pages: [{ width: 4, height: 2, samples: 1, bits: 16, refusal: null }],
    },
  })
})

test('chunks that nobody knows are passed over', async () => {
  const bytes = pngOf([HEADER, ['teXt', new Uint8Array(5)], DATA, END])
  expect(await structureOf(bytes)).toMatchObject({ ok: true })
})

/** The sound file with another byte in one place. */
function withByte(at: number, byte: number): Uint8Array {
  return drawPng({}).with(at, byte)
}

describe('a damaged file is a fault', () => {
  test.each([
    { name: 'no end', bytes: pngOf([HEADER, DATA]), kind: 'image-truncated' },
    { name: 'cut in a chunk', bytes: pngOf([HEADER, DATA]).slice(0, -3), kind: 'image-truncated' },
    { name: 'no header', bytes: pngOf([DATA, END]), kind: 'image-corrupt' },
    { name: 'two headers', bytes: pngOf([HEADER, HEADER, DATA, END]), kind: 'image-corrupt' },
    { name: 'no pixels', bytes: pngOf([HEADER, END]), kind: 'image-corrupt' },
    { name: 'no width', bytes: drawPng({ width: 0 }), kind: 'image-corrupt' },
    { name: 'an empty header', bytes: pngOf([['IHDR', new Uint8Array(0)]]), kind: 'image-corrupt' },
    { name: 'a header under a wrong checksum', bytes: withByte(20, 9), kind: 'image-corrupt' },
    { name: 'three bits a sample', bytes: drawPng({ bits: 3 }), kind: 'image-corrupt' },
    { name: 'colour of four bits', bytes: drawPng({ bits: 4, colour: 2 }), kind: 'image-corrupt' },
    { name: 'an unknown interlacing', bytes: drawPng({ interlace: 2 }), kind: 'image-corrupt' },
    { name: 'indices without a palette', bytes: drawPng({ colour: 3 }), kind: 'image-corrupt' },
    {
      name: 'a name that is none',
      bytes: pngOf([HEADER, ['I\0AT', DATA[1]], END]),
      kind: 'image-corrupt',
    },
    {
      name: 'more pixels than its bytes can hold',
      bytes: drawPng({ width: 30_000, height: 30_000 }),
      kind: 'image-corrupt',
    },
  ])('$name', async ({ bytes, kind }) => {
    expect(await structureOf(bytes)).toMatchObject({
      ok: false,
      fault: { kind, path: 'field.png' },
    })
  })
})

test('30,000 × 30,000 blank pixels are sound, but refused as too large', async () => {
  // What the pixels would deflate to at best; no reader gets as far as to find that it is nothing.
  const data = new Uint8Array(Math.ceil((30_000 * 30_001) / 1032))
  const header = Uint8Array.of(0, 0, 0x75, 0x30, 0, 0, 0x75, 0x30, 8, 0, 0, 0, 0)
  const structure = await structureOf(pngOf([['IHDR', header], ['IDAT', data], END]))
  expect(structure).toMatchObject({
    ok: true,
    value: { pages: [{ refusal: { kind: 'image-too-large', detail: '30000 × 30000 pixels' } }] },
  })
})

test('the seven passes of interlacing hold every pixel once', () => {
  for (const [width, height] of [
    [1, 1],
    [3, 5],
    [8, 8],
    [27, 21],
  ] as const) {
    const header = { width, height, bits: 8, channels: 1, indexed: false, interlaced: true }
    const seen = new Set<number>()
    for (const { left, top, stepX, stepY, columns, rows } of pngPasses(header)) {
      for (let y = 0; y < rows; y += 1) {
        for (let x = 0; x < columns; x += 1) {
          seen.add((top + y * stepY) * width + left + x * stepX)
        }
      }
    }
    expect(seen.size).toBe(width * height)
    expect(Math.max(...seen)).toBe(width * height - 1)
  }
})
