import fc from 'fast-check'
import { fromArrayBuffer } from 'geotiff'
import { deflateSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import {
  encodeTiff,
  encodeTiffPages,
  type Deflate,
  type TiffPage,
} from '#core/image/encode-tiff.ts'

const deflate: Deflate = bytes => deflateSync(bytes)

async function decode(bytes: Uint8Array) {
  const file = await fromArrayBuffer(bytes.slice().buffer)
  const image = await file.getImage()
  const [pixels] = await image.readRasters()
  const description = await image.fileDirectory.loadValue('ImageDescription')
  return { width: image.getWidth(), height: image.getHeight(), pixels, description }
}

const pages: readonly (TiffPage & { readonly name: string })[] = [
  { name: '8-bit', width: 3, height: 2, pixels: Uint8Array.of(0, 1, 2, 253, 254, 255) },
  { name: '16-bit', width: 1, height: 3, pixels: Uint16Array.of(0, 256, 65535) },
  { name: '32-bit', width: 2, height: 1, pixels: Uint32Array.of(65536, 4294967295) },
  { name: 'float', width: 2, height: 2, pixels: Float32Array.of(-1.5, 0, 1e-9, 3e20) },
]

describe('encodeTiff', () => {
  test.each(pages)('keeps $name pixels, stored or deflated', async page => {
    for (const bytes of [encodeTiff(page), encodeTiff(page, deflate)]) {
      const { width, height, pixels } = await decode(bytes)
      expect({ width, height }).toEqual({ width: page.width, height: page.height })
      expect(pixels).toEqual(page.pixels)
    }
  })

  test('keeps any 16-bit image', async () => {
    const anyPage = fc
      .tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }))
      .chain(([width, height]) =>
        fc
          .uint16Array({ minLength: width * height, maxLength: width * height })
          .map(pixels => ({ width, height, pixels })),
      )
    await fc.assert(
      fc.asyncProperty(anyPage, fc.boolean(), async (page, deflated) => {
        const { pixels } = await decode(encodeTiff(page, deflated ? deflate : undefined))
        expect([...(pixels as Uint16Array)]).toEqual([...page.pixels])
      }),
      { numRuns: 40 },
    )
  })

  test('takes its pixels from the middle of a larger buffer', async () => {
    const pixels = Uint16Array.of(9, 9, 1, 2, 9).subarray(2, 4)
    expect((await decode(encodeTiff({ width: 2, height: 1, pixels }))).pixels).toEqual(
      Uint16Array.of(1, 2),
    )
  })

  test.each(['', 'a', 'abc', 'abcd', 'well B03, field 2'])(
    'keeps the description "%s"',
    async description => {
      const bytes = encodeTiff({ width: 1, height: 1, pixels: Uint8Array.of(7), description })
      const read = await decode(bytes)
      expect(String(read.description).replace(/\0+$/, '')).toBe(description)
      expect(read.pixels).toEqual(Uint8Array.of(7))
    },
  )

  test('puts a question mark for what ASCII cannot say', async () => {
    const bytes = encodeTiff({
      width: 1,
      height: 1,
      pixels: Uint8Array.of(0),
      description: '0.65 µm 🔬',
    })
    expect(String((await decode(bytes)).description).replace(/\0+$/, '')).toBe('0.65 ?m ?')
  })

  test('lists its tags in ascending order, from an even offset', () => {
    const bytes = encodeTiff({ width: 1, height: 1, pixels: Uint8Array.of(0), description: 'odd' })
    const view = new DataView(bytes.buffer)
    const directory = view.getUint32(4, true)
    expect(directory % 2).toBe(0)
    const tags = Array.from({ length: view.getUint16(directory, true) }, (_, i) =>
      view.getUint16(directory + 2 + 12 * i, true),
    )
    expect(tags).toEqual([256, 257, 258, 259, 262, 270, 273, 277, 278, 279, 339])
  })

  test('gives the same bytes for the same pixels', () => {
    const page = { width: 2, height: 1, pixels: Uint16Array.of(1, 2), description: 'again' }
    expect(encodeTiff(page)).toEqual(encodeTiff(structuredClone(page)))
  })
})

describe('encodeTiffPages', () => {
  test.each([undefined, deflate])(
    'keeps every page and its description, deflated by %s',
    async by => {
      const described = pages.map((page, i) =>
        i % 2 === 0 ? { ...page, description: `page ${i}` } : page,
      )
      const file = await fromArrayBuffer(encodeTiffPages(described, by).slice().buffer)
      expect(await file.getImageCount()).toBe(pages.length)
      for (const [i, page] of pages.entries()) {
        const image = await file.getImage(i)
        const [pixels] = await image.readRasters()
        expect(pixels).toEqual(page.pixels)
        const description = await image.fileDirectory.loadValue('ImageDescription')
        expect(description).toEqual(
          i % 2 === 0 ? expect.stringMatching(`^page ${i}\0*$`) : undefined,
        )
      }
    },
  )

  test('writes a page as encodeTiff does', () => {
    const [page] = pages
    expect(encodeTiffPages([page!])).toEqual(encodeTiff(page!))
  })
})
