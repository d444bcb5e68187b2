import { deflateSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { encodeTiff } from '#core/image/encode-tiff.ts'
import { probeImage } from '#workstation/reading/probe-image.ts'
import { drawPng } from '../../support/draw-png.ts'
import { drawTiff } from '../../support/draw-tiff.ts'
import { scratchFolder } from '../../support/scratch-folder.ts'

const write = scratchFolder()
const pixels = Uint16Array.from({ length: 60 }, (_, i) => i * 1000)

describe.each([
  {
    name: 'TIFF with its directory at the end',
    bytes: encodeTiff({ width: 10, height: 6, pixels }),
  },
  { name: 'TIFF with its directory at the start', bytes: drawTiff({}) },
  { name: 'deflated TIFF', bytes: encodeTiff({ width: 10, height: 6, pixels }, deflateSync) },
  { name: 'PNG', bytes: drawPng({}) },
])('$name', ({ name, bytes }) => {
  test('is whole when it is whole', async () => {
    const probed = await probeImage(write(name, bytes))
    expect(probed).toMatchObject({ ok: true, value: { whole: true, pages: [{ refusal: null }] } })
  })

  test('is truncated wherever the instrument has got to', async () => {
    for (let length = 0; length < bytes.length; length += 1) {
      const probed = await probeImage(write('written-so-far', bytes.subarray(0, length)))
      expect(probed, `${length} of ${bytes.length} bytes`).toMatchObject({
        ok: false,
        fault: { kind: 'image-truncated' },
      })
    }
  })
})

test('space that was reserved and not written yet is not taken for an image', async () => {
  const bytes = encodeTiff({ width: 10, height: 6, pixels })
  const reserved = new Uint8Array(bytes.length)
  reserved.set(bytes.subarray(0, bytes.length / 2))
  expect(await probeImage(write('reserved.tif', reserved))).toMatchObject({ ok: false })
})

test('what is neither TIFF nor PNG is not an image', async () => {
  const path = write('notes.tif', Buffer.from('GIF89a and so on'))
  const fault = { kind: 'not-an-image', path, detail: 'neither TIFF nor PNG' }
  expect(await probeImage(path)).toEqual({ ok: false, fault })
})

test('the content counts, not the name', async () => {
  const probed = await probeImage(write('really-tiff.png', drawTiff({})))
  expect(probed).toMatchObject({ ok: true, value: { format: 'tiff' } })
})
