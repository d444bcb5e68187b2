import { describe, expect, test } from 'vitest'
import { encodeTiff } from '#core/image/encode-tiff.ts'
import type { Acquisition } from '#workstation/intake/acquisition.ts'
import { identifyAcquisitions } from '#workstation/intake/identify-acquisitions.ts'
import { paperFolder } from '../../../support/surveys.ts'
import { valueOf } from '../../../support/value-of.ts'

async function identify(contents: Readonly<Record<string, string | Uint8Array>>, naming = 'auto') {
  const { survey, access } = paperFolder(contents)
  return valueOf(await identifyAcquisitions(survey, naming, access))
}

const empty = (paths: readonly string[]) => Object.fromEntries(paths.map(path => [path, '']))

const placesOf = ({ planes }: Acquisition) =>
  planes.map(
    ({ path, well, site, channel, z, t, projection }) =>
      `${path}: ${well} s${site} ${channel} z${z} t${t}${projection ? ' projection' : ''}`,
  )

describe('names of Gen5', () => {
  // As in the tests of Glencoe's BioTekReader (bioformats2raw).
  test.each([
    ['A1_01_1_9_Phase Contrast_001.tif', 'A01 s9 Phase Contrast z1 t1'],
    ['P24_01_1_9_DAPI_002.tif', 'P24 s9 DAPI z1 t2'],
    ['A1_1Z4_DAPI_1_003_.tif', 'A01 s1 DAPI z5 t3'],
    ['B2_1_Bright Field_1_001_02.tif', 'B02 s1 Bright Field z1 t1'],
    ['H10_1_Stitched[AandB_Phase Contrast]_1_001_-1.tif', 'H10 s1 Phase Contrast z1 t1'],
    ['A1_-1_1_1_Tsf[Phase Contrast]_001.tif', 'A01 s1 Phase Contrast z1 t1'],
    ['A1_-2_1_1_Tsf[Stitched[Channel1 300,400]]_001.tif', 'A01 s1 Channel1 300,400 z1 t1'],
    ['A1_-1_DAPI_1_001_.tif', 'A01 s-1 DAPI z1 t1'],
    ['A1ROI2_01_1_3Z2_Confocal DAPI_001.tif', 'A01 s1003 Confocal DAPI z3 t1'],
    ['A1_-1_1_2_ZProj[DAPI 377,447]_001.tif', 'A01 s2 DAPI 377,447 z0 t1 projection'],
    ['aa48_02_1_1_dapi_001.TIFF', 'AA48 s1 dapi z1 t1'],
  ])('%s is %s', async (name, place) => {
    const { acquisitions, signs } = await identify({ [`plate 3/${name}`]: '' })
    expect(acquisitions).toMatchObject([
      { plate: 'plate 3', instrument: 'cytation', expected: null },
    ])
    expect(placesOf(acquisitions[0]!)).toEqual([`plate 3/${name}: ${place}`])
    expect(signs[0]).toMatchObject({
      by: 'name',
      sure: 'likely',
      why: `names like plate 3/${name}`,
    })
  })

  test.each([
    'A1_01_1_9_DAPI_1.tif',
    'A1_01_1_9_DAPI_001.jpg',
    'A0_01_1_1_DAPI_001.tif',
    'A01_s1_w1.tif',
    'A1_01_1_DAPI.tif',
    'A1_1_DAPI_001.tif',
  ])('%s is none of them', async name => {
    expect((await identify({ [name]: '' }, 'cytation')).acquisitions).toEqual([])
  })

  test('numbers channels by step and place', async () => {
    const { acquisitions } = await identify(
      empty(['p/A1_01_1_1_Red_001.tif', 'p/A1_01_2_1_Green_001.tif', 'p/A1_02_1_1_Blue_001.tif']),
    )
    expect(acquisitions[0]!.channels).toEqual([
      { wave: 1, name: 'Red' },
      { wave: 2, name: 'Green' },
      { wave: 3, name: 'Blue' },
    ])
  })

  test('tells apart what two steps of the protocol image in one channel', async () => {
    const { acquisitions, faults } = await identify(
      empty(['p/A1_01_1_1_DAPI_001.tif', 'p/A1_02_1_1_DAPI_001.tif']),
    )
    expect(faults).toEqual([])
    expect(acquisitions[0]!.planes.map(({ channel }) => channel)).toEqual([
      'DAPI (read 1)',
      'DAPI (read 2)',
    ])
  })

  test('finds the times of a kinetic run', async () => {
    const { acquisitions } = await identify(
      empty(['p/A1_01_1_1_DAPI_001.tif', 'p/A1_01_1_1_DAPI_002.tif', 'p/A1_01_1_1_DAPI_011.tif']),
    )
    expect(acquisitions[0]!.planes.map(({ t }) => t)).toEqual([1, 2, 11])
  })
})

describe('what Gen5 made of images', () => {
  const raw = ['p/A1_01_1_1_GFP 469,525_001.tif', 'p/A1_01_1_2_GFP 469,525_001.tif']
  const stitched = 'p/A1_-1_1_1_Stitched[GFP 469,525]_001.tif'
  const transformed = 'p/A1_-2_1_1_Tsf[Stitched[GFP 469,525]]_001.tif'

  test('is ignored beside the raw images', async () => {
    const { acquisitions, unmatched } = await identify(empty([...raw, stitched, transformed]))
    expect(unmatched).toEqual([])
    expect(acquisitions[0]!.planes.map(({ path }) => path)).toEqual(raw)
    expect(acquisitions[0]!.ignored).toEqual([stitched, transformed])
  })

  test('is what there is where nobody kept these, the least of it', async () => {
    const { acquisitions } = await identify(empty([stitched, transformed]))
    expect(placesOf(acquisitions[0]!)).toEqual([`${stitched}: A01 s1 GFP 469,525 z1 t1`])
    expect(acquisitions[0]!.ignored).toEqual([transformed])
  })

  test('keeps the stitched images of a channel whose raw ones were not kept', async () => {
    const phase = 'p/A1_-1_2_1_Stitched[Phase Contrast]_001.tif'
    const { acquisitions } = await identify(empty([...raw, stitched, phase]))
    expect(acquisitions[0]!.planes.map(({ path }) => path)).toEqual([phase, ...raw].sort())
  })
})

describe('folders of Gen5', () => {
  test('are plates', async () => {
    const { acquisitions } = await identify(
      empty(['e/one/A1_01_1_1_DAPI_001.tif', 'e/two/A1_01_1_1_DAPI_001.tif']),
    )
    expect(acquisitions).toMatchObject([
      { plate: 'one', folder: 'e/one' },
      { plate: 'two', folder: 'e/two' },
    ])
  })

  test('may be wells of one plate', async () => {
    const { acquisitions } = await identify(
      empty(['p/B2/B2_1_Bright Field_1_001_02.tif', 'p/ID_D3 info/D3_-1_1_1_GFP_001.tif']),
    )
    expect(acquisitions).toMatchObject([{ plate: 'p', folder: 'p', planes: { length: 2 } }])
  })
})

describe('the notes in an image of Gen5', () => {
  const notes = (more = '') =>
    [
      '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><BTIImageMetaData Version="29">',
      '<ImageReference><Plate>Plate 1</Plate><Date>02/19/26</Date><Time>13:14:15</Time></ImageReference>',
      '<ImageAcquisition><PixelWidth>100</PixelWidth><ImageWidthMicrons>65</ImageWidthMicrons>',
      '<ObjectiveSize>10</ObjectiveSize><NumericalAperture>0.3</NumericalAperture>',
      '<ShutterSpeedMS>12.5</ShutterSpeedMS><Channel Color="GFP 469,525">',
      `<ExcitationWavelength>469</ExcitationWavelength><EmissionWavelength>525</EmissionWavelength></Channel>${more}`,
      '</ImageAcquisition></BTIImageMetaData>',
    ].join('')
  const image = (description: string) =>
    encodeTiff({ width: 1, height: 1, pixels: new Uint16Array(1), description })

  test('say how it was taken', async () => {
    const { acquisitions } = await identify({ 'p/A1_01_1_1_GFP_001.tif': image(notes()) })
    expect(acquisitions[0]!.facts).toEqual({
      startedAt: null,
      objective: { name: null, magnification: 10, numericalAperture: 0.3 },
      channels: [
        { channel: 'GFP', excitation: 469, emission: 525, exposure: 12.5, flatField: null },
      ],
    })
    expect(acquisitions[0]!.planes[0]!.facts).toEqual({
      pixelSize: 0.65,
      position: null,
      takenAt: '2026-02-19T13:14:15',
    })
  })

  test.each([
    { name: 'cut short', text: '<BTIImageMetaData><ImageAcquisition>' },
    { name: 'with a document type', text: `<!DOCTYPE x>${notes()}` },
    { name: 'of another program', text: 'ImageJ=1.53' },
    {
      name: 'without a number',
      text: notes()
        .replaceAll(/>\d[\d.]*</g, '>x<')
        .replaceAll(/\d\d:/g, ''),
    },
  ])('that are $name say nothing', async ({ text }) => {
    const { acquisitions } = await identify({ 'p/A1_01_1_1_GFP_001.tif': image(text) })
    expect(acquisitions[0]!.planes).toHaveLength(1)
    expect(acquisitions[0]!.planes[0]!.facts?.pixelSize ?? null).toBeNull()
  })

  test('are completed by the filters in the name', async () => {
    const { acquisitions } = await identify({ 'p/A1_01_1_1_GFP 469,525_001.tif': '' })
    expect(acquisitions[0]!.facts?.channels).toMatchObject([{ excitation: 469, emission: 525 }])
  })
})
