import { describe, expect, test } from 'vitest'
import type { Acquisition } from '#workstation/intake/acquisition.ts'
import { missingPlanes } from '#workstation/intake/expected-planes.ts'
import { followArrivals } from '#workstation/intake/follow-arrivals.ts'
import { identifyAcquisitions } from '#workstation/intake/identify-acquisitions.ts'
import { paperFolder } from '../../../support/surveys.ts'
import { valueOf } from '../../../support/value-of.ts'

async function identify(contents: Readonly<Record<string, string>>, naming = 'auto') {
  const { survey, access } = paperFolder(contents)
  return valueOf(await identifyAcquisitions(survey, naming, access))
}

const placesOf = ({ planes }: Acquisition) =>
  planes.map(
    ({ path, well, site, channel, z, t, projection }) =>
      `${path.split('/').at(-1)}: ${well} s${site} ${channel} z${z} t${t}${projection ? ' projection' : ''}`,
  )

/** As MetaXpress Acquire 2025.2 writes it, with names of our own. */
function jdce(modes: readonly string[] = ['2-D', '2-D'], barcode = ''): string {
  const filters = [
    { Name: 'DAPI', Wavelength: 440, Unit: 'nm' },
    { Name: 'FITC', Wavelength: 525, Unit: 'nm' },
  ]
  return JSON.stringify({
    Version: '1.1',
    ImageStack: {
      PlateId: 'Screen 7 2026-03-02, 13:57:52',
      Creation: { Date: '2026-03-02', Time: '13:57:52', TimeZoneOffset: '0' },
      ImageFormat: 'TIFF',
      AutoLeadAcquisitionProtocol: {
        ObjectiveCalibration: {
          Unit: 'µm',
          ObjectiveName: '20X Plan Apo Lambda D',
          PixelWidth: 0.3235,
          PixelHeight: 0.3235,
        },
        Plate: { Name: 'a plate', Rows: 8, Columns: 12 },
        Wavelengths: modes.map((ImagingMode, Index) => ({
          Index,
          ImagingMode,
          EmissionFilter: filters[Index],
          ExcitationFilter: { ...filters[Index], Wavelength: filters[Index]!.Wavelength - 50 },
        })),
      },
      SpecimenHolder: { Type: 'plate', Barcode: barcode },
      ImageMetadataFiles: ['image_metadata_1.csv'],
    },
  })
}

const HEADINGS =
  'Well,Row,Column,Field,Wavelength,Timepoint,ZIndex,ImageSubFolderPath,ImageFileName,TimeStampSec,ExposureTimeMs,ExcitationEmissionFilter,PositionXUm,PositionYUm,PositionZUm,Annotations'

function row(site: number, wave: number, z = 0, subfolder = 'timepoint0'): string {
  const name = `p_t0_C05_s${site}_w${wave}_z${z}.tif`
  const filter = ['DAPI', 'FITC'][wave]
  return `C - 5,3,5,${site},${wave},0,${z},${subfolder},${name},1772456272.45,${10 + wave},${filter},50027.34,30045.34,18444.72,"a, b"`
}

function table(...rows: readonly string[]): string {
  return [HEADINGS, ...rows, ''].join('\r\n')
}

const image = (site: number, wave: number, z = 0) =>
  `timepoint0/p_t0_C05_s${site}_w${wave}_z${z}.tif`

describe('an ImageXpress HCS.ai run', () => {
  test('counts from 1, and knows from its indexes how it was imaged and what is missing', async () => {
    const { acquisitions, unmatched, faults, signs } = await identify({
      'run/p.mxprotocol': '{}',
      'run/autofocus/focus_report.txt': 'in focus',
      'run/experiment/screen.jdce': `\uFEFF${jdce(undefined, 'BC-17')}`,
      'run/experiment/image_metadata_1.csv': table(row(0, 0), row(0, 1), row(1, 0), row(1, 1)),
      [`run/experiment/${image(0, 0)}`]: '',
      [`run/experiment/${image(0, 0)}.statistics.json`]: '{}',
      [`run/experiment/${image(0, 1)}`]: '',
      [`run/experiment/${image(1, 1)}`]: '',
    })
    expect({ unmatched, faults }).toEqual({ unmatched: [], faults: [] })
    expect(acquisitions).toHaveLength(1)
    const [run] = acquisitions
    expect(run).toMatchObject({
      plate: 'Screen 7',
      uniqueId: 'BC-17',
      folder: 'run',
      instrument: 'imagexpress-hcs-ai',
      namedBy: 'index',
      format: { rows: 8, columns: 12 },
      expected: 4,
      ignored: { length: 5 },
    })
    expect(placesOf(run!)).toEqual([
      'p_t0_C05_s0_w0_z0.tif: C05 s1 DAPI z1 t1',
      'p_t0_C05_s0_w1_z0.tif: C05 s1 FITC z1 t1',
      'p_t0_C05_s1_w1_z0.tif: C05 s2 FITC z1 t1',
    ])
    expect(missingPlanes(run!)).toMatchObject([
      { well: 'C05', site: 2, channel: 'DAPI', z: 1, t: 1 },
    ])
    expect(run!.planes[0]!.facts).toEqual({
      pixelSize: 0.3235,
      position: { x: 50_027.34, y: 30_045.34, z: 18_444.72 },
      takenAt: '2026-03-02T12:57:52.450Z',
    })
    expect(run!.facts).toEqual({
      startedAt: '2026-03-02T13:57:52',
      objective: { name: '20X Plan Apo Lambda D', magnification: 20, numericalAperture: null },
      channels: [
        { channel: 'DAPI', excitation: 390, emission: 440, exposure: 10, flatField: null },
        { channel: 'FITC', excitation: 475, emission: 525, exposure: 11, flatField: null },
      ],
    })
    expect(signs[0]).toMatchObject({
      instrument: 'imagexpress-hcs-ai',
      by: 'index',
      sure: 'certain',
    })
  })

  test('is read before its table has come, and by names where nothing else has', async () => {
    const named = await identify({ [`run/experiment/${image(0, 1)}`]: '' })
    expect(named.acquisitions).toMatchObject([
      { plate: 'run', folder: 'run', namedBy: 'name', expected: null, channels: [{ name: 'w2' }] },
    ])
    expect(named.acquisitions[0]!.planes[0]!.facts).toBeUndefined()
    const indexed = await identify({
      'run/experiment/a.jdce': jdce(),
      [`run/experiment/${image(0, 1)}`]: '',
    })
    expect(indexed.acquisitions).toMatchObject([
      { plate: 'Screen 7', namedBy: 'index', expected: null, channels: [{ name: 'FITC' }] },
    ])
    expect(indexed.acquisitions[0]!.planes[0]!.facts).toEqual({
      pixelSize: 0.3235,
      position: null,
      takenAt: null,
    })
  })

  test('takes what lies beside a stack for its projections', async () => {
    const { acquisitions } = await identify({
      'experiment/a.jdce': jdce(),
      'experiment/image_metadata_1.csv': table(row(0, 0)),
      [`experiment/${image(0, 0)}`]: '',
      [`experiment/${image(0, 1)}`]: '',
      'experiment_z_stack/a_z_stack.jdce': jdce(),
      'experiment_z_stack/image_metadata_1.csv': table(row(0, 0, 0), row(0, 0, 1), row(0, 0, 2)),
      [`experiment_z_stack/${image(0, 0, 0)}`]: '',
      [`experiment_z_stack/${image(0, 0, 1)}`]: '',
    })
    expect(acquisitions).toHaveLength(1)
    // The second channel was not imaged as a stack: its one plane is no projection.
    expect(placesOf(acquisitions[0]!)).toEqual([
      'p_t0_C05_s0_w0_z0.tif: C05 s1 DAPI z0 t1 projection',
      'p_t0_C05_s0_w1_z0.tif: C05 s1 FITC z1 t1',
      'p_t0_C05_s0_w0_z0.tif: C05 s1 DAPI z1 t1',
      'p_t0_C05_s0_w0_z1.tif: C05 s1 DAPI z2 t1',
    ])
    expect(acquisitions[0]!.expected).toBe(4)
    expect(missingPlanes(acquisitions[0]!)).toMatchObject([{ z: 3 }])
  })

  test('knows projections by their name and by how the channel was imaged', async () => {
    const { acquisitions } = await identify({
      'experiment/a.jdce': jdce(['Max Intensity Projection', '2-D']),
      [`experiment/${image(0, 0)}`]: '',
      [`experiment/${image(0, 1)}`]: '',
      'experiment/timepoint0/p_projection_t0_C05_s3_w1_z0.tif': '',
    })
    expect(placesOf(acquisitions[0]!)).toEqual([
      'p_projection_t0_C05_s3_w1_z0.tif: C05 s4 FITC z0 t1 projection',
      'p_t0_C05_s0_w0_z0.tif: C05 s1 DAPI z0 t1 projection',
      'p_t0_C05_s0_w1_z0.tif: C05 s1 FITC z1 t1',
    ])
  })

  test('keeps montages aside while what they are made of is there', async () => {
    const montage = {
      [`experiment_montage/${image(0, 0)}`]: '',
      'experiment_montage/m.jdce': jdce(),
    }
    const both = await identify({ ...montage, [`experiment/${image(0, 0)}`]: '' })
    expect(both.acquisitions).toMatchObject([
      {
        planes: { length: 1 },
        ignored: ['experiment_montage/m.jdce', `experiment_montage/${image(0, 0)}`],
      },
    ])
    const alone = await identify(montage)
    expect(alone.acquisitions).toMatchObject([{ planes: { length: 1 } }])
  })

  test('keeps runs apart by their folders', async () => {
    const { acquisitions } = await identify({
      'BC1/p_2026/experiment/a.jdce': jdce(),
      [`BC1/p_2026/experiment/${image(0, 0)}`]: '',
      'BC1/p_2027/experiment/a.jdce': jdce(),
      [`BC1/p_2027/experiment/${image(0, 0)}`]: '',
    })
    expect(acquisitions.map(({ folder, planes }) => [folder, planes.length])).toEqual([
      ['BC1/p_2026', 1],
      ['BC1/p_2027', 1],
    ])
  })

  test('leaves out the row that is being written', async () => {
    const growing = `${table(row(0, 0))}C - 5,3,5,1,0,0,0,timep`
    const { acquisitions, faults } = await identify({
      'experiment/image_metadata_1.csv': growing,
      [`experiment/${image(0, 0)}`]: '',
    })
    expect(faults).toEqual([])
    expect(acquisitions).toMatchObject([
      { namedBy: 'index', expected: 1, channels: [{ name: 'DAPI' }] },
    ])
  })

  test.each([
    ['out of its folder', row(0, 0, 0, '../../elsewhere')],
    ['on another drive', row(0, 0, 0, 'C:\\images')],
    ['in no well', row(0, 0).replace('C - 5,3,5', 'C - 5,0,5')],
    ['at no site', row(0, 0).replace(',3,5,0,', ',3,5,first,')],
  ])('refuses a table with an image %s, and goes by the names', async (_, line) => {
    const { acquisitions, faults } = await identify({
      'experiment/image_metadata_1.csv': table(row(1, 0), line),
      [`experiment/${image(0, 0)}`]: '',
    })
    expect(faults).toEqual([
      {
        kind: 'index-invalid',
        path: '/screen/experiment/image_metadata_1.csv',
        detail: 'line 3 names no image of a well',
      },
    ])
    expect(acquisitions).toMatchObject([{ namedBy: 'name', planes: [{ well: 'C05', site: 1 }] }])
  })

  test.each([
    ['{"ImageStack": {', /JSON/],
    ['{}', /^ImageStack: /],
    [jdce().replace('"Index":0', '"Index":1e9'), /Wavelengths\.0\.Index/],
  ])('says what is wrong with a JDCE: %#', async (text, detail) => {
    const { acquisitions, faults } = await identify({
      'experiment/a.jdce': text,
      [`experiment/${image(0, 0)}`]: '',
    })
    expect(faults).toMatchObject([{ kind: 'index-invalid', detail: expect.stringMatching(detail) }])
    expect(acquisitions).toMatchObject([{ namedBy: 'name', planes: { length: 1 } }])
  })

  test('claims nothing of a protocol without images', async () => {
    const { acquisitions, unmatched } = await identify({ 'p.mxprotocol': '{}', 'notes.txt': '' })
    expect({ acquisitions, unmatched }).toEqual({
      acquisitions: [],
      unmatched: ['notes.txt', 'p.mxprotocol'],
    })
  })
})

test('what a table says is handed out when it comes after its images, and once', async () => {
  const { survey, access } = paperFolder({
    'experiment/a.jdce': jdce(),
    'experiment/image_metadata_1.csv': table(row(0, 0), row(0, 1)),
    [`experiment/${image(0, 0)}`]: '',
    [`experiment/${image(0, 1)}`]: '',
  })
  const [settings, csv, ...images] = survey.files
  const reader = followArrivals('/screen', 'auto', access)
  const arrive = async (...files: readonly (typeof images)[number][]) => {
    const { acquisitions } = valueOf(await reader.arrive(files))
    return acquisitions.flatMap(({ planes }) => planes.map(({ facts }) => facts!.position?.x))
  }
  expect(await arrive(settings!)).toEqual([])
  expect(await arrive(...images)).toEqual([undefined, undefined])
  expect(await arrive(csv!)).toEqual([50_027.34, 50_027.34])
  expect(await arrive(csv!)).toEqual([])
})
