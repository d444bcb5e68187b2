import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { appendFileSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { deflateSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { encodeTiff } from '#core/image/encode-tiff.ts'
import { openImage } from '#workstation/reading/open-image.ts'
import { drawTiff } from '../../support/draw-tiff.ts'
import type { ReadOutcome } from '../../support/read-images.ts'
import { scratchFolder } from '../../support/scratch-folder.ts'
import { valueOf } from '../../support/value-of.ts'

const write = scratchFolder()

test('an opened image knows the hash of the whole file', async () => {
  const bytes = encodeTiff({ width: 2, height: 1, pixels: Uint16Array.of(7, 8) })
  const path = write('field.tif', bytes)
  const image = await openImage(path)
  expect(image).toMatchObject({
    ok: true,
    value: { path, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') },
  })
})

test('a page is read as it is stored', async () => {
  const pixels = Uint16Array.of(0, 1600, 65535, 3)
  const image = await openImage(write('page.tif', encodeTiff({ width: 2, height: 2, pixels })))
  if (!image.ok) throw new Error(image.fault.kind)
  expect(await image.value.readPage(0)).toEqual({
    ok: true,
    value: { width: 2, height: 2, samples: 1, bits: 16, range: 65535, pixels },
  })
})

test('a page that is not there is refused', async () => {
  const path = write('one-page.tif', drawTiff({}))
  const image = await openImage(path)
  if (!image.ok) throw new Error(image.fault.kind)
  const fault = { kind: 'image-unsupported', path, detail: 'page 2 of 1' }
  expect(await image.value.readPage(1)).toEqual({ ok: false, fault })
})

test('32-bit integers are real numbers of the same value', async () => {
  const pixels = Uint32Array.of(0, 70_001)
  const path = write('counts.tif', encodeTiff({ width: 2, height: 1, pixels }))
  const raster = valueOf(await valueOf(await openImage(path)).readPage(0))
  expect(raster).toMatchObject({ bits: 32, range: 2 ** 32 - 1, pixels: Float32Array.of(0, 70_001) })
})

test.each([
  { detail: '32-bit integers beyond 16777216', tags: { 256: 2, 257: 1, 258: 32 } },
  { detail: '24-bit integers', tags: { 256: 2, 257: 1, 258: 24 } },
  { detail: 'JPEG compression', tags: { 259: 7 } },
])('$detail are refused by name', async ({ detail, tags }) => {
  const path = write('refused.tif', drawTiff({ tags: { 278: 1, ...tags } }))
  const image = await openImage(path)
  if (!image.ok) throw new Error(JSON.stringify(image.fault))
  const fault = { kind: 'image-unsupported', path, detail }
  expect(await image.value.readPage(0)).toEqual({ ok: false, fault })
})

describe('a file too large to be kept in memory', () => {
  const pixels = Uint16Array.from({ length: 4200 * 4100 }, (_, i) => i % 65_521)
  const bytes = encodeTiff({ width: 4200, height: 4100, pixels })

  test('is hashed and read like any other', async () => {
    const image = await openImage(write('large.tif', bytes))
    if (!image.ok) throw new Error(image.fault.kind)
    expect(image.value.sha256).toBe(createHash('sha256').update(bytes).digest('hex'))
    const raster = await image.value.readPage(0)
    if (!raster.ok) throw new Error(raster.fault.kind)
    const read = new Uint8Array(raster.value.pixels.buffer)
    expect(Buffer.compare(read, new Uint8Array(pixels.buffer))).toBe(0)
  })

  test('is not read once it has changed', async () => {
    const path = write('changing.tif', bytes)
    const image = await openImage(path)
    if (!image.ok) throw new Error(image.fault.kind)
    appendFileSync(path, 'x')
    const fault = { kind: 'file-changed', path }
    expect(await image.value.readPage(0)).toEqual({ ok: false, fault })
  })
})

describe('memory stays below 500 MB', () => {
  /** A page of `count` equal strips that are stored once. */
  function repeatStrip(
    tags: Readonly<Record<number, number | readonly number[]>>,
    strip: Uint8Array,
    count: number,
  ): Uint8Array {
    const draw = (at: number): Uint8Array =>
      drawTiff({
        tags: {
          ...tags,
          273: Array<number>(count).fill(at),
          279: Array<number>(count).fill(strip.length),
        },
        strips: [strip],
      })
    return draw(draw(0).length - strip.length)
  }

  test.each([
    {
      name: '10,000 × 10,000 pixels of 16 bits in two deflated strips',
      bytes: repeatStrip(
        { 256: 10_000, 257: 10_000, 258: 16, 259: 8, 278: 5000 },
        deflateSync(new Uint8Array(10_000 * 5000 * 2), { level: 1 }),
        2,
      ),
      size: 10_000,
    },
    {
      name: '6,900 × 6,900 pixels of colour, made luminance',
      bytes: repeatStrip(
        { 256: 6900, 257: 6900, 258: [8, 8, 8], 259: 8, 262: 2, 277: 3, 278: 690 },
        deflateSync(new Uint8Array(6900 * 690 * 3), { level: 1 }),
        10,
      ),
      size: 6900,
    },
  ])('$name', ({ name, bytes, size }) => {
    const reader = fileURLToPath(new URL('../../support/read-images.ts', import.meta.url))
    const printed = execFileSync(process.execPath, [reader], {
      input: write(name, bytes),
      encoding: 'utf8',
    })
    const { megabytes, outcome } = JSON.parse(printed) as ReadOutcome
    expect(outcome).toEqual([[size, size, expect.any(String), expect.any(String)]])
    expect(megabytes).toBeLessThan(500)
  })
})

describe('damage to a sound file never throws and never hangs', () => {
  const golden = (name: string): Uint8Array =>
    readFileSync(fileURLToPath(new URL(`../../golden/reading/${name}`, import.meta.url)))

  async function readAll(bytes: Uint8Array): Promise<void> {
    const path = write('damaged', bytes)
    const image = await openImage(path)
    if (!image.ok) return expect(image.fault).toMatchObject({ path })
    for (let page = 0; page < image.value.structure.pages.length; page += 1) {
      const raster = await image.value.readPage(page)
      if (!raster.ok) {
        expect(raster.fault).toMatchObject({ path })
        continue
      }
      const { width, height, samples, pixels } = raster.value
      expect(pixels).toHaveLength(width * height * samples)
    }
  }

  test.each([
    'bigtiff-pages.tif',
    'big-endian-tiles.tif',
    'lzw-tiles-predictor.tif',
    'deflate-float-predictor.tif',
    'packbits.tif',
    'packed-12-bit-planar.tif',
    'gray-palette.tif',
    'interlaced-rgb.png',
    'palette.png',
  ])('%s', async name => {
    const sound = golden(name)
    const flip = fc.record({ at: fc.nat(sound.length - 1), byte: fc.nat(255) })
    await fc.assert(
      fc.asyncProperty(
        fc.array(flip, { maxLength: 8 }),
        fc.option(fc.nat(sound.length), { nil: sound.length }),
        async (flips, length) => {
          const bytes = Uint8Array.from(sound)
          for (const { at, byte } of flips) bytes[at] = byte
          await readAll(bytes.subarray(0, length))
        },
      ),
      { numRuns: 150 },
    )
  })
})
