import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { levelCount, TILE, type PixelRequest, type PlaneDescription } from '#contract/pixels.ts'
import type { RecordId } from '#core/brand.ts'
import { encodeTiff } from '#core/image/encode-tiff.ts'
import { halveByMean } from '#core/image/halve-by-mean.ts'
import type { Plane } from '#core/image/plane.ts'
import { measureQuality } from '#core/quality/metrics.ts'
import { planeView } from '#workstation/pixels/view.ts'
import { viewPath } from '#workstation/pixels/view-cache.ts'
import { openImage } from '#workstation/reading/open-image.ts'
import { readLabels } from '#workstation/reading/read-labels.ts'
import { toPlane } from '#workstation/reading/to-plane.ts'
import { artifactPath } from '#workstation/record/artifacts.ts'
import { runFolder } from '#workstation/run-folder.ts'
import { NAMINGS } from '#workstation/simulate/naming.ts'
import { writeAcquisition } from '#workstation/simulate/write-acquisition.ts'
import { first } from '#workstation/store/db.ts'
import {
  faultOf,
  pixelDesk,
  planesOf,
  samplesOf,
  type DeskPlane,
  type PixelDesk,
} from '../../support/pixel-desk.ts'
import { drawTiff } from '../../support/draw-tiff.ts'
import { temporaryFolder } from '../../support/stores.ts'

interface Plate {
  readonly wells?: number
  readonly fields?: number
  readonly channels?: number
  readonly width?: number
  readonly height?: number
}

/** The folder of a simulated plate. */
async function simulate(plate: Plate = {}): Promise<string> {
  const { wells = 1, fields = 1, channels = 1, width = 96, height = 64 } = plate
  const folder = join(temporaryFolder(), 'plate')
  const size = { wells, fields, channels, width, height }
  const written = await writeAcquisition({
    ...size,
    folder,
    truthFolder: null,
    naming: NAMINGS['imagexpress']!,
    seed: 5,
    format: 6,
    defects: {},
    rate: null,
  })
  if (!written.ok) throw new Error(JSON.stringify(written.fault))
  return folder
}

/** A folder with one image of 2 × 2 tiles and a bit, every pixel of its own. */
function writeLarge(): string {
  const folder = temporaryFolder()
  const [width, height] = [2 * TILE + 7, TILE + 3]
  const pixels = Uint16Array.from({ length: width * height }, (_, i) => (i * 40_503) % 65_521)
  writeFileSync(join(folder, 'large.tif'), encodeTiff({ width, height, pixels }))
  return folder
}

async function decode({ path }: DeskPlane): Promise<Plane> {
  const image = await openImage(path)
  if (!image.ok) throw new Error(image.fault.kind)
  const raster = await image.value.readPage(0)
  if (!raster.ok) throw new Error(raster.fault.kind)
  return toPlane(raster.value)
}

function tile({ planeId, version }: DeskPlane, level = 0, column = 0, row = 0): PixelRequest {
  return { kind: 'tile', planeId, version, level, column, row }
}

function size(response: Response): string {
  const { headers } = response
  return ['Pixel-Type', 'Pixel-Width', 'Pixel-Height'].map(name => headers.get(name)).join(' ')
}

/** A level of an image as its tiles make it. */
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
    expect(size(await desk.ask(tile(plane, 2, 0, 0)))).toBe('uint16 514 257')
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

  test('may be kept for ever and used by nobody else', async () => {
    const desk = await pixelDesk(await simulate())
    const { headers } = await desk.ask(tile(desk.planes[0]!))
    expect(headers.get('Cache-Control')).toBe('private, max-age=31536000, immutable')
    expect(headers.get('Cross-Origin-Resource-Policy')).toBe('same-origin')
    expect(headers.get('X-Content-Type-Options')).toBe('nosniff')
    expect(headers.get('Content-Length')).toBe(String(96 * 64 * 2))
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

describe('a file that is not what it was', () => {
  test('rewritten since is another version, cached or not', async () => {
    const folder = await simulate()
    const desk = await pixelDesk(folder)
    const [plane] = desk.planes as [DeskPlane]
    expect((await desk.ask(tile(plane))).status).toBe(200)
    utimesSync(plane.path, 1, 1)
    // One look at a file holds for a second.
    await new Promise(resolve => setTimeout(resolve, 1_100))
    expect(await faultOf(await desk.ask(tile(plane)))).toEqual([410, 'file-changed'])
  })

  test('under an older name is not handed out', async () => {
    const desk = await pixelDesk(await simulate())
    const older = { ...desk.planes[0]!, version: '0123456789abcdef0123456789abcdef' }
    expect(await faultOf(await desk.ask(tile(older)))).toEqual([410, 'file-changed'])
  })

  test('cut short is a fault with its name, and costs nothing else', async () => {
    const folder = await simulate({ wells: 2 })
    const [name] = readdirSync(join(folder, 'TimePoint_1')).sort()
    const path = join(folder, 'TimePoint_1', name!)
    truncateSync(path, 5_000)
    const desk = await pixelDesk(folder)
    const [bad, good] = desk.planes as [DeskPlane, DeskPlane]
    const response = await desk.ask(tile(bad))
    expect(response.headers.get('Cache-Control')).toBe('no-store')
    expect(await faultOf(response)).toEqual([422, 'image-truncated'])
    expect((await desk.ask(tile(good))).status).toBe(200)
  })

  test('gone is still shown where it was looked at before', async () => {
    const folder = await simulate({ wells: 2 })
    const desk = await pixelDesk(folder)
    const [seen, unseen] = desk.planes as [DeskPlane, DeskPlane]
    await desk.ask(tile(seen))
    for (const { path } of [seen, unseen]) rmSync(path)
    await new Promise(resolve => setTimeout(resolve, 1_100))
    expect((await desk.ask(tile(seen))).status).toBe(200)
    expect(await faultOf(await desk.ask(tile(unseen)))).toEqual([404, 'file-not-found'])
  })
})

describe('many requests', () => {
  test('for one plane at once decode it once', async () => {
    const desk = await pixelDesk(writeLarge(), { naming: 'loose' })
    const [plane] = desk.planes as [DeskPlane]
    const { planeId, version } = plane
    const responses = await Promise.all([
      ...[0, 1, 2].flatMap(column => [0, 1].map(row => desk.ask(tile(plane, 0, column, row)))),
      desk.ask(tile(plane, 1, 0, 0)),
      desk.ask({ kind: 'about', planeId, version }),
    ])
    expect(responses.map(({ status }) => status)).toEqual(new Array(8).fill(200))
    await desk.ask(tile(plane, 2, 0, 0))
    expect(desk.jobs.filter(job => job === 'plane')).toEqual(['plane'])
  })

  test('that nobody waits for any more are dropped before a worker has them', async () => {
    const desk = await pixelDesk(await simulate({ wells: 6, fields: 2, width: 700, height: 700 }))
    const leaving = new AbortController()
    const { signal } = leaving
    const unwanted = desk.planes.slice(0, -1).map(plane => desk.ask(tile(plane), { signal }))
    const wanted = desk.ask(tile(desk.planes.at(-1)!))
    await new Promise(resolve => setTimeout(resolve, 5))
    leaving.abort()
    const statuses = (await Promise.all(unwanted)).map(({ status }) => status)
    expect(statuses).toContain(499)
    expect((await wanted).status).toBe(200)
    const { folder } = desk.workstation.store
    const made = desk.planes.filter(plane => existsSync(viewPath(folder, planeView(plane).name)))
    expect(made.length).toBeLessThan(desk.planes.length)
  })

  test('one of which is dropped still answer the others', async () => {
    const desk = await pixelDesk(writeLarge(), { naming: 'loose' })
    const [plane] = desk.planes as [DeskPlane]
    const leaving = new AbortController()
    const unwanted = desk.ask(tile(plane), { signal: leaving.signal })
    const wanted = desk.ask(tile(plane, 0, 1, 0))
    leaving.abort()
    expect((await unwanted).status).toBe(499)
    expect((await wanted).status).toBe(200)
  })
})

describe('the view cache', () => {
  test('is never believed when it is short or damaged', async () => {
    const desk = await pixelDesk(await simulate())
    const [plane] = desk.planes as [DeskPlane]
    const whole = await samplesOf(await desk.ask(tile(plane)))
    const damages: ((path: string, size: number) => void)[] = [
      (path, length) => truncateSync(path, length - 1),
      path => truncateSync(path, 0),
      (path, length) => {
        const content = readFileSync(path)
        content.fill(0, length >> 1)
        writeFileSync(path, content)
      },
      path => writeFileSync(path, 'no view at all, but long enough to be looked at'),
    ]
    for (const damage of damages) {
      for (const path of cachedViews(desk)) damage(path, statSync(path).size)
      expect(await samplesOf(await desk.ask(tile(plane)))).toEqual(whole)
    }
    expect(desk.jobs.filter(job => job === 'plane').length).toBe(1 + damages.length)
  })

  test('stays within its bound by what was looked at longest ago', async () => {
    const planeBytes = 400 * 400 * 2
    const folder = await simulate({ wells: 6, fields: 2, width: 400, height: 400 })
    const desk = await pixelDesk(folder, { cacheBytes: 5 * planeBytes })
    for (const plane of desk.planes) await desk.ask(tile(plane))
    await expect
      .poll(() => cachedViews(desk).reduce((sum, path) => sum + statSync(path).size, 0))
      .toBeLessThan(5 * planeBytes)
    expect(desk.jobs).toContain('sweep')
    const before = desk.jobs.length
    await desk.ask(tile(desk.planes.at(-1)!))
    expect(desk.jobs.length).toBe(before)
  })

  test('may be deleted at any time', async () => {
    const desk = await pixelDesk(await simulate())
    const [plane] = desk.planes as [DeskPlane]
    await desk.ask(tile(plane))
    rmSync(join(desk.workstation.store.folder, 'cache'), { recursive: true })
    expect((await desk.ask(tile(plane))).status).toBe(200)
  })
})

function cachedViews({ workstation }: PixelDesk): readonly string[] {
  return readdirSync(join(workstation.store.folder, 'cache'), {
    recursive: true,
    withFileTypes: true,
  })
    .filter(entry => entry.isFile() && entry.name.endsWith('.view'))
    .map(entry => join(entry.parentPath, entry.name))
}

describe('thumbnails', () => {
  test('are means, no side longer than 96 pixels', async () => {
    const desk = await pixelDesk(await simulate({ width: 300, height: 200 }))
    const { planeId, version } = desk.planes[0]!
    const response = await desk.ask({ kind: 'thumbnail', planeId, version })
    expect(size(response)).toBe('uint16 75 50')
    const thumbnail = await samplesOf(response)
    const { pixels } = await decode(desk.planes[0]!)
    let sum = 0
    for (let y = 0; y < 4; y += 1) for (let x = 0; x < 4; x += 1) sum += pixels[y * 300 + x]!
    expect(thumbnail[0]).toBe(Math.round(sum / 16))
  })

  test('were made when the plane was judged', async () => {
    const desk = await pixelDesk(await simulate())
    const { planeId, version } = desk.planes[0]!
    expect((await desk.ask({ kind: 'thumbnail', planeId, version })).status).toBe(200)
    expect(desk.jobs).toEqual([])
  })
})

describe('the atlas of a plate', () => {
  async function atlas(desk: PixelDesk, cell: number): Promise<Response> {
    const [{ plateId, channel }] = desk.planes as [DeskPlane]
    return desk.ask({ kind: 'atlas', plateId, channel, size: cell, moment: 'now' })
  }

  test('has each well at its place, and nothing where there is none', async () => {
    const desk = await pixelDesk(await simulate({ wells: 4, width: 64, height: 64 }))
    const response = await atlas(desk, 16)
    expect(size(response)).toBe('uint16 48 32')
    expect(response.headers.get('Cache-Control')).toBe('no-store')
    expect(response.headers.get('Atlas-Missing')).toBe('0')
    const pixels = await samplesOf(response)
    const imaged = new Set(desk.planes.map(({ well }) => well))
    for (const [i, well] of ['A01', 'A02', 'A03', 'B01', 'B02', 'B03'].entries()) {
      const at = Math.floor(i / 3) * 16 * 48 + (i % 3) * 16
      expect(pixels[at]! > 0, well).toBe(imaged.has(well))
    }
  })

  test('leaves out wells that cannot be read, and makes what is missing', async () => {
    const folder = await simulate({ wells: 3, width: 64, height: 64 })
    const names = readdirSync(join(folder, 'TimePoint_1')).sort()
    truncateSync(join(folder, 'TimePoint_1', names[1]!), 3_000)
    const desk = await pixelDesk(folder)
    rmSync(join(desk.workstation.store.folder, 'cache'), { recursive: true })
    const response = await atlas(desk, 8)
    expect(response.headers.get('Atlas-Missing')).toBe('0')
    expect(desk.jobs.filter(job => job === 'thumbnail').length).toBe(2)
    const pixels = await samplesOf(response)
    expect([0, 8, 16].map(x => pixels[x]! > 0)).toEqual([true, false, true])
    const again = desk.jobs.length
    expect(await samplesOf(await atlas(desk, 8))).toEqual(pixels)
    expect(desk.jobs.length).toBe(again)
  })

  test('shows what was imaged again', async () => {
    const folder = await simulate({ wells: 1, width: 64, height: 64 })
    const desk = await pixelDesk(folder)
    const before = await samplesOf(await atlas(desk, 8))
    const [plane] = planesOf(desk.workstation) as [DeskPlane]
    const flat = new Uint16Array(64 * 64).fill(777)
    writeFileSync(plane.path, encodeTiff({ width: 64, height: 64, pixels: flat }))
    await runFolder(desk.workstation, folder, { naming: null, qualityOnly: true })
    const after = await samplesOf(await atlas(desk, 8))
    expect(after).not.toEqual(before)
    expect(after[0]).toBe(777)
  })

  test('of a plate that is not there is not there', async () => {
    const desk = await pixelDesk(await simulate())
    const response = await desk.ask('/pixels/atlas/999/DAPI/16/now')
    expect(await faultOf(response)).toEqual([404, 'plate-not-found'])
  })
})

describe('what is not an address', () => {
  test.each([
    '/pixels/tile/1/../../../etc/passwd',
    '/pixels/tile/1/%2e%2e/0/0/0',
    '/pixels/about/1%2f2/0123456789abcdef',
    '/pixels/about/-1/0123456789abcdef',
    '/pixels/cache/unfinished',
    '/pixels/',
    '/pixels/atlas/1/DAPI/4000000000/now',
  ])('leads nowhere: %s', async path => {
    const folder = temporaryFolder()
    mkdirSync(join(folder, 'empty'))
    const desk = await pixelDesk(folder)
    expect(await faultOf(await desk.ask(path))).toEqual([404, 'bad-request'])
  })

  test('a plane that is not in the store is not there', async () => {
    const desk = await pixelDesk(await simulate())
    const response = await desk.ask('/pixels/about/4711/0123456789abcdef')
    expect(await faultOf(response)).toEqual([404, 'plane-not-found'])
  })

  test('nothing can be put here', async () => {
    const desk = await pixelDesk(await simulate())
    for (const method of ['POST', 'PUT', 'DELETE']) {
      expect((await desk.ask(tile(desk.planes[0]!), { method })).status).toBe(405)
    }
  })

  test('a HEAD request gets the headers alone', async () => {
    const desk = await pixelDesk(await simulate())
    const response = await desk.ask(tile(desk.planes[0]!), { method: 'HEAD' })
    expect(size(response)).toBe('uint16 96 64')
    expect((await response.arrayBuffer()).byteLength).toBe(0)
  })
})
