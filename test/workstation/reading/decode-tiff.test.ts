import { deflateSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { encodeTiff } from '#core/image/encode-tiff.ts'
import { memorySource } from '#workstation/reading/byte-source.ts'
import { decodeTiffPage } from '#workstation/reading/decode-tiff.ts'
import { readTiffStructure } from '#workstation/reading/tiff-structure.ts'
import { drawTiff, type DrawnTiff } from '../../support/draw-tiff.ts'

async function decode(bytes: Uint8Array) {
  const source = memorySource('field.tif', bytes)
  const structure = await readTiffStructure(source)
  return structure.ok ? decodeTiffPage(source, structure.value.pages[0]!) : structure
}

async function faultOf(drawn: DrawnTiff) {
  const decoded = await decode(drawTiff(drawn))
  return decoded.ok ? null : decoded.fault
}

test.each([
  Uint8Array.of(0, 1, 128, 255),
  Uint16Array.of(0, 1, 40000, 65535),
  Uint32Array.of(0, 1, 70000, 2 ** 32 - 1),
  Float32Array.of(0, -1.5, 1e-40, Infinity),
])('what is written is read again, deflated or not', async pixels => {
  const page = { width: 2, height: 2, pixels }
  expect(await decode(encodeTiff(page))).toEqual({ ok: true, value: pixels })
  expect(await decode(encodeTiff(page, deflateSync))).toEqual({ ok: true, value: pixels })
})

test('12-bit samples are unpacked from the highest bit down, each row from a new byte', async () => {
  const strip = Uint8Array.of(0x12, 0x34, 0x56, 0x78, 0x90, 0xab, 0xcd, 0xef, 0x12, 0x30)
  const bytes = drawTiff({ tags: { 256: 3, 257: 2, 258: 12 }, strips: [strip] })
  expect(await decode(bytes)).toEqual({
    ok: true,
    value: Uint16Array.of(0x123, 0x456, 0x789, 0xabc, 0xdef, 0x123),
  })
})

test('tiles are cropped at the right and lower edges', async () => {
  const tile = (first: number): Uint8Array => Uint8Array.from({ length: 4 }, (_, i) => first + i)
  const bytes = drawTiff({
    tags: { 256: 3, 257: 3, 322: 2, 323: 2 },
    strips: [tile(0), tile(10), tile(20), tile(30)],
  })
  expect(await decode(bytes)).toEqual({
    ok: true,
    value: Uint8Array.of(0, 1, 10, 2, 3, 12, 20, 21, 30),
  })
})

test('a strip that inflates to more than the page holds is read no further', async () => {
  const bytes = drawTiff({ tags: { 259: 8 }, strips: [deflateSync(new Uint8Array(2 ** 24))] })
  expect(await decode(bytes)).toEqual({ ok: true, value: new Uint8Array(8) })
})

describe('pixels that make no sense are a fault', () => {
  const junk = Uint8Array.from({ length: 8 }, (_, i) => (i * 151) % 256)

  test.each([
    { name: 'LZW junk', drawn: { tags: { 259: 5 }, strips: [junk] } },
    { name: 'PackBits cut short', drawn: { tags: { 259: 32773 }, strips: [Uint8Array.of(3, 1)] } },
    { name: 'deflate junk', drawn: { tags: { 259: 8 }, strips: [junk] } },
    {
      name: 'deflate cut short',
      drawn: { tags: { 259: 8 }, strips: [deflateSync(junk).slice(0, -6)] },
    },
    {
      name: 'too few deflated pixels',
      drawn: { tags: { 259: 8 }, strips: [deflateSync(junk.subarray(1))] },
    },
  ])('$name', async ({ drawn }) => {
    expect(await faultOf(drawn)).toMatchObject({
      kind: 'image-corrupt',
      path: 'field.tif',
      detail: expect.stringMatching(/^strip 1 of 1: ./),
    })
  })
})
