import { expect, test } from 'vitest'
import { parsePixelPath, pixelPath } from '#contract/pixels.ts'
import type { PlaneId } from '#core/brand.ts'
import { pixelVersion } from '#workstation/pixels/pixel-version.ts'

const file = { path: '/plates/A01_s1_w1.tif', bytes: 800, modified: '1700000000000000001', page: 0 }

test('the same version of a file has one name', () => {
  expect(pixelVersion(file)).toBe(pixelVersion({ ...file }))
})

test.each([
  { what: 'path', other: { ...file, path: '/plates/A01_s1_w2.tif' } },
  { what: 'size', other: { ...file, bytes: 801 } },
  { what: 'time by a nanosecond', other: { ...file, modified: '1700000000000000002' } },
  { what: 'page', other: { ...file, page: 1 } },
])('another $what is another name', ({ other }) => {
  expect(pixelVersion(other)).not.toBe(pixelVersion(file))
})

test('a path that ends in digits is not taken for a size that begins with them', () => {
  const longer = { ...file, path: `${file.path}8`, bytes: 0 }
  const larger = { ...file, path: file.path, bytes: 80 }
  expect(pixelVersion(longer)).not.toBe(pixelVersion(larger))
})

test('the name fits a pixel address', () => {
  const request = {
    kind: 'about',
    planeId: 7 as PlaneId,
    version: pixelVersion(file),
  } as const
  expect(parsePixelPath(pixelPath(request))).toEqual(request)
})
