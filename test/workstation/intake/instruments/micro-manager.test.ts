import { describe, expect, test } from 'vitest'
import { encodeTiffPages } from '#core/image/encode-tiff.ts'
import type { Acquisition } from '#workstation/intake/acquisition.ts'
import { missingPlanes } from '#workstation/intake/expected-planes.ts'
import { groupFields } from '#workstation/intake/group-fields.ts'
import { identifyAcquisitions } from '#workstation/intake/identify-acquisitions.ts'
import { microManager } from '#workstation/intake/instruments/micro-manager.ts'
import { omeImage, omeText, tiffData } from '../../../support/ome-texts.ts'
import { paperFolder } from '../../../support/surveys.ts'
import { valueOf } from '../../../support/value-of.ts'

function tiff(pages: number, description = 'ImageJ=1.51s'): Uint8Array {
  const page = { width: 4, height: 2, pixels: new Uint16Array(8) }
  return encodeTiffPages(
    Array.from({ length: pages }, (_, i) => (i === 0 ? { ...page, description } : page)),
  )
}

async function identify(contents: Readonly<Record<string, string | Uint8Array>>) {
  const { survey, access } = paperFolder(contents)
  return valueOf(await identifyAcquisitions(survey, 'auto', access))
}

const placesOf = ({ planes }: Acquisition) =>
  planes.map(({ path, page, well, site, channel, z, t }) => {
    return `${path}[${page}]: ${well} s${site} ${channel} z${z} t${t}`
  })

type Members = Readonly<Record<string, unknown>>

/** As Micro-Manager writes it: members in the order of imaging, some of them of one name. */
function metadata(summary: Members, ...frames: readonly (readonly [string, Members])[]): string {
  const members = [['Summary', summary] as const, ...frames]
  return `{\n${members.map(([name, value]) => `"${name}": ${JSON.stringify(value, null, 2)}`).join(',\n')}\n}\n`
}

const SUMMARY = {
  MicroManagerVersion: '2.0.1',
  Prefix: 'P_1',
  Channels: 2,
  ChNames: ['DAPI', 'FITC'],
  Slices: 1,
  Frames: 1,
  StagePositions: [{ Label: 'A1-Site_0' }, { Label: 'A1-Site_1' }, { Label: 'C12-Site_0' }],
  StartTime: '2024-01-02 03:04:05.500 -0800',
}

describe('stacks with metadata.txt', () => {
  const frame = (position: string, file: string, more: Members = {}): Members => {
    return { PositionName: position, FileName: file, ...more }
  }
  const stack = 'P_1_MMStack_A1-Site_0'

  test('are sites of wells, page by page as their frames were taken', async () => {
    const facts = {
      'Exposure-ms': 40,
      PixelSizeUm: 0.65,
      XPositionUm: 10,
      YPositionUm: -20,
      ZPositionUm: 5,
      'ElapsedTime-ms': 250,
    }
    const { acquisitions, unmatched, faults, signs } = await identify({
      [`${stack}.ome.tif`]: tiff(2),
      [`${stack}_metadata.txt`]: metadata(
        SUMMARY,
        ['FrameKey-0-1-0', frame('A1-Site_0', `${stack}.ome.tif`, { 'Exposure-ms': 100 })],
        ['FrameKey-0-0-0', frame('A1-Site_0', `${stack}.ome.tif`, facts)],
      ),
      'DisplaySettings.json': '{}',
    })
    expect({ unmatched, faults }).toEqual({ unmatched: [], faults: [] })
    expect(signs[0]).toMatchObject({ instrument: 'micro-manager', by: 'index', sure: 'certain' })
    expect(acquisitions).toMatchObject([
      {
        plate: 'P_1',
        uniqueId: null,
        instrument: 'micro-manager',
        namedBy: 'index',
        expected: 6,
        promised: [
          { wells: ['A01'], sites: [1, 2] },
          { wells: ['C12'], sites: [1] },
        ],
        facts: {
          startedAt: '2024-01-02T03:04:05.500-08:00',
          channels: [
            { channel: 'DAPI', exposure: 40 },
            { channel: 'FITC', exposure: 100 },
          ],
        },
        ignored: ['DisplaySettings.json', `${stack}_metadata.txt`],
      },
    ])
    const [run] = acquisitions
    expect(placesOf(run!)).toEqual([
      `${stack}.ome.tif[0]: A01 s1 FITC z1 t1`,
      `${stack}.ome.tif[1]: A01 s1 DAPI z1 t1`,
    ])
    expect(run!.planes[1]!.facts).toEqual({
      pixelSize: 0.65,
      position: { x: 10, y: -20, z: 5 },
      takenAt: '2024-01-02T03:04:05.750-08:00',
    })
    expect(missingPlanes(run!)).toHaveLength(4)
  })

  test('go on in another file, and end where their file does', async () => {
    const summary = { ...SUMMARY, Channels: 1, ChNames: ['DAPI'], Frames: 3 }
    const { acquisitions } = await identify({
      [`${stack}.ome.tif`]: tiff(1),
      [`${stack}_1.ome.tif`]: tiff(1),
      [`${stack}_metadata.txt`]: metadata(
        summary,
        ['FrameKey-0-0-0', frame('A1-Site_0', `${stack}.ome.tif`)],
        ['FrameKey-1-0-0', frame('A1-Site_0', `${stack}_1.ome.tif`)],
        ['FrameKey-2-0-0', frame('A1-Site_0', `${stack}_1.ome.tif`)],
      ),
    })
    expect(placesOf(acquisitions[0]!)).toEqual([
      `${stack}.ome.tif[0]: A01 s1 DAPI z1 t1`,
      `${stack}_1.ome.tif[0]: A01 s1 DAPI z1 t2`,
    ])
  })

  test('may hold every position, whose frames then have one name', async () => {
    const file = 'P_1_MMStack.ome.tif'
    const { acquisitions } = await identify({
      [file]: tiff(4),
      'P_1_MMStack_metadata.txt': metadata(
        SUMMARY,
        ['FrameKey-0-0-0', frame('A1-Site_0', file)],
        ['FrameKey-0-1-0', frame('A1-Site_0', file)],
        ['FrameKey-0-0-0', frame('C12-Site_0', file)],
        ['FrameKey-0-1-0', frame('C12-Site_0', file)],
      ),
    })
    expect(placesOf(acquisitions[0]!)).toEqual([
      `${file}[0]: A01 s1 DAPI z1 t1`,
      `${file}[1]: A01 s1 FITC z1 t1`,
      `${file}[2]: C12 s1 DAPI z1 t1`,
      `${file}[3]: C12 s1 FITC z1 t1`,
    ])
  })

  test('are fields of no well where positions are in none', async () => {
    const names = ['P_1_MMStack_Pos0', 'P_1_MMStack_Pos1']
    const { acquisitions } = await identify(
      Object.fromEntries(
        names.flatMap((name, i) => [
          [`run/${name}.ome.tif`, tiff(2)],
          [
            `run/${name}_metadata.txt`,
            metadata(
              { ...SUMMARY, StagePositions: [], Channels: 1, Frames: 2 },
              ['FrameKey-0-0-0', frame(`Pos${i}`, `${name}.ome.tif`)],
              ['FrameKey-1-0-0', frame(`Pos${i}`, `${name}.ome.tif`)],
            ),
          ],
        ]),
      ),
    )
    expect(acquisitions).toMatchObject([{ plate: 'run', namedBy: 'loose', promised: null }])
    expect(groupFields(acquisitions[0]!).map(({ name }) => name)).toEqual([
      'run/P_1_MMStack_Pos0',
      'run/P_1_MMStack_Pos0_t2',
      'run/P_1_MMStack_Pos1',
      'run/P_1_MMStack_Pos1_t2',
    ])
  })

  test('are read as far as metadata.txt is written', async () => {
    const whole = metadata(
      SUMMARY,
      ['FrameKey-0-0-0', frame('A1-Site_0', `${stack}.ome.tif`)],
      ['FrameKey-0-1-0', frame('A1-Site_0', `${stack}.ome.tif`)],
    )
    const cut = whole.slice(0, whole.lastIndexOf('PositionName'))
    const { acquisitions, faults } = await identify({
      [`${stack}.ome.tif`]: tiff(2),
      [`${stack}_metadata.txt`]: cut,
    })
    expect(faults).toEqual([])
    expect(acquisitions[0]).toMatchObject({ expected: 6, planes: { length: 1 } })
    expect(microManager.growingIndex!(`${stack}_metadata.txt`)).toBe(true)
    expect(microManager.growingIndex!('notes.txt')).toBe(false)
  })
})

describe('stacks without metadata.txt', () => {
  test('are read by their OME-XML, and a page that stands for planes that were not taken is one', async () => {
    const name = 'P_1_MMStack_B2-Site_4.ome.tif'
    const pages = [
      tiffData('FirstC="0" IFD="0" PlaneCount="1"', name),
      tiffData('FirstC="1" IFD="1" PlaneCount="1"', name),
      // What OMEMetadata.fillInMissingTiffDatas writes.
      tiffData('FirstC="0" FirstZ="1" IFD="0" PlaneCount="1"', name),
    ]
    const text = omeText(
      omeImage(0, {
        before: '<StageLabel Name="B2-Site_4"/>',
        pixels: 'SizeZ="2" SizeC="2" SizeT="1" PhysicalSizeX="0.65"',
        data: pages,
      }),
    )
    const { acquisitions, unmatched } = await identify({ [name]: tiff(2, text) })
    expect(unmatched).toEqual([])
    expect(acquisitions).toMatchObject([
      { plate: 'P_1', instrument: 'micro-manager', namedBy: 'index' },
    ])
    expect(placesOf(acquisitions[0]!)).toEqual([
      `${name}[0]: B02 s5 DAPI z1 t1`,
      `${name}[1]: B02 s5 FITC z1 t1`,
    ])
    expect(acquisitions[0]!.planes[0]!.facts).toMatchObject({ pixelSize: 0.65 })
  })

  test('and without OME-XML are left', async () => {
    const { acquisitions, unmatched } = await identify({ 'P_1_MMStack_Pos0.ome.tif': tiff(2) })
    expect({ acquisitions, unmatched }).toEqual({
      acquisitions: [],
      unmatched: ['P_1_MMStack_Pos0.ome.tif'],
    })
  })
})

describe('separate images', () => {
  test('of 1.4 have the name of their channel', async () => {
    const image = (channel: string, z: number) =>
      `P_1/A1-Site_0/img_000000000_${channel}_00${z}.tif`
    const { acquisitions, unmatched } = await identify({
      [image('DAPI', 0)]: '',
      [image('DAPI', 1)]: '',
      [image('FITC', 0)]: '',
      'P_1/A1-Site_0/metadata.txt': metadata(
        {
          ...SUMMARY,
          StagePositions: undefined,
          InitialPositionList: [{ Label: 'A1-Site_0', GridRowIndex: 0 }],
          ChNames: ['FITC', 'DAPI-confocal'],
          Slices: 2,
        },
        [
          'FrameKey-0-0-0',
          {
            FileName: 'img_000000000_FITC_000.tif',
            Time: '2012-04-20 13:46:03 -0400',
            XPositionUm: null,
            'Exposure-ms': 10,
          },
        ],
      ),
      'P_1/A1-Site_0/comments.txt': '',
    })
    expect(unmatched).toEqual([])
    expect(acquisitions).toMatchObject([
      { plate: 'P_1', folder: 'P_1', expected: 4, namedBy: 'index', planes: { length: 3 } },
    ])
    expect(placesOf(acquisitions[0]!)).toEqual([
      'P_1/A1-Site_0/img_000000000_DAPI_000.tif[0]: A01 s1 DAPI-confocal z1 t1',
      'P_1/A1-Site_0/img_000000000_DAPI_001.tif[0]: A01 s1 DAPI-confocal z2 t1',
      'P_1/A1-Site_0/img_000000000_FITC_000.tif[0]: A01 s1 FITC z1 t1',
    ])
    expect(acquisitions[0]!.planes[2]!.facts).toEqual({
      pixelSize: null,
      position: null,
      takenAt: '2012-04-20T13:46:03.000-04:00',
    })
  })

  test('of 2.0 have its number', async () => {
    const name = 'img_channel001_position000_time000000002_z003.tif'
    const { acquisitions } = await identify({
      [`run/Default/${name}`]: '',
      'run/Default/metadata.txt': metadata(
        { ...SUMMARY, StagePositions: [] },
        [`Coords-Default/${name}`, { time: 2, z: 3, channel: 1 }],
        [
          `Metadata-Default/${name}`,
          {
            PixelSizeUm: 0.5,
            XPositionUm: 10,
            YPositionUm: 20,
            PixelSizeAffine: '0.0;-0.5;0.0;0.5;0.0;0.0',
            ReceivedTime: '2024-01-02 03:04:05.500 -0800',
          },
        ],
      ),
    })
    expect(acquisitions).toMatchObject([{ plate: 'run', namedBy: 'loose' }])
    const [plane] = acquisitions[0]!.planes
    expect(plane).toMatchObject({ channel: 'FITC', wave: 2, z: 4, t: 3, field: 'run/Default' })
    // The stage's x runs against the rows of the image, its y along the columns.
    expect(plane!.facts).toEqual({
      pixelSize: 0.5,
      position: { x: 20, y: -10, z: null },
      takenAt: '2024-01-02T03:04:05.500-08:00',
    })
  })

  test('are read by their names where metadata.txt cannot be, which is a fault', async () => {
    const { acquisitions, faults } = await identify({
      'run/B1-Site_0/img_000000000_DAPI_000.tif': '',
      'run/B1-Site_0/metadata.txt': '{"Summary": }',
    })
    expect(faults).toMatchObject([{ kind: 'index-invalid' }])
    expect(acquisitions).toMatchObject([
      { plate: 'run', namedBy: 'name', expected: null, promised: null },
    ])
    expect(acquisitions[0]!.planes[0]).toMatchObject({ well: 'B01', site: 1, channel: 'DAPI' })
  })
})

describe('hostile metadata.txt', () => {
  const name = 'img_000000000_DAPI_000.tif'
  test.each([
    ['a thousand million planes', { Channels: 1000, Slices: 1000, Frames: 1000 }],
    ['channels without end', { Channels: 1e9, Slices: 1, Frames: 1 }],
    ['no number of channels', { Channels: 'many', Slices: -1, Frames: 0.5 }],
  ])('promises nothing of %s', async (_, sizes) => {
    const { acquisitions } = await identify({
      [`run/A1-Site_0/${name}`]: '',
      'run/A1-Site_0/metadata.txt': metadata({ ...SUMMARY, ...sizes }),
    })
    expect(acquisitions).toMatchObject([{ promised: null, planes: { length: 1 } }])
  })

  test('means no file elsewhere', async () => {
    const stack = 'P_1_MMStack_A1-Site_0'
    const { acquisitions } = await identify({
      [`run/${stack}.ome.tif`]: tiff(1),
      [`run/${stack}_metadata.txt`]: metadata(SUMMARY, [
        'FrameKey-0-0-0',
        { FileName: '../../secret.tif', __proto__: null },
      ]),
      'secret.tif': tiff(1),
    })
    expect(acquisitions.flatMap(({ planes }) => planes)).toEqual([])
  })

  test('of another program claims nothing', async () => {
    const { acquisitions, unmatched, faults } = await identify({
      'a/metadata.txt': 'not JSON',
      'a/image.tif': tiff(1, ''),
    })
    expect({ acquisitions, unmatched, faults }).toEqual({
      acquisitions: [],
      unmatched: ['a/image.tif', 'a/metadata.txt'],
      faults: [],
    })
  })

  test('channels of endless numbers are none', async () => {
    const { unmatched } = await identify({
      'img_channel999999999_position000_time000000000_z000.tif': '',
    })
    expect(unmatched).toHaveLength(1)
  })
})

test('NDTiff is not taken for anything', async () => {
  const { acquisitions, unmatched } = await identify({
    'run/NDTiff.index': '',
    'run/run_NDTiffStack.tif': tiff(2, ''),
  })
  expect({ acquisitions, unmatched: unmatched.length }).toEqual({ acquisitions: [], unmatched: 2 })
})
