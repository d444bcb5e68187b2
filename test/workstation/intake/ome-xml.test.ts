import { describe, expect, test } from 'vitest'
import { beginsAsOme, readOmeText } from '#workstation/intake/ome-xml.ts'
import { omePlaneIndex } from '#workstation/intake/ome-metadata.ts'
import { omeImage, omeText, tiffData } from '../../support/ome-texts.ts'
import { valueOf } from '../../support/value-of.ts'

const read = async (...elements: readonly string[]) =>
  valueOf(await readOmeText(omeText(...elements), 'a.ome.tif'))

const refusal = async (text: string) => {
  const result = await readOmeText(text, 'a.ome.tif')
  return result.ok ? null : result.fault
}

describe('OME-XML', () => {
  test('says how an image was taken', async () => {
    const plane = 'TheZ="0" TheC="1" TheT="0" DeltaT="1.5" ExposureTime="40" ExposureTimeUnit="ms"'
    const place =
      'PositionX="1" PositionXUnit="mm" PositionY="-2.5" PositionYUnit="µm" PositionZ="3" PositionZUnit="µm"'
    const { images, objectives } = await read(
      '<Instrument><Objective ID="Objective:0" Model="Plan" NominalMagnification="20" LensNA="0.75"/></Instrument>',
      omeImage(0, {
        before:
          '<AcquisitionDate>2024-01-02T03:04:05</AcquisitionDate><ObjectiveSettings ID="Objective:0"/>',
        pixels: 'SizeZ="1" SizeC="2" SizeT="1" PhysicalSizeX="325" PhysicalSizeXUnit="nm"',
        data: [tiffData('FirstC="1" IFD="3"', 'b.ome.tif'), `<Plane ${plane} ${place}/>`],
      }),
    )
    const [image] = images
    expect(image).toMatchObject({
      id: 'Image:0',
      acquiredAt: '2024-01-02T03:04:05',
      depths: 1,
      times: 1,
      order: 'CZT',
      channels: [{ name: 'DAPI' }, { name: 'FITC' }],
      blocks: [
        { channel: 1, page: 3, count: 1, fileName: 'b.ome.tif', uuid: 'urn:uuid:b.ome.tif' },
      ],
    })
    expect(image!.pixelSize).toBeCloseTo(0.325, 9)
    expect(image!.planes.get(omePlaneIndex(image!, 0, 1, 0))).toEqual({
      delay: 1500,
      exposure: 40,
      position: { x: 1000, y: -2.5, z: 3 },
    })
    expect(objectives.get(image!.objective!)).toEqual({
      name: 'Plan',
      magnification: 20,
      numericalAperture: 0.75,
    })
  })

  test('has wavelengths in nanometres, whatever their unit', async () => {
    const channel =
      '<Channel ExcitationWavelength="0.377" ExcitationWavelengthUnit="µm" EmissionWavelength="461"/>'
    const { images } = await read(
      omeImage(0, { pixels: 'SizeZ="1" SizeC="1" SizeT="1"', channels: [], data: [channel] }),
    )
    expect(images[0]!.channels).toEqual([{ name: null, excitation: 377, emission: 461 }])
  })

  test.each([
    ['PhysicalSizeX="0.5" PhysicalSizeY="0.5"', 0.5],
    ['PhysicalSizeX="0.5" PhysicalSizeY="0.6"', null],
    ['PhysicalSizeX="0.5" PhysicalSizeXUnit="pixel"', null],
    ['PhysicalSizeX="0"', null],
    ['PhysicalSizeX="-1"', null],
  ])('%s is a pixel of %s µm', async (size, micrometres) => {
    const { images } = await read(omeImage(0, { pixels: `SizeZ="1" SizeC="2" SizeT="1" ${size}` }))
    expect(images[0]!.pixelSize).toBe(micrometres)
  })

  test('counts the samples of colour as one channel', async () => {
    const data = ['<Channel Name="Colour" SamplesPerPixel="3"/>']
    const { images } = await read(
      omeImage(0, { pixels: 'SizeZ="1" SizeC="3" SizeT="1"', channels: [], data }),
    )
    expect(images[0]).toMatchObject({ channels: [{ name: 'Colour' }], samples: 3 })
  })

  test('has as many times as pages are written for', async () => {
    const data = [0, 1, 2].map(t => tiffData(`FirstT="${t}" IFD="${t}"`))
    const { images } = await read(omeImage(0, { pixels: 'SizeZ="1" SizeC="2" SizeT="2"', data }))
    expect(images[0]!.times).toBe(3)
  })

  test('says which fields are in which wells, and in which run', async () => {
    const { plates } = await read(
      '<Plate ID="Plate:0" Name="P" ExternalIdentifier="B-1" Rows="32" Columns="48">',
      '<Well Row="31" Column="47"><WellSample ID="s1" Index="5" PositionX="1" PositionXUnit="mm" PositionY="2" PositionYUnit="mm"><ImageRef ID="Image:0"/></WellSample>',
      '<WellSample ID="s2"/></Well>',
      '<PlateAcquisition ID="r1" Name="day 1" StartTime="2024-01-02T03:04:05"><WellSampleRef ID="s1"/></PlateAcquisition>',
      '</Plate>',
    )
    const sample = {
      well: 'AF48',
      index: 5,
      image: 'Image:0',
      position: { x: 1000, y: 2000, z: null },
    }
    expect(plates).toEqual([
      {
        id: 'Plate:0',
        name: 'P',
        externalId: 'B-1',
        format: { rows: 32, columns: 48 },
        samples: [
          { id: 's1', ...sample },
          { id: 's2', well: 'AF48', index: null, image: null, position: null },
        ],
        runs: [{ id: 'r1', name: 'day 1', startedAt: '2024-01-02T03:04:05', samples: ['s1'] }],
      },
    ])
  })

  test('may only say where the metadata is', async () => {
    const { metadataFile, images } = await read('<BinaryOnly MetadataFile="m.companion.ome"/>')
    expect({ metadataFile, images }).toEqual({ metadataFile: 'm.companion.ome', images: [] })
  })

  test('may have prefixes, and comments before its root', async () => {
    const text =
      '<!-- Warning: edit cautiously --><ome:OME xmlns:ome="o" UUID="urn:uuid:1"></ome:OME> '
    expect(beginsAsOme(text)).toBe(true)
    expect(valueOf(await readOmeText(text, 'a')).uuid).toBe('urn:uuid:1')
  })

  test.each(['', 'ImageJ=1.53', '<MetaData><prop id="a"/></MetaData>', '<html><OME></html>'])(
    'is not %j',
    text => {
      expect(beginsAsOme(text)).toBe(false)
    },
  )
})

describe('hostile OME-XML is refused', () => {
  const bomb = '<!DOCTYPE OME [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><OME>&b;</OME>'
  test.each([
    ['entities', bomb, 'it declares a document type'],
    ['another root', '<Image/>', 'it is no OME-XML'],
    ['an end in the middle', '<OME><Image ID="Image:0">', 'it ends in the middle'],
    [
      'sizes of nothing',
      omeText(omeImage(0, { pixels: 'SizeZ="0" SizeC="1" SizeT="1"' })),
      'sizes',
    ],
    [
      'a thousand million planes',
      omeText(omeImage(0, { pixels: 'SizeZ="1000" SizeC="1000" SizeT="1000"' })),
      'more than 10000000 planes',
    ],
    [
      'as many in pieces',
      omeText(
        ...[0, 1, 2].map(id => omeImage(id, { pixels: 'SizeZ="4000" SizeC="1" SizeT="1000"' })),
      ),
      'more than 10000000 planes',
    ],
    [
      'a page of the year a million',
      omeText(omeImage(0, { data: [tiffData('FirstT="999999999999999" IFD="0"')] })),
      'more than 10000000 planes',
    ],
    [
      'a well of no plate',
      omeText('<Plate ID="Plate:0"><Well Row="52" Column="0"/></Plate>'),
      'no plate has the well of row 52, column 0',
    ],
    ['endless depth', `<OME>${'<a>'.repeat(100)}`, 'deep'],
  ])('%s', async (_, text, detail) => {
    const fault = await refusal(text)
    expect(fault).toMatchObject({ kind: 'index-invalid', path: 'a.ome.tif' })
    expect(fault).toHaveProperty('detail', expect.stringContaining(detail))
  })

  test('names that objects have already are names like others', async () => {
    const { images } = await read(
      omeImage(0, { channels: ['__proto__', 'constructor'], data: ['<toString/><__proto__/>'] }),
    )
    expect(images[0]!.channels.map(({ name }) => name)).toEqual(['__proto__', 'constructor'])
  })
})
