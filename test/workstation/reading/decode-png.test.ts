import { expect, test } from 'vitest'
import { memorySource } from '#workstation/reading/byte-source.ts'
import { decodePng } from '#workstation/reading/decode-png.ts'
import { readPngStructure } from '#workstation/reading/png-structure.ts'
import { drawPng, type DrawnPng } from '../../support/draw-png.ts'

async function decode(bytes: Uint8Array) {
  const source = memorySource('field.png', bytes)
  const structure = await readPngStructure(source)
  return structure.ok ? decodePng(source, structure.value) : structure
}

test('16-bit samples are read as they are', async () => {
  const rows = Uint8Array.of(0, 0x01, 0x02, 0xff, 0xfe)
  expect(await decode(drawPng({ width: 2, height: 1, bits: 16, rows }))).toEqual({
    ok: true,
    value: Uint16Array.of(0x0102, 0xfffe),
  })
})

test('a palette becomes its colours', async () => {
  const rows = Uint8Array.of(0, 0b0001_1011)
  const palette = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]
  expect(await decode(drawPng({ height: 1, bits: 2, colour: 3, palette, rows }))).toEqual({
    ok: true,
    value: Uint8Array.from(palette),
  })
})

test('black and white are 0 and 255', async () => {
  const rows = Uint8Array.of(0, 0b0110_0000)
  expect(await decode(drawPng({ height: 1, bits: 1, rows }))).toEqual({
    ok: true,
    value: Uint8Array.of(0, 255, 255, 0),
  })
})

test.each<{ name: string; drawn: DrawnPng; detail: string }>([
  {
    name: 'too few rows',
    drawn: { rows: Uint8Array.of(0, 1, 2, 3, 4) },
    detail: '5 of 10 bytes',
  },
  {
    name: 'an unknown filter',
    drawn: { rows: Uint8Array.of(5, 1, 2, 3, 4, 0, 1, 2, 3, 4) },
    detail: 'a row names a filter that there is not',
  },
  {
    name: 'an index outside the palette',
    drawn: { colour: 3, palette: [0, 0, 0] },
    detail: 'an index points outside its palette',
  },
])('$name is a fault', async ({ drawn, detail }) => {
  const fault = { kind: 'image-corrupt', path: 'field.png', detail }
  expect(await decode(drawPng(drawn))).toEqual({ ok: false, fault })
})

test('a wrong checksum is a fault, even where the pixels still inflate', async () => {
  const bytes = drawPng({})
  const end = bytes.length - 12
  bytes[end - 1] = bytes[end - 1]! ^ 1
  expect(await decode(bytes)).toMatchObject({
    fault: { kind: 'image-corrupt', detail: 'the checksum of its pixels is wrong' },
  })
})
