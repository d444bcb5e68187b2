import { expect, test } from 'vitest'
import { encodeTiffPages } from '#core/image/encode-tiff.ts'
import { memorySource } from '#workstation/reading/byte-source.ts'
import { descriptionOf } from '#workstation/reading/read-description.ts'
import { drawPng } from '../../support/draw-png.ts'
import { drawTiff } from '../../support/draw-tiff.ts'
import { valueOf } from '../../support/value-of.ts'

const page = (description?: string) => {
  const image = { width: 2, height: 1, pixels: Uint8Array.of(1, 2) }
  return description === undefined ? image : { ...image, description }
}

const read = (bytes: Uint8Array, at: number) => descriptionOf(memorySource('a.tif', bytes), at)

test('each page has its own', async () => {
  const bytes = encodeTiffPages([page('first'), page(), page('third')])
  const texts = [0, 1, 2].map(async at => valueOf(await read(bytes, at)))
  expect(await Promise.all(texts)).toEqual(['first', '', 'third'])
})

test('is whole however long it is', async () => {
  const text = `<OME>${'x'.repeat(3_000_000)}</OME>`
  expect(valueOf(await read(encodeTiffPages([page(text)]), 0))).toBe(text)
})

test('is found in a file whose end is missing', async () => {
  const bytes = encodeTiffPages([page('first'), page('second')])
  const cut = bytes.subarray(0, bytes.length - 30)
  expect(valueOf(await read(cut, 0))).toBe('first')
  expect(await read(cut, 1)).toMatchObject({ ok: false, fault: { kind: 'image-truncated' } })
})

test('of a page that is not there is a fault, also where directories run in a circle', async () => {
  const fault = { kind: 'image-unsupported', path: 'a.tif', detail: 'page 3 of 1' }
  expect(await read(encodeTiffPages([page('only')]), 2)).toEqual({ ok: false, fault })
  expect(await read(drawTiff({ next: 8 }), 2)).toEqual({ ok: false, fault })
})

test('a PNG has none', async () => {
  expect(valueOf(await read(drawPng({}), 0))).toBe('')
})
