import { describe, expect, test } from 'vitest'
import { declaredRange } from '#workstation/reading/declared-range.ts'

function range(description: string, maxSampleValue: number | null = null) {
  const notes = { description, xResolution: null, yResolution: null, resolutionUnit: 2 }
  return declaredRange({ ...notes, maxSampleValue })
}

const ome = (...pixels: readonly string[]) =>
  `<?xml version="1.0"?><OME>${pixels.map(one => `<Image><Pixels ${one}/></Image>`).join('')}</OME>`
const metaSeries = (property: string) => `<MetaData><PlaneInfo>${property}</PlaneInfo></MetaData>`

describe('the range that a file declares', () => {
  test.each([
    { of: 'OME-XML', text: ome('Type="uint16" SignificantBits="12"'), declared: 4095 },
    {
      of: 'OME-XML of several images',
      text: ome('SignificantBits="14"', 'SignificantBits="14"'),
      declared: 16383,
    },
    {
      of: 'MetaXpress',
      text: metaSeries('<custom-prop id="Camera Bit Depth" type="float" value="16"/>'),
      declared: 65535,
    },
    {
      of: 'MetaMorph',
      text: metaSeries('<prop id="camera-bit-depth" type="int" value="12"/>'),
      declared: 4095,
    },
  ])('$of: $declared', ({ text, declared }) => {
    expect(range(text)).toBe(declared)
    expect(range(text, 1023)).toBe(declared)
  })

  test('is MaxSampleValue where that is a camera’s, and not where it is the image’s own maximum', () => {
    expect(range('', 4095)).toBe(4095)
    expect(range('', 3121)).toBeNull()
    expect(range('', 1)).toBeNull()
    expect(range('')).toBeNull()
  })

  test.each([
    { why: 'images of one text differ', text: ome('SignificantBits="12"', 'SignificantBits="16"') },
    { why: 'only one image says it', text: ome('SignificantBits="12"', 'Type="uint16"') },
    { why: 'it is no depth of a camera', text: ome('SignificantBits="64"') },
    {
      why: 'it is no number',
      text: metaSeries('<custom-prop id="Camera Bit Depth" value="many"/>'),
    },
    { why: 'nothing is said', text: ome('Type="uint16"') },
  ])('is none where $why', ({ text }) => expect(range(text)).toBeNull())
})
