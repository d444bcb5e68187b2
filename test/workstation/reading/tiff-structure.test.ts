import { deflateSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { encodeTiff } from '#core/image/encode-tiff.ts'
import { memorySource } from '#workstation/reading/byte-source.ts'
import { readTiffStructure } from '#workstation/reading/tiff-structure.ts'
import { drawTiff, type DrawnTiff } from '../../support/draw-tiff.ts'

function structureOf(bytes: Uint8Array) {
  return readTiffStructure(memorySource('field.tif', bytes))
}

async function faultOf(drawn: DrawnTiff) {
  const structure = await structureOf(drawTiff(drawn))
  return structure.ok ? structure.value.pages.map(({ refusal }) => refusal) : structure.fault
}

describe('a sound file', () => {
  test.each([
    [{ 254: 0 }, false],
    [{ 254: 1 }, true],
    [{ 254: 2 }, false],
    [{ 254: 3 }, true],
    [{ 254: [1, 1] }, false],
    [{}, false],
  ])('says of each page whether it is a smaller copy: %o', async (tags, reduced) => {
    const structure = await structureOf(drawTiff({ tags }))
    expect(structure).toMatchObject({ ok: true, value: { pages: [{ reduced }] } })
  })

  test('says the size and samples of its pages', async () => {
    const pixels = Uint16Array.of(1, 2, 3, 4, 5, 6)
    const structure = await structureOf(encodeTiff({ width: 3, height: 2, pixels }))
    expect(structure).toMatchObject({
      ok: true,
      value: {
        format: 'tiff',
        whole: true,
        pages: [
          {
            width: 3,
            height: 2,
            samples: 1,
            bits: 16,
            sampleFormat: 'unsigned',
            reduced: false,
            refusal: null,
          },
        ],
      },
    })
  })

  test('may leave out how many rows its only strip holds', async () => {
    const bytes = drawTiff({})
    // RowsPerStrip becomes a tag that nobody knows.
    const view = new DataView(bytes.buffer)
    for (let at = 10; at < 10 + 9 * 12; at += 12) {
      if (view.getUint16(at, true) === 278) view.setUint16(at, 60278, true)
    }
    const structure = await structureOf(bytes)
    expect(structure).toMatchObject({
      ok: true,
      value: { pages: [{ segments: [{ bytes: 8, rows: 2 }] }] },
    })
  })

  test('may be of a layout that Parfocal does not read, which is said by name', async () => {
    expect(await faultOf({ tags: { 259: 7 } })).toEqual([
      { kind: 'image-unsupported', detail: 'JPEG compression' },
    ])
  })
})

describe('a hostile or damaged file is a fault before anything is allocated', () => {
  const blank = deflateSync(new Uint8Array(1000))

  test.each<{ name: string; drawn: DrawnTiff; kind: string; detail: string }>([
    {
      name: 'directories in a circle',
      drawn: { next: 8 },
      kind: 'image-corrupt',
      detail: 'its directories run in a circle',
    },
    {
      name: 'a strip for each of four million rows',
      drawn: { tags: { 257: 4_000_000, 278: 1 } },
      kind: 'image-corrupt',
      detail: '1 of 4000000 strips',
    },
    {
      name: 'a tag of 268 million values',
      drawn: { claims: { 258: 0x0fffffff } },
      kind: 'image-corrupt',
      detail: 'tag 258 of 268435455 values',
    },
    {
      name: 'values beyond the end',
      drawn: { claims: { 258: 1000 } },
      kind: 'image-truncated',
      detail: 'tag 258 lies beyond the end',
    },
    {
      name: '200,000 × 200,000 pixels in eight bytes',
      drawn: { tags: { 256: 200_000, 257: 200_000, 278: 200_000 } },
      kind: 'image-corrupt',
      detail: 'strip 1 of 1 has 8 bytes for 40000000000 bytes of pixels',
    },
    {
      name: 'more pixels than deflate could make of its bytes',
      drawn: { tags: { 256: 6000, 257: 6000, 259: 8, 278: 6000 }, strips: [blank] },
      kind: 'image-corrupt',
      detail: `strip 1 of 1 has ${blank.length} bytes for 36000000 bytes of pixels`,
    },
    {
      name: 'no bits in a sample',
      drawn: { tags: { 258: 0 } },
      kind: 'image-corrupt',
      detail: '0 bits a sample',
    },
    {
      name: 'two widths',
      drawn: { tags: { 256: [4, 5] } },
      kind: 'image-corrupt',
      detail: '2 values of tag 256',
    },
    {
      name: 'a third way of keeping samples together',
      drawn: { tags: { 284: 3 } },
      kind: 'image-corrupt',
      detail: 'planar configuration 3',
    },
    {
      name: 'no sizes of strips',
      drawn: { tags: { 279: [] } },
      kind: 'image-corrupt',
      detail: 'the sizes of 0 of 1 strips',
    },
    {
      name: 'no width',
      drawn: { tags: { 256: 0 } },
      kind: 'image-corrupt',
      detail: '0 × 2 pixels',
    },
    {
      name: 'strips of no rows',
      drawn: { tags: { 278: 0 } },
      kind: 'image-corrupt',
      detail: 'strips of 4 × 0 pixels',
    },
    {
      name: 'tiles of no width',
      drawn: { tags: { 322: 0, 323: 16 } },
      kind: 'image-corrupt',
      detail: 'tiles of 0 × 16 pixels',
    },
    {
      name: 'a strip beyond the end',
      drawn: { tags: { 273: 1_000_000 } },
      kind: 'image-truncated',
      detail: 'strip 1 of 1 lies beyond the end',
    },
    {
      name: 'a strip that was never written',
      drawn: { tags: { 273: 0 } },
      kind: 'image-truncated',
      detail: 'strip 1 of 1 is not written',
    },
    {
      name: 'a next directory beyond the end',
      drawn: { next: 1_000_000 },
      kind: 'image-truncated',
      detail: 'its directory at byte 1000000 lies beyond the end at byte 130',
    },
    {
      name: 'a next directory that begins before the end',
      drawn: { next: 129 },
      kind: 'image-truncated',
      detail: 'its directory at byte 129 goes on beyond the end at byte 130',
    },
  ])('$name', async ({ drawn, kind, detail }) => {
    expect(await faultOf(drawn)).toEqual({ kind, path: 'field.tif', detail })
  })

  test('a deflate bomb of 400 MB is sound, but refused as too large', async () => {
    const bomb = deflateSync(new Uint8Array(20_000 * 20_000), { level: 1 })
    const tags = { 256: 20_000, 257: 20_000, 259: 8, 278: 20_000 }
    expect(await faultOf({ tags, strips: [bomb] })).toEqual([
      { kind: 'image-too-large', detail: '20000 × 20000 pixels' },
    ])
  })

  test('a hundred thousand strips of one row are refused as too large', async () => {
    const count = 100_000
    const bytes = drawTiff({
      tags: {
        256: 1,
        257: count,
        278: 1,
        273: Array<number>(count).fill(8),
        279: Array<number>(count).fill(1),
      },
    })
    expect(await structureOf(bytes)).toMatchObject({
      ok: false,
      fault: { kind: 'image-too-large', detail: '100000 strips' },
    })
  })

  test('a header that points nowhere yet is a file still being written', async () => {
    const bytes = Uint8Array.of(0x49, 0x49, 42, 0, 0, 0, 0, 0)
    expect(await structureOf(bytes)).toMatchObject({ fault: { kind: 'image-truncated' } })
  })

  test('a BigTIFF whose directory lies at byte 2⁶³ is truncated', async () => {
    const bytes = Uint8Array.of(0x49, 0x49, 43, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x80)
    expect(await structureOf(bytes)).toMatchObject({ fault: { kind: 'image-truncated' } })
  })
})
