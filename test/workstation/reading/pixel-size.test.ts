import { describe, expect, test } from 'vitest'
import { pixelSizeOf, type TiffNotes } from '#workstation/reading/pixel-size.ts'

const SILENT: TiffNotes = {
  description: '',
  xResolution: null,
  yResolution: null,
  resolutionUnit: 2,
  maxSampleValue: null,
}

function sizeIn(description: string, rest: Partial<TiffNotes> = {}): number | null {
  return pixelSizeOf({ ...SILENT, ...rest, description })
}

/** As MetaXpress writes it, `changes` among its properties. */
function metaSeries(changes: Readonly<Record<string, string>>): string {
  const properties = {
    'pixel-size-x': '2160',
    'pixel-size-y': '2160',
    'spatial-calibration-state': 'on',
    'spatial-calibration-x': '0.325',
    'spatial-calibration-y': '0.325',
    'spatial-calibration-units': 'um',
    ...changes,
  }
  const lines = Object.entries(properties).map(
    ([id, value]) => `<prop id="${id}" type="string" value="${value}"/>`,
  )
  return `<MetaData>\r\n<PlaneInfo>\r\n${lines.join('\r\n')}\r\n</PlaneInfo></MetaData>`
}

describe('the size of a pixel by MetaMorph and MetaXpress', () => {
  test('is the spatial calibration, not the image’s width in pixels', () => {
    expect(sizeIn(metaSeries({}))).toBe(0.325)
  })

  test.each([
    ['µm', 0.325],
    ['&#181;m', 0.325],
    ['microns', 0.325],
    ['nm', 0.000_325],
    ['mm', 325],
  ])('in %s', (unit, expected) => {
    const size = sizeIn(metaSeries({ 'spatial-calibration-units': unit }))
    if (expected < 0.001) expect(size).toBeNull()
    else expect(size).toBeCloseTo(expected, 9)
  })

  test.each([
    ['the calibration is off', { 'spatial-calibration-state': 'off' }],
    ['it is in pixels', { 'spatial-calibration-units': 'pixel' }],
    ['its unit is a property of every object', { 'spatial-calibration-units': 'constructor' }],
    ['it is no number', { 'spatial-calibration-x': 'NaN' }],
    ['it is endless', { 'spatial-calibration-x': '1e999' }],
    ['it is nothing', { 'spatial-calibration-x': '0' }],
    ['it is negative', { 'spatial-calibration-x': '-0.3' }],
    ['it is in hexadecimal', { 'spatial-calibration-x': '0x10' }],
    ['pixels are not square', { 'spatial-calibration-y': '0.65' }],
    ['it is that of a wall', { 'spatial-calibration-x': '5000', 'spatial-calibration-y': '5000' }],
  ])('is not known where %s', (_, changes) => {
    const filler = { xResolution: 5000, yResolution: 5000 }
    expect(sizeIn(metaSeries(changes), filler)).toBeNull()
  })
})

describe('the size of a pixel by OME', () => {
  test.each([
    ['<OME><Image><Pixels PhysicalSizeX="0.65" PhysicalSizeY="0.65"/></Image></OME>', 0.65],
    ['<Pixels PhysicalSizeX="650" PhysicalSizeXUnit="nm"/>', 0.65],
    ['<Pixels PhysicalSizeX="6.5e-4" PhysicalSizeXUnit="mm"/>', 0.65],
    ['<a:Pixels PhysicalSizeX="0.5" PhysicalSizeXUnit="µm" PhysicalSizeY="0.5"/>', 0.5],
    ['<Pixels PhysicalSizeX="1"/><Pixels PhysicalSizeX="1"/>', 1],
    ['<Pixels PhysicalSizeX="1"/><Pixels PhysicalSizeX="2"/>', null],
    ['<Pixels PhysicalSizeX="1" PhysicalSizeXUnit="pixel"/>', null],
    ['<Pixels PhysicalSizeX="1" PhysicalSizeY="2"/>', null],
  ])('in %s', (xml, expected) => {
    const size = sizeIn(xml)
    if (expected === null) expect(size).toBeNull()
    else expect(size).toBeCloseTo(expected, 9)
  })
})

describe('the size of a pixel by ImageJ', () => {
  test.each([['micron'], ['µm'], ['\\u00B5m'], ['um']])('is in the unit %s', unit => {
    const description = `ImageJ=1.53t\nimages=4\nunit=${unit}\nloop=false\n`
    expect(sizeIn(description, { xResolution: 4, yResolution: 4, resolutionUnit: 1 })).toBe(0.25)
  })

  test('is not known without a unit', () => {
    expect(sizeIn('ImageJ=1.53t\n', { xResolution: 4, yResolution: 4 })).toBeNull()
  })
})

describe('the size of a pixel by resolution alone', () => {
  test.each([
    { name: 'per centimetre', resolution: 10_000 / 0.325, unit: 3, expected: 0.325 },
    { name: 'per inch', resolution: 25_400 / 0.65, unit: 2, expected: 0.65 },
    { name: 'a screen’s', resolution: 72, unit: 2, expected: null },
    { name: 'another screen’s', resolution: 96, unit: 2, expected: null },
    { name: 'a screen’s, per centimetre', resolution: 72 / 2.54, unit: 3, expected: null },
    { name: 'a printer’s', resolution: 300, unit: 2, expected: null },
    { name: 'one of one', resolution: 1, unit: 3, expected: null },
    { name: 'without a unit', resolution: 20_000, unit: 1, expected: null },
    { name: 'nothing', resolution: 0, unit: 3, expected: null },
  ])('$name', ({ resolution, unit, expected }) => {
    const notes = { xResolution: resolution, yResolution: resolution, resolutionUnit: unit }
    const size = pixelSizeOf({ ...SILENT, ...notes })
    if (expected === null) expect(size).toBeNull()
    else expect(size).toBeCloseTo(expected, 6)
  })

  test('also stands beside an XML that says nothing about it', () => {
    const notes = { xResolution: 20_000, yResolution: 20_000, resolutionUnit: 3 }
    expect(sizeIn('<MetaData><prop id="Exposure" value="10"/></MetaData>', notes)).toBe(0.5)
  })

  test('is not known where nobody said anything', () => {
    expect(pixelSizeOf(SILENT)).toBeNull()
  })
})
