import { statSync, writeFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { encodeTiff } from '#core/image/encode-tiff.ts'
import { readPage, type PageFile } from '#workstation/reading/read-page.ts'
import { drawPng } from '../../support/draw-png.ts'
import { scratchFolder } from '../../support/scratch-folder.ts'

const write = scratchFolder()
const pixels = Uint16Array.of(1, 2, 3, 4, 5, 6)
const tiff = encodeTiff({
  width: 3,
  height: 2,
  pixels,
  description: '<Pixels PhysicalSizeX="0.5"/>',
})

function version(path: string): PageFile {
  const { size, mtimeNs } = statSync(path, { bigint: true })
  return { path, page: 0, bytes: Number(size), modified: String(mtimeNs) }
}

describe('a page that somebody wants to look at', () => {
  test('comes as it is stored, with the size of its pixels', async () => {
    const read = await readPage(version(write('a.tif', tiff)))
    const raster = { width: 3, height: 2, samples: 1, bits: 16, range: 65535, pixels }
    expect(read).toEqual({ ok: true, value: { raster, pixelSize: 0.5, range: null } })
  })

  test('of a PNG has no size', async () => {
    const png = drawPng({ width: 2, height: 1, rows: Uint8Array.of(0, 7, 9) })
    const read = await readPage(version(write('a.png', png)))
    expect(read).toMatchObject({ ok: true, value: { pixelSize: null } })
  })

  test('that there is not is said so', async () => {
    const file = { ...version(write('b.tif', tiff)), page: 1 }
    expect(await readPage(file)).toMatchObject({ fault: { kind: 'image-unsupported' } })
  })

  test('of another version of its file is not read', async () => {
    const file = version(write('c.tif', tiff))
    expect(await readPage({ ...file, modified: '1' })).toMatchObject({
      fault: { kind: 'file-changed' },
    })
    writeFileSync(file.path, tiff.subarray(0, 20))
    expect(await readPage(file)).toMatchObject({ fault: { kind: 'file-changed' } })
  })

  test('of a file that is cut short is a fault', async () => {
    const file = version(write('d.tif', tiff.subarray(0, tiff.length - 30)))
    expect(await readPage(file)).toMatchObject({ fault: { kind: 'image-truncated' } })
  })
})
