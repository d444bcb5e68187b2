import { createHash } from 'node:crypto'
import { symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { deflateSync, gzipSync, zstdCompressSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { crc32c } from '#workstation/reading/crc32c.ts'
import { openImage } from '#workstation/reading/open-image.ts'
import { probeImage } from '#workstation/reading/probe-image.ts'
import { readPage } from '#workstation/reading/read-page.ts'
import { hashFile } from '#workstation/record/hash-file.ts'
import { newer, older, words, zarrFolders } from '../../support/draw-zarr.ts'
import { valueOf } from '../../support/value-of.ts'

const draw = zarrFolders()

async function pixelsOf(folder: string, page = 0): Promise<readonly number[]> {
  const image = valueOf(await openImage(folder))
  return [...valueOf(await image.readPage(page)).pixels]
}

async function faultOf(folder: string, page = 0): Promise<readonly [string, string]> {
  const opened = await openImage(folder)
  const read = opened.ok ? await opened.value.readPage(page) : opened
  if (read.ok) throw new Error('it was read')
  return [read.fault.kind, 'detail' in read.fault ? String(read.fault.detail) : '']
}

const NINE = words(1, 2, 3, 4, 5, 6, 7, 8, 9)

describe('pixels', () => {
  test('come from one chunk, or from several that reach beyond the edge', async () => {
    const one = draw({ '.zarray': older([3, 3], [3, 3]), '0/0': NINE })
    expect(await pixelsOf(one)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9])
    const four = draw({
      '.zarray': older([3, 3], [2, 2], { dimension_separator: '.' }),
      '0.0': words(1, 2, 4, 5),
      '0.1': words(3, 0, 6, 0),
      '1.0': words(7, 8, 0, 0),
      '1.1': words(9, 0, 0, 0),
    })
    expect(await pixelsOf(four)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9])
  })

  test('of page p are counted with the last axis before y and x as the fastest', async () => {
    const folder = draw({
      '.zarray': older([2, 3, 1, 1], [1, 2, 1, 1]),
      ...Object.fromEntries(
        [0, 1].flatMap(c =>
          [0, 1].map(z => [`${c}/${z}/0/0`, words(10 * c + 2 * z, 10 * c + 2 * z + 1)]),
        ),
      ),
    })
    const image = valueOf(await openImage(folder))
    const pages = await Promise.all([0, 1, 2, 3, 4, 5].map(page => image.readPage(page)))
    expect(pages.map(page => valueOf(page).pixels[0])).toEqual([0, 1, 2, 10, 11, 12])
    expect((await image.readPage(6)).ok).toBe(false)
  })

  test('that were not written are the fill value', async () => {
    const folder = draw({
      '.zarray': older([2, 1, 2], [1, 1, 2], { fill_value: 7 }),
      '0/0/0': words(1, 2),
    })
    expect(await pixelsOf(folder, 0)).toEqual([1, 2])
    expect(await pixelsOf(folder, 1)).toEqual([7, 7])
  })

  test('may lie column by column, or highest byte first', async () => {
    const columns = draw({
      '.zarray': older([2, 2], [2, 2], { order: 'F' }),
      '0/0': words(1, 3, 2, 4),
    })
    expect(await pixelsOf(columns)).toEqual([1, 2, 3, 4])
    const swapped = draw({
      '.zarray': older([1, 2], [1, 2], { dtype: '>u2' }),
      '0/0': words(0x0100, 0x0200),
    })
    expect(await pixelsOf(swapped)).toEqual([1, 2])
  })

  test.each([
    ['|u1', Uint8Array.of(1, 255), [1, 255]],
    ['<i2', new Uint8Array(Int16Array.of(-1, 300).buffer), [-1, 300]],
    ['<f4', new Uint8Array(Float32Array.of(0.5, -2).buffer), [0.5, -2]],
    ['<u4', new Uint8Array(Uint32Array.of(70_000, 1).buffer), [70_000, 1]],
    ['<f8', new Uint8Array(Float64Array.of(0.25, 3).buffer), [0.25, 3]],
  ])('of type %s are read as other images of that type', async (dtype, bytes, numbers) => {
    const folder = draw({ '.zarray': older([1, 2], [1, 2], { dtype }), '0/0': bytes })
    expect(await pixelsOf(folder)).toEqual(numbers)
  })

  test.each([
    ['gzip', gzipSync(NINE)],
    ['zlib', deflateSync(NINE)],
    ['zstd', zstdCompressSync(NINE)],
  ])('are decompressed by %s', async (id, bytes) => {
    const folder = draw({ '.zarray': older([3, 3], [3, 3], { compressor: { id } }), '0/0': bytes })
    expect(await pixelsOf(folder)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9])
  })
})

const BYTES = { name: 'bytes', configuration: { endian: 'little' } }

/** A shard of two chunks side by side, each of 1 × 2 pixels; null leaves one out. */
function shard(...chunks: readonly (Uint8Array | null)[]): Uint8Array {
  const index = new DataView(new ArrayBuffer(16 * chunks.length))
  let at = 0
  for (const [i, chunk] of chunks.entries()) {
    index.setBigUint64(16 * i, chunk === null ? 2n ** 64n - 1n : BigInt(at), true)
    index.setBigUint64(16 * i + 8, chunk === null ? 2n ** 64n - 1n : BigInt(chunk.length), true)
    at += chunk?.length ?? 0
  }
  const bytes = new Uint8Array(index.buffer)
  const sum = new Uint8Array(Uint32Array.of(crc32c(bytes)).buffer)
  return new Uint8Array(
    Buffer.concat([...chunks.map(chunk => chunk ?? new Uint8Array(0)), bytes, sum]),
  )
}

function sharded(more: object = {}) {
  const configuration = {
    chunk_shape: [1, 2],
    codecs: [BYTES, { name: 'gzip', configuration: { level: 1 } }],
    index_codecs: [BYTES, { name: 'crc32c' }],
    ...more,
  }
  return newer([1, 4], [1, 4], {
    fill_value: 5,
    codecs: [{ name: 'sharding_indexed', configuration }],
  })
}

describe('Zarr 3', () => {
  test('is read with a checksum', async () => {
    const sum = new Uint8Array(Uint32Array.of(crc32c(NINE)).buffer)
    const stored = new Uint8Array(Buffer.concat([NINE, sum]))
    const metadata = newer([3, 3], [3, 3], { codecs: [BYTES, { name: 'crc32c' }] })
    expect(await pixelsOf(draw({ 'zarr.json': metadata, 'c/0/0': stored }))).toEqual([
      1, 2, 3, 4, 5, 6, 7, 8, 9,
    ])
    stored[3]! ^= 1
    expect(await faultOf(draw({ 'zarr.json': metadata, 'c/0/0': stored }))).toEqual([
      'image-corrupt',
      'chunk 0/0: crc32c: its checksum is another',
    ])
  })

  test('is read from shards, of which chunks may be left out', async () => {
    const folder = draw({ 'zarr.json': sharded(), 'c/0/0': shard(gzipSync(words(1, 2)), null) })
    expect(await pixelsOf(folder)).toEqual([1, 2, 5, 5])
  })

  test('points nowhere outside a shard', async () => {
    const stored = shard(gzipSync(words(1, 2)), null)
    const index = new DataView(stored.buffer, stored.length - 36, 32)
    index.setBigUint64(8, 10_000n, true)
    new DataView(stored.buffer).setUint32(stored.length - 4, crc32c(stored.subarray(-36, -4)), true)
    expect(await faultOf(draw({ 'zarr.json': sharded(), 'c/0/0': stored }))).toEqual([
      'image-corrupt',
      'chunk 0/0: the index of its shard points outside',
    ])
    expect(
      (await faultOf(draw({ 'zarr.json': sharded(), 'c/0/0': stored.subarray(0, 20) })))[0],
    ).toBe('image-corrupt')
  })

  test.each([
    ['its index at the start', sharded({ index_location: 'start' })],
    ['chunks in chunks', sharded({ codecs: [{ name: 'sharding_indexed', configuration: {} }] })],
    ['codecs after it', newer([1, 4], [1, 4], { codecs: [...sharded().codecs, { name: 'gzip' }] })],
    ['transformers', newer([1, 4], [1, 4], { storage_transformers: [{ name: 'x' }] })],
    ['a codec nobody knows', newer([1, 4], [1, 4], { codecs: [BYTES, { name: 'constructor' }] })],
    [
      'compressed twice',
      newer([1, 4], [1, 4], { codecs: [BYTES, { name: 'gzip' }, { name: 'zstd' }] }),
    ],
  ])('with %s is unsupported rather than read wrongly', async (_, metadata) => {
    expect((await faultOf(draw({ 'zarr.json': metadata, 'c/0/0': new Uint8Array(64) })))[0]).toBe(
      'image-unsupported',
    )
  })
})

describe('a hostile array', () => {
  test.each([
    ['of a shorter chunk', older([3, 3], [3, 3]), NINE.subarray(2), 'image-corrupt'],
    ['of a longer chunk', older([3, 3], [3, 3]), new Uint8Array(64), 'image-corrupt'],
    ['of half a number', older([3, 3], [3, 3]), new Uint8Array(17), 'image-corrupt'],
    [
      'of a bomb',
      older([3, 3], [3, 3], { compressor: { id: 'gzip' } }),
      gzipSync(new Uint8Array(50_000_000)),
      'image-corrupt',
    ],
    ['of junk', older([3, 3], [3, 3], { compressor: { id: 'zstd' } }), NINE, 'image-corrupt'],
    ['of huge chunks', older([3, 3], [30_000, 30_000]), NINE, 'image-too-large'],
    ['of huge planes', older([90_000, 90_000], [3, 3]), NINE, 'image-too-large'],
    ['of a pixel a chunk', older([2000, 2000], [1, 1]), NINE, 'image-too-large'],
    ['of planes without end', older([90_000, 90_000, 3, 3], [1, 1, 3, 3]), NINE, 'image-too-large'],
    ['of text', older([3, 3], [3, 3], { dtype: '<U8' }), NINE, 'image-unsupported'],
    ['of records', older([3, 3], [3, 3], { dtype: [['a', '<u2']] }), NINE, 'image-unsupported'],
    [
      'of another compression',
      older([3, 3], [3, 3], { compressor: { id: 'lzma' } }),
      NINE,
      'image-unsupported',
    ],
    [
      'of filters',
      older([3, 3], [3, 3], { filters: [{ id: 'delta' }] }),
      NINE,
      'image-unsupported',
    ],
    ['of one axis', older([3], [3]), NINE, 'not-an-image'],
    ['of no pixels', older([0, 3], [3, 3]), NINE, 'image-corrupt'],
    ['of other axes', older([3, 3], [3]), NINE, 'image-corrupt'],
    ['of negative sizes', older([-3, 3], [3, 3]), NINE, 'image-corrupt'],
  ])('%s', async (_, metadata, chunk, kind) => {
    expect((await faultOf(draw({ '.zarray': metadata, '0/0': chunk })))[0]).toBe(kind)
  })

  test('that is no JSON is damaged', async () => {
    const folder = draw({ '.zarray': new TextEncoder().encode('{"shape": [3'), '0/0': NINE })
    expect(await faultOf(folder)).toEqual(['image-corrupt', '.zarray is no JSON'])
  })

  test('that leads out by links is not followed', async () => {
    const outside = draw({ secret: NINE })
    const chunk = draw({ '.zarray': older([3, 3], [3, 3]), '0/x': NINE })
    symlinkSync(join(outside, 'secret'), join(chunk, '0/0'))
    expect(await faultOf(chunk)).toEqual(['image-unsupported', '0/0 is a link or no file'])
    const row = draw({ '.zarray': older([3, 3], [3, 3]) })
    symlinkSync(outside, join(row, '0'))
    expect(await faultOf(row)).toEqual(['image-unsupported', '0 is a link or no file'])
  })

  test('is a folder like any other without metadata', async () => {
    expect(await faultOf(draw({ '0/0': NINE }))).toEqual(['not-an-image', 'a folder'])
  })
})

describe('what is there', () => {
  test('is said of chunks and of pages', async () => {
    const folder = draw({
      '.zarray': older([3, 2, 2], [1, 1, 2]),
      '0/0/0': words(1, 2),
      '0/1/0': words(1, 2),
      '2/1/0': words(1, 2),
    })
    const { array, pages } = valueOf(await probeImage(folder))
    expect(pages).toHaveLength(3)
    expect(array).toEqual({ shape: [3, 2, 2], missingChunks: 3, absentPages: new Set([1]) })
  })

  test('counts a chunk that was only begun as missing, and strange names not at all', async () => {
    const metadata = older([1, 2], [1, 1])
    const whole = draw({
      '.zarray': metadata,
      '0/0': words(1),
      '0/1': words(2),
      '0/2': words(3),
      '0/01': words(4),
      x: words(5),
    })
    expect(valueOf(await probeImage(whole)).array!.missingChunks).toBe(0)
    const begun = draw({ '.zarray': metadata, '0/0': words(1), '0/1': Uint8Array.of(2) })
    expect(valueOf(await probeImage(begun)).array).toMatchObject({
      missingChunks: 1,
      absentPages: new Set(),
    })
  })
})

describe('identity', () => {
  const files = { '.zarray': older([1, 2], [1, 1]), '0/0': words(1), '0/1': words(2) }

  test('is over names, lengths and bytes in the order of names', async () => {
    const folder = draw(files)
    const metadata = Buffer.from(JSON.stringify(files['.zarray']))
    const hash = createHash('sha256')
    hash.update(`.zarray\0${metadata.length}\0`).update(metadata)
    hash.update('0/0\x002\0').update(words(1)).update('0/1\x002\0').update(words(2))
    const sha256 = hash.digest('hex')
    const image = valueOf(await openImage(folder))
    expect(image.sha256).toBe(sha256)
    expect(image.bytes).toBe(metadata.length + 4)
    expect(await hashFile(folder)).toEqual({ sha256, bytes: metadata.length + 4 })
  })

  test('is another where a chunk is, and the same beside temporary files', async () => {
    const [one, two, three] = [
      draw(files),
      draw({ ...files, '0/1': words(3) }),
      draw({ ...files, '.DS_Store': words(1), '0/0.tmp': words(1) }),
    ]
    const [first, second, third] = await Promise.all([one, two, three].map(one => hashFile(one)))
    expect(second!.sha256).not.toBe(first!.sha256)
    expect(third).toEqual(first)
  })

  test('ends the reading of an array of which a chunk was written anew', async () => {
    const folder = draw(files)
    const { bytes, modified } = valueOf(await openImage(folder))
    const page = { path: folder, page: 0, bytes, modified }
    expect([...valueOf(await readPage(page)).raster.pixels]).toEqual([1, 2])
    utimesSync(join(folder, '0/1'), 2_000_000_000, 2_000_000_000)
    expect(await readPage(page)).toEqual({
      ok: false,
      fault: { kind: 'file-changed', path: folder },
    })
  })

  test('is kept while a large array is read again page by page', async () => {
    const side = 3000
    const plane = new Uint8Array(2 * side * side).fill(1)
    const folder = draw({
      '.zarray': older([2, side, side], [1, side, side]),
      '0/0/0': plane,
      '1/0/0': plane,
    })
    const image = valueOf(await openImage(folder))
    expect(valueOf(await image.readPage(1)).pixels[0]).toBe(257)
    writeFileSync(join(folder, '1/0/0'), plane.fill(2))
    expect(await image.readPage(1)).toMatchObject({ fault: { kind: 'file-changed' } })
  })
})
