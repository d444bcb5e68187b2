import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { levelCount, TILE, type PlaneDescription } from '#contract/pixels.ts'
import type { RecordId } from '#core/brand.ts'
import { encodeTiff } from '#core/image/encode-tiff.ts'
import { halveByMean } from '#core/image/halve-by-mean.ts'
import type { Plane } from '#core/image/plane.ts'
import { measureQuality } from '#core/quality/metrics.ts'
import { readLabels } from '#workstation/reading/read-labels.ts'
import { artifactPath } from '#workstation/record/artifacts.ts'
import { first } from '#workstation/store/db.ts'
import {
  decode,
  faultOf,
  pixelDesk,
  samplesOf,
  simulate,
  size,
  tile,
  writeLarge,
  type DeskPlane,
  type PixelDesk,
} from '../../support/pixel-desk.ts'
import { drawTiff } from '../../support/draw-tiff.ts'
import { temporaryFolder } from '../../support/stores.ts'

async function assemble(desk: PixelDesk, plane: DeskPlane, level: number): Promise<Plane> {
  const width = Math.ceil((2 * TILE + 7) / 2 ** level)
  const height = Math.ceil((TILE + 3) / 2 ** level)
  const pixels = new Uint16Array(width * height)
  for (let row = 0; row * TILE < height; row += 1) {
    for (let column = 0; column * TILE < width; column += 1) {
      const response = await desk.ask(tile(plane, level, column, row))
      const across = Number(response.headers.get('Pixel-Width'))
      const samples = await samplesOf(response)
      for (let y = 0; y * across < samples.length; y += 1) {
        const at = (row * TILE + y) * width + column * TILE
        pixels.set(samples.subarray(y * across, (y + 1) * across), at)
      }
    }
  }
  return { width, height, pixels, fullScale: 65535 }
}

describe('the tiles of a plane', () => {
  test('are the pixels of its file, level 0 as they are and each next level their means', async () => {
    const desk = await pixelDesk(writeLarge(), { naming: 'loose' })
    const [plane] = desk.planes as [DeskPlane]
    let expected = await decode(plane)
    expect(levelCount(expected.width, expected.height)).toBe(3)
    for (let level = 0; level < 3; level += 1) {
      if (level > 0) expected = halveByMean(expected)
      const served = await assemble(desk, plane, level)
      expect([served.width, served.height]).toEqual([expected.width, expected.height])
      expect(Buffer.compare(bytes(served), bytes(expected)), `level ${level}`).toBe(0)
    }
  })

  test('at the right and lower edge are as large as what is left', async () => {
    const desk = await pixelDesk(writeLarge(), { naming: 'loose' })
    const [plane] = desk.planes as [DeskPlane]
    expect(size(await desk.ask(tile(plane, 0, 2, 1)))).toBe('uint16 7 3')
    expect(size(await desk.ask(tile(plane, 2, 0, 0)))).toBe('uint16 642 321')
  })

  test('that lie beyond the last column, row or level are not there', async () => {
    const desk = await pixelDesk(writeLarge(), { naming: 'loose' })
    const [plane] = desk.planes as [DeskPlane]
    for (const [level, column, row] of [
      [0, 3, 0],
      [0, 0, 2],
      [3, 0, 0],
    ] as const) {
      const response = await desk.ask(tile(plane, level, column, row))
      expect(await faultOf(response)).toEqual([404, 'bad-request'])
    }
  })

  test('of an 8-bit file have 8 bits, of a float file are floats with their gaps', async () => {
    const folder = temporaryFolder()
    const square = { width: 8, height: 8 }
    const bytes8 = Uint8Array.from({ length: 64 }, (_, i) => 3 * i)
    const floats = Float32Array.from({ length: 64 }, (_, i) => (i === 9 ? NaN : i / 64))
    writeFileSync(join(folder, 'a.tif'), encodeTiff({ ...square, pixels: bytes8 }))
    writeFileSync(join(folder, 'b.tif'), encodeTiff({ ...square, pixels: floats }))
    const desk = await pixelDesk(folder, { naming: 'loose' })
    const [a, b] = await Promise.all(desk.planes.map(plane => desk.ask(tile(plane))))
    expect(size(a!)).toBe('uint8 8 8')
    expect(new Uint8Array(await a!.arrayBuffer())).toEqual(bytes8)
    expect(size(b!)).toBe('float32 8 8')
    expect(new Float32Array(await b!.arrayBuffer())).toEqual(floats)
  })
})

test('a colour image is shown as grey, as it is analysed', async () => {
  const folder = temporaryFolder()
  const colours = Uint8Array.from({ length: 4 * 2 * 3 }, (_, i) => 10 * i)
  writeFileSync(
    join(folder, 'a.tif'),
    drawTiff({ tags: { 258: [8, 8, 8], 262: 2, 277: 3 }, strips: [colours] }),
  )
  const desk = await pixelDesk(folder, { naming: 'loose' })
  const [plane] = desk.planes as [DeskPlane]
  const response = await desk.ask(tile(plane))
  expect(size(response)).toBe('float32 4 2')
  const { pixels } = await decode(plane)
  expect(new Float32Array(await response.arrayBuffer())).toEqual(pixels)
})

function bytes({ pixels }: Plane): Buffer {
  return Buffer.from(pixels.buffer, pixels.byteOffset, pixels.byteLength)
}

describe('what is told about a plane', () => {
  test('is its size, its range of values and the size of a pixel in the specimen', async () => {
    const desk = await pixelDesk(await simulate())
    const { planeId, version } = desk.planes[0]!
    const response = await desk.ask({ kind: 'about', planeId, version })
    expect(response.headers.get('Content-Type')).toBe('application/json')
    const about = (await response.json()) as PlaneDescription
    expect(about).toMatchObject({
      width: 96,
      height: 64,
      bits: 16,
      type: 'uint16',
      fullScale: 65535,
      levels: 1,
      pixelSize: 0.65,
    })
    const { pixels } = await decode(desk.planes[0]!)
    const sorted = Float64Array.from(pixels).sort()
    const values = new Map(about.percentiles.map(({ percent, value }) => [percent, value]))
    expect(values.get(0)).toBe(sorted[0])
    expect(values.get(100)).toBe(sorted.at(-1))
    expect(values.get(50)).toBe(sorted[Math.round((sorted.length - 1) / 2)])
    expect(about.histogram.reduce((sum, count) => sum + count, 0)).toBe(96 * 64)
  })
})

describe('a map', () => {
  test('has the votes that make the sharpness of edges', async () => {
    const desk = await pixelDesk(await simulate({ width: 512, height: 384 }))
    const [plane] = desk.planes as [DeskPlane]
    const { planeId, version } = plane
    const response = await desk.ask({ kind: 'map', planeId, version, map: 'sharpness' })
    expect(size(response)).toBe('float32 8 6')
    expect(response.headers.get('Map-Step')).toBe('64')
    const votes = [...new Float32Array(await response.arrayBuffer())].filter(Number.isFinite)
    const { edge_sharpness } = measureQuality.run(await decode(plane), measureQuality.defaults)
    expect(votes.some(vote => Math.abs(vote - edge_sharpness!) < 1e-6)).toBe(true)
  })

  test('shows where the camera clips', async () => {
    const folder = temporaryFolder()
    const pixels = Uint16Array.from({ length: 64 * 64 }, (_, i) => (i % 64 < 16 ? 65535 : 900))
    writeFileSync(join(folder, 'a.tif'), encodeTiff({ width: 64, height: 64, pixels }))
    const desk = await pixelDesk(folder, { naming: 'loose' })
    const { planeId, version } = desk.planes[0]!
    const response = await desk.ask({ kind: 'map', planeId, version, map: 'saturation' })
    expect(response.headers.get('Map-Step')).toBe('32')
    expect([...new Float32Array(await response.arrayBuffer())]).toEqual([0.5, 0, 0.5, 0])
  })
})

describe('the outlines of objects', () => {
  test('are the numbers of the label image, coarser ones every second of them', async () => {
    const desk = await pixelDesk(await simulate({ width: 1400, height: 500 }), {
      qualityOnly: false,
    })
    const made = first<{ record: RecordId; location: string }>(
      desk.workstation.store.db,
      `SELECT activityId AS record, location FROM generated JOIN entity ON entity.id = entityId
       WHERE role = 'labels'`,
    )!
    const labels = await readLabels(artifactPath(desk.workstation.store.folder, made.location))
    if (!labels.ok) throw new Error(labels.fault.kind)
    const { pixels, count } = labels.value
    expect(count).toBeGreaterThan(3)
    const at = { kind: 'labels', record: made.record, row: 0 } as const
    const left = await desk.ask({ ...at, level: 0, column: 0 })
    expect(size(left)).toBe(`uint16 ${TILE} 500`)
    const tilePixels = await samplesOf(left)
    for (const [x, y] of [
      [0, 0],
      [700, 250],
      [1023, 499],
      [13, 402],
    ] as const) {
      expect(tilePixels[y * TILE + x]).toBe(pixels[y * 1400 + x])
    }
    const coarse = await desk.ask({ ...at, level: 1, column: 0 })
    expect(size(coarse)).toBe('uint16 700 250')
    const thinned = await samplesOf(coarse)
    for (let i = 0; i < thinned.length; i += 997) {
      const [x, y] = [i % 700, Math.floor(i / 700)]
      expect(thinned[i]).toBe(pixels[2 * y * 1400 + 2 * x])
    }
  })

  test('of a record that is not in the store are not there', async () => {
    const desk = await pixelDesk(await simulate())
    const record = 'ab'.repeat(32) as RecordId
    const response = await desk.ask({ kind: 'labels', record, level: 0, column: 0, row: 0 })
    expect(await faultOf(response)).toEqual([404, 'record-not-found'])
  })
})
