import { deflateSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { encodeTiff } from '#core/image/encode-tiff.ts'
import { readLabels } from '#workstation/reading/read-labels.ts'
import { drawPng } from '../../support/draw-png.ts'
import { drawTiff } from '../../support/draw-tiff.ts'
import { scratchFolder } from '../../support/scratch-folder.ts'

const write = scratchFolder()
const drawn = { width: 3, height: 2 }

test('labels without gaps are read as they are', async () => {
  const pixels = Uint32Array.of(0, 1, 1, 2, 3, 0)
  const path = write('labels.tif', encodeTiff({ ...drawn, pixels }, deflateSync))
  expect(await readLabels(path)).toEqual({ ok: true, value: { ...drawn, pixels, count: 3 } })
})

test('labels with gaps are renumbered in their order', async () => {
  const pixels = Uint32Array.of(70000, 5, 5, 4_000_000_000, 0, 70000)
  const path = write('gaps.tif', encodeTiff({ ...drawn, pixels }))
  expect(await readLabels(path)).toEqual({
    ok: true,
    value: { ...drawn, pixels: Uint32Array.of(2, 1, 1, 3, 0, 2), count: 3 },
  })
})

test('a mask of 0 and 255 is one object', async () => {
  const pixels = Uint8Array.of(0, 255, 255, 0, 0, 255)
  const path = write('mask.tif', encodeTiff({ ...drawn, pixels }))
  expect(await readLabels(path)).toMatchObject({ ok: true, value: { count: 1 } })
})

test('an image without objects has none', async () => {
  const path = write('empty.tif', encodeTiff({ ...drawn, pixels: new Uint16Array(6) }))
  expect(await readLabels(path)).toMatchObject({ ok: true, value: { count: 0 } })
})

test('16-bit PNG, as people label with, is read too', async () => {
  const rows = Uint8Array.of(0, 0, 0, 1, 44)
  const path = write('labels.png', drawPng({ width: 2, height: 1, bits: 16, rows }))
  expect(await readLabels(path)).toMatchObject({
    ok: true,
    value: { pixels: Uint32Array.of(0, 1), count: 1 },
  })
})

test('signed numbers do as long as none is negative', async () => {
  const signed = (low: number, high: number) =>
    drawTiff({
      tags: { 256: 2, 257: 1, 258: 16, 278: 1, 339: 2 },
      strips: [Uint8Array.of(1, 0, low, high)],
    })
  expect(await readLabels(write('signed.tif', signed(3, 0)))).toMatchObject({
    ok: true,
    value: { pixels: Uint32Array.of(1, 2) },
  })
  expect(await readLabels(write('negative.tif', signed(0xff, 0xff)))).toMatchObject({
    ok: false,
    fault: { kind: 'image-unsupported', detail: 'negative labels' },
  })
})

test.each([
  {
    name: 'colour',
    bytes: drawPng({ width: 1, height: 1, colour: 2, rows: Uint8Array.of(0, 1, 2, 3) }),
    detail: 'labels of 3 samples',
  },
  {
    name: 'probabilities',
    bytes: encodeTiff({ width: 1, height: 1, pixels: Float32Array.of(0.5) }),
    detail: 'float labels',
  },
  {
    name: 'an unknown compression',
    bytes: drawTiff({ tags: { 259: 7 } }),
    detail: 'JPEG compression',
  },
])('$name is no label image', async ({ name, bytes, detail }) => {
  const path = write(name, bytes)
  expect(await readLabels(path)).toEqual({
    ok: false,
    fault: { kind: 'image-unsupported', path, detail },
  })
})

test('a file that is not there is a fault', async () => {
  const fault = { kind: 'file-not-found', path: '/nowhere/labels.tif' }
  expect(await readLabels('/nowhere/labels.tif')).toEqual({ ok: false, fault })
})
