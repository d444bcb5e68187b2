import { describe, expect, test } from 'vitest'
import { tiffLayout } from '#workstation/reading/tiff-layout.ts'

function unsupported(tags: Readonly<Record<number, readonly number[]>>, description = '') {
  const page = { 256: [8], 257: [8], 258: [8], 262: [1], ...tags }
  const values = new Map(
    Object.entries(page).map(([tag, list]) => [Number(tag), Float64Array.from(list)]),
  )
  const layout = tiffLayout('field.tif', values, description)
  return layout.ok ? layout.value.unsupported : layout.fault
}

test.each([
  { name: 'CCITT compression', tags: { 258: [1], 259: [2] } },
  { name: 'JPEG compression', tags: { 259: [7] } },
  { name: 'Zstandard compression', tags: { 259: [50000] } },
  { name: 'compression 31337', tags: { 259: [31337] } },
  { name: 'CMYK colour', tags: { 258: [8, 8, 8, 8], 262: [5], 277: [4] } },
  { name: 'YCbCr colour', tags: { 258: [8, 8, 8], 262: [6], 277: [3] } },
  { name: 'colour space 9999', tags: { 262: [9999] } },
  { name: 'volume in one page', tags: { 32997: [5] } },
  { name: 'samples of different depth', tags: { 258: [16, 8, 8], 262: [2], 277: [3] } },
  { name: 'samples of different format', tags: { 258: [8, 8], 277: [2], 339: [1, 2] } },
  { name: '3 gray samples a pixel', tags: { 258: [8, 8, 8], 277: [3] } },
  { name: 'RGB of 1 samples', tags: { 262: [2] } },
  { name: 'complex or undefined samples', tags: { 339: [4] } },
  { name: '16-bit float', tags: { 258: [16], 339: [3] } },
  { name: 'predictor on 64-bit samples', tags: { 258: [64], 259: [8], 317: [3], 339: [3] } },
  { name: '24-bit integers', tags: { 258: [24] } },
  { name: '64-bit integers', tags: { 258: [64] } },
  { name: 'signed 12-bit integers', tags: { 258: [12], 339: [2] } },
  { name: 'unknown predictor', tags: { 259: [5], 317: [34892] } },
  { name: 'predictor without LZW or deflate compression', tags: { 259: [32773], 317: [2] } },
  { name: 'float predictor on integers', tags: { 259: [8], 317: [3] } },
  { name: 'predictor on 12-bit samples', tags: { 258: [12], 259: [8], 317: [2] } },
])('names $name', ({ name, tags }) => {
  expect(unsupported(tags)).toBe(name)
})

describe('a palette', () => {
  const ramp = (value: (i: number) => number): number[] =>
    Array.from({ length: 256 }, (_, i) => value(i))
  const zeros = ramp(() => 0)

  test('of gray says how to show intensities', () => {
    const gray = ramp(i => i * 257)
    expect(unsupported({ 262: [3], 320: [...gray, ...gray, ...gray] })).toBeNull()
  })

  test('of one hue, from dark to bright or back, does too', () => {
    expect(unsupported({ 262: [3], 320: [...zeros, ...ramp(i => i * 257), ...zeros] })).toBeNull()
    const fading = ramp(i => (255 - i) * 257)
    expect(unsupported({ 262: [3], 320: [...fading, ...zeros, ...zeros] })).toBeNull()
  })

  test('of a picture is colour', () => {
    const colours = ramp(i => (i * 7919) % 65536)
    expect(unsupported({ 262: [3], 320: [...colours, ...zeros, ...zeros] })).toBe('palette colour')
  })

  test('that ImageJ wrote is how its user looked at intensities', () => {
    const colours = ramp(i => (i * 7919) % 65536)
    const tags = { 262: [3], 320: [...colours, ...zeros, ...zeros] }
    expect(unsupported(tags, 'ImageJ=1.54f\n')).toBeNull()
  })

  test('that is blank or too short is no palette of intensities', () => {
    expect(unsupported({ 262: [3], 320: [...zeros, ...zeros, ...zeros] })).toBe('palette colour')
    expect(unsupported({ 262: [3], 320: [0, 1, 2] })).toBe('palette colour')
  })
})
