import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  levelCount,
  parsePixelPath,
  pixelPath,
  PREDICTION_MAPS,
  THUMBNAIL,
  TILE,
  type PixelRequest,
} from '#contract/pixels.ts'

const id = fc.nat(1e9)
const version = fc.stringMatching(/^[0-9a-f]{32}$/)
const place = { level: fc.nat(12), column: fc.nat(200), row: fc.nat(200) }
const requests = fc.oneof(
  fc.record({ kind: fc.constantFrom('about', 'thumbnail'), planeId: id, version }),
  fc.record({ kind: fc.constant('tile'), planeId: id, version, ...place }),
  fc.record({ kind: fc.constant('labels'), record: fc.stringMatching(/^[0-9a-f]{64}$/), ...place }),
  fc.record({
    kind: fc.constant('map'),
    planeId: id,
    version,
    map: fc.constantFrom('sharpness', 'saturation'),
  }),
  fc.record({
    kind: fc.constant('prediction-map'),
    record: fc.stringMatching(/^[0-9a-f]{64}$/),
    map: fc.constantFrom(...PREDICTION_MAPS),
  }),
  fc.record({
    kind: fc.constant('atlas'),
    plateId: id,
    // A channel is what the instrument calls it: slashes, spaces, any letter.
    channel: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }),
    size: fc.integer({ min: 1, max: THUMBNAIL }),
    moment: fc.stringMatching(/^[0-9A-Za-z-]{1,20}$/),
  }),
) as unknown as fc.Arbitrary<PixelRequest>

describe('an address of pixels', () => {
  test('says what was asked for, all of it', () => {
    fc.assert(
      fc.property(requests, request => {
        const path = pixelPath(request)
        expect(parsePixelPath(path)).toEqual(request)
        // What a browser makes of it on the way is the same.
        expect(parsePixelPath(new URL(path, 'http://127.0.0.1').pathname)).toEqual(request)
      }),
    )
  })

  test.each([
    ['a sign', '/pixels/about/-1/0123456789abcdef'],
    ['a leading zero', '/pixels/about/01/0123456789abcdef'],
    ['an exponent', '/pixels/about/1e3/0123456789abcdef'],
    ['more digits than a number keeps', '/pixels/about/1234567890123456/0123456789abcdef'],
    ['no version', '/pixels/about/1/'],
    ['a version in capitals', '/pixels/about/1/0123456789ABCDEF'],
    ['an encoded slash in a number', '/pixels/about/1%2F1/0123456789abcdef'],
    ['a way up', '/pixels/about/../about/1/0123456789abcdef'],
    ['an encoded way up', '/pixels/about/%2e%2e/0123456789abcdef'],
    ['a backslash', '/pixels/about/1\\0123456789abcdef'],
    ['a second line', '/pixels/about/1/0123456789abcdef\n'],
    ['more after its end', '/pixels/about/1/0123456789abcdef/more'],
    ['another beginning', '/elsewhere/pixels/about/1/0123456789abcdef'],
    ['a map that there is not', '/pixels/map/1/0123456789abcdef/constructor'],
    ['a map that networks do not make', `/pixels/map/${'a'.repeat(64)}/sharpness`],
    ['a map of networks by a plane', '/pixels/map/1/0123456789abcdef/entropy'],
    ['a record that is too short', `/pixels/map/${'a'.repeat(63)}/entropy`],
    ['a bare slash in a channel', '/pixels/atlas/1/a/b/16/now'],
    ['half an encoded letter', '/pixels/atlas/1/%E0%A4%A/16/now'],
    ['cells of nothing', '/pixels/atlas/1/DAPI/0/now'],
    ['cells larger than thumbnails', '/pixels/atlas/1/DAPI/97/now'],
    ['a path as its moment', '/pixels/atlas/1/DAPI/16/..%2f..'],
    ['nothing', ''],
  ])('with %s is none', (_, path) => {
    expect(parsePixelPath(path)).toBeNull()
  })

  test('is read in no time, however long', () => {
    const long = `/pixels/atlas/1/${'%41'.repeat(100_000)}/16/now`
    expect(parsePixelPath(long)).toBeNull()
  })
})

test.each([
  { width: 1, height: 1, levels: 1 },
  { width: TILE, height: TILE, levels: 1 },
  { width: TILE + 1, height: 3, levels: 2 },
  { width: 2160, height: 2160, levels: 2 },
  { width: 3, height: 2 * TILE, levels: 2 },
  { width: 10_000, height: 10_000, levels: 4 },
])('an image of $width × $height has $levels levels', ({ width, height, levels }) => {
  expect(levelCount(width, height)).toBe(levels)
  const fits = (level: number): boolean => Math.ceil(Math.max(width, height) / 2 ** level) <= TILE
  expect(fits(levels - 1)).toBe(true)
  if (levels > 1) expect(fits(levels - 2)).toBe(false)
})
