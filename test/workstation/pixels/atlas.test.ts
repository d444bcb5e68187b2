import { readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { focalPlanes } from '#workstation/pixels/atlas.ts'
import type { FirstFieldPlane } from '#workstation/store/pixel-files.ts'
import { encodeTiff } from '#core/image/encode-tiff.ts'
import { runFolder } from '#workstation/run-folder.ts'
import {
  decode,
  faultOf,
  pixelDesk,
  planesOf,
  samplesOf,
  simulate,
  size,
  type DeskPlane,
  type PixelDesk,
} from '../../support/pixel-desk.ts'

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

describe('of a stack of focal planes the atlas shows', () => {
  const plane = (z: number, projection: 0 | 1 = 0): FirstFieldPlane => {
    const path = `A01_z${z}.tif`
    return { well: 'A01', z, projection, path, page: 0, bytes: 1, modified: '1' }
  }

  test.each([
    { name: 'the only one', stack: [plane(4)], shown: [4] },
    { name: 'the middle one', stack: [plane(1), plane(2), plane(3)], shown: [2] },
    { name: 'the lower of two in the middle', stack: [1, 2, 3, 4].map(z => plane(z)), shown: [2] },
    { name: 'the projection', stack: [plane(0, 1), plane(1), plane(2), plane(3)], shown: [0] },
    { name: 'nothing where there is nothing', stack: [], shown: [] },
  ])('$name', ({ stack, shown }) => {
    expect(focalPlanes(stack).map(({ z }) => z)).toEqual(shown)
  })
})
