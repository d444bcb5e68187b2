import { describe, expect, test } from 'vitest'
import type { Acquisition } from '#workstation/intake/acquisition.ts'
import { missingPlanes } from '#workstation/intake/expected-planes.ts'
import { identifyAcquisitions } from '#workstation/intake/identify-acquisitions.ts'
import { planeKey } from '#workstation/intake/plane-file.ts'
import { scanR } from '#workstation/intake/instruments/scan-r.ts'
import { scanRText, type ScanROrder } from '../../../support/scan-r-text.ts'
import { paperFolder } from '../../../support/surveys.ts'
import { valueOf } from '../../../support/value-of.ts'

async function identify(contents: Readonly<Record<string, string>>) {
  const { survey, access } = paperFolder(contents)
  return valueOf(await identifyAcquisitions(survey, 'auto', access))
}

const empty = (paths: readonly string[]) => Object.fromEntries(paths.map(path => [path, '']))

const placesOf = ({ planes }: Acquisition) =>
  planes.map(
    ({ path, well, site, channel, z, t }) => `${path}: ${well} s${site} ${channel} z${z} t${t}`,
  )

const plane = (well: string, channel: string, site = 1, z = 0, t = 0) =>
  `${well}--P0000${site}--Z0000${z}--T0000${t}--${channel}.tif`

describe('a run of a scan^R with its index', () => {
  const channels = [
    { name: '405 nm #1' },
    { name: 'Autofocus' },
    { name: 'unused', idle: 1 },
    { name: 'GFP' },
  ]
  const index = scanRText({
    plate: 'P9',
    wells: [
      [14, 'B2'],
      [15, 'B3'],
    ],
    channels,
  })
  const paths = ['--W00014', '--W00015'].flatMap(well =>
    [1, 2].flatMap(site => ['405 nm #1', 'GFP'].map(name => `run/data/${plane(well, name, site)}`)),
  )
  const log = [
    'W=14\tP=1\tT=0\tZ=0\tX=1000.5\tY=-250\tZ=3.5\tT=0.1',
    'W=14\tP=2\tT=0\tZ=0\tX=2000.5\tY=-250\tZ=4.5\tT=1.1',
    'W=15\tP=1\tT=0\tZ=0\tX=30',
  ].join('\r\n')
  const files = {
    ...empty(paths),
    'run/experiment_descriptor.xml': index,
    'run/experiment_descriptor.dat': '',
    'run/AcquisitionLog.dat': log,
  }

  test('places wells by their numbers along the rows of the plate', async () => {
    const { acquisitions, unmatched, faults, signs } = await identify(files)
    expect([unmatched, faults]).toEqual([[], []])
    expect(signs[0]).toMatchObject({ instrument: 'scan-r', by: 'index', sure: 'certain' })
    expect(acquisitions).toHaveLength(1)
    const [run] = acquisitions
    expect(run).toMatchObject({
      plate: 'P9',
      uniqueId: null,
      folder: 'run',
      instrument: 'scan-r',
      namedBy: 'index',
      format: { rows: 8, columns: 12 },
      expected: 8,
      channels: [
        { wave: 1, name: '405 nm #1' },
        { wave: 2, name: 'GFP' },
      ],
      facts: { channels: [{ channel: '405 nm #1', exposure: 35 }, { channel: 'GFP' }] },
    })
    expect(placesOf(run!)[0]).toBe(`${paths[0]}: B02 s1 405 nm #1 z1 t1`)
    expect(placesOf(run!).at(-1)).toBe(`${paths.at(-1)}: B03 s2 GFP z1 t1`)
    expect(missingPlanes(run!)).toEqual([])
  })

  test('takes positions from the lines of the log that are whole, y turned downwards', async () => {
    const { acquisitions } = await identify(files)
    const positions = acquisitions[0]!.planes.map(({ facts }) => facts!.position)
    expect(positions[0]).toEqual({ x: 1000.5, y: 250, z: 3.5 })
    expect(positions[1]).toEqual(positions[0])
    expect(positions[2]).toEqual({ x: 2000.5, y: 250, z: 4.5 })
    expect(positions.slice(4)).toEqual([null, null, null, null])
    expect(acquisitions[0]!.planes[7]!.facts).toMatchObject({ pixelSize: 0.5, takenAt: null })
  })

  test('takes the log for an index that grows', () => {
    expect(scanR.growingIndex!('run/AcquisitionLog.dat')).toBe(true)
    expect(scanR.growingIndex!('run/experiment_descriptor.xml')).toBe(false)
  })

  test('misses planes that were removed', async () => {
    const left = Object.entries(files).filter(([path]) => path !== paths[5])
    const { acquisitions } = await identify(Object.fromEntries(left))
    expect(missingPlanes(acquisitions[0]!).map(planeKey)).toEqual(['B03 1 GFP 1 1'])
  })

  test('keeps two plates in one tree apart', async () => {
    const other = Object.fromEntries(
      Object.entries(files).map(([path, text]) => [
        path.replace('run/', 'other/').toLowerCase(),
        text,
      ]),
    )
    const { acquisitions } = await identify({ ...files, ...other })
    expect(acquisitions).toMatchObject([
      { folder: 'other', planes: { length: 8 } },
      { folder: 'run', planes: { length: 8 } },
    ])
  })

  test('promises stacks, times and listed positions before the first image', async () => {
    const order: ScanROrder = { positions: 5, slices: 3, times: 2 }
    const { acquisitions } = await identify({ 'experiment_descriptor.xml': scanRText(order) })
    expect(acquisitions).toMatchObject([{ expected: 5 * 3 * 2, planes: [] }])
    const during = await identify({
      'experiment_descriptor.xml': scanRText(order),
      [plane('B2--W00014', 'DAPI', 5, 2, 1)]: '',
    })
    expect(placesOf(during.acquisitions[0]!)).toEqual([
      `${plane('B2--W00014', 'DAPI', 5, 2, 1)}: B02 s5 DAPI z3 t2`,
    ])
  })

  test('places the wells of 1536', async () => {
    const format = { rows: 32, columns: 48 }
    const large = scanRText({ format, wells: [[1536, 'AF48']] })
    const { acquisitions } = await identify({
      'experiment_descriptor.xml': large,
      [`data/${plane('AF48--W01536', 'DAPI')}`]: '',
    })
    expect(acquisitions[0]!.planes).toMatchObject([{ well: 'AF48' }])
  })

  test('places wells by the names that the index gives them where it does not describe the plate', async () => {
    const named = scanRText({ format: null, wells: [[14, 'C7']] })
    const { acquisitions } = await identify({
      'experiment_descriptor.xml': named,
      [`data/${plane('--W00014', 'DAPI')}`]: '',
    })
    expect(acquisitions).toMatchObject([{ format: null, expected: 2, planes: [{ well: 'C07' }] }])
  })
})

describe('a scan^R index that cannot be used', () => {
  const whole = scanRText({})
  test.each([
    { name: 'is being written', text: whole.slice(0, -30), detail: /^it ends too early/ },
    { name: 'declares a document type', text: `<!DOCTYPE x>${whole}`, detail: /document type/ },
    { name: 'is of something else', text: '<a><b/></a>', detail: /nothing in it is of a scan\^R/ },
    {
      name: 'has an absurd plate',
      text: scanRText({ format: { rows: 900, columns: 3 } }),
      detail: /^no plate has/,
    },
    {
      name: 'counts absurdly',
      text: scanRText({ slices: 1e9 }),
      detail: /number of slices is “1000000000”/,
    },
    {
      name: 'promises absurdly',
      text: scanRText({ slices: 90_000, times: 90_000 }),
      detail: /promises more/,
    },
    {
      name: 'numbers a well that is not there',
      text: scanRText({ wells: [[97, 'x']] }),
      detail: /does not have/,
    },
    {
      name: 'contradicts the names',
      text: scanRText({ format: { rows: 16, columns: 24 } }),
      detail: /^well 14 is A14 by it, but B02 by data/,
    },
  ])('$name: a fault, and names are read instead', async ({ text, detail }) => {
    const { acquisitions, faults } = await identify({
      'P/experiment_descriptor.xml': text,
      [`P/data/${plane('B2--W00014', 'DAPI')}`]: '',
    })
    expect(faults).toMatchObject([
      { kind: 'index-invalid', path: '/screen/P/experiment_descriptor.xml' },
    ])
    expect(faults[0]).toHaveProperty(
      'detail',
      expect.stringMatching(detail.source.replace('data', 'P/data')),
    )
    expect(acquisitions).toMatchObject([
      { plate: 'P', namedBy: 'name', expected: null, planes: [{ well: 'B02' }] },
    ])
  })

  test('does not guess where numbered wells are', async () => {
    const index = scanRText({ format: null, wells: [[14, 'siRNA 7']] })
    const path = `P/data/${plane('--W00014', 'DAPI')}`
    const { acquisitions, faults, unmatched } = await identify({
      'P/experiment_descriptor.xml': index,
      [path]: '',
    })
    expect(acquisitions).toEqual([])
    expect(faults).toMatchObject([{ detail: 'it does not say where well 14 is, and no name does' }])
    expect(unmatched).toEqual([path])
  })
})

describe('names of scan^R images without an index', () => {
  test('say their wells', async () => {
    const path = `data/${plane('b2--w00014', 'DAPI', 3, 4, 5)}`
    const { acquisitions, signs } = await identify({ [path]: '' })
    expect(placesOf(acquisitions[0]!)).toEqual([`${path}: B02 s3 DAPI z5 t6`])
    expect(signs[0]).toMatchObject({ sure: 'likely', why: `names like ${path}` })
  })

  test('are left where they only number wells, and the sign says why', async () => {
    const path = `data/${plane('--W00014', 'DAPI')}`
    const { acquisitions, unmatched, signs } = await identify({ [path]: '' })
    expect(acquisitions).toEqual([])
    expect(unmatched).toEqual([path])
    expect(signs[0]!.why).toBe(
      `names like ${path}, which number wells: only an experiment_descriptor.xml says where they are`,
    )
  })
})

describe('the OME-XML of newer scan^R software', () => {
  const file = (well: string) => plane(well, 'DAPI', 1, 0, 1)
  const omeXml = (plate = '') =>
    [
      '<?xml version="1.0"?><OME xmlns="http://www.openmicroscopy.org/Schemas/OME/2016-06">',
      plate,
      '<Image ID="Image:W14P1"><AcquisitionDate>2026-01-02T03:04:05</AcquisitionDate>',
      '<Pixels ID="Pixels:0" DimensionOrder="XYZCT" Type="uint16" SizeX="1" SizeY="1" SizeZ="1" SizeC="1" SizeT="2" PhysicalSizeX="0.5" PhysicalSizeY="0.5">',
      '<Channel ID="Channel:0" Name="DAPI" EmissionWavelength="460"/>',
      `<TiffData FirstT="1" FirstC="0" FirstZ="0" IFD="0" PlaneCount="1"><UUID FileName="${file('B2--W00014')}">urn:uuid:00000000-0000-0000-0000-000000000000</UUID></TiffData>`,
      '<Plane TheT="1" TheC="0" TheZ="0" DeltaT="2" PositionX="10" PositionXUnit="µm" PositionY="20" PositionYUnit="µm"/>',
      '</Pixels></Image></OME>',
    ].join('')

  test('says how planes were imaged; names say their wells', async () => {
    const { acquisitions, signs, unmatched } = await identify({
      'P/data/metadata.ome.xml': omeXml(),
      [`P/data/${file('B2--W00014')}`]: '',
      [`P/data/${file('--W00015')}`]: '',
    })
    expect(signs[0]).toMatchObject({ instrument: 'scan-r', by: 'index', sure: 'likely' })
    expect(acquisitions).toMatchObject([
      {
        plate: 'P',
        namedBy: 'index',
        promised: null,
        facts: { channels: [{ channel: 'DAPI', emission: 460 }] },
        ignored: ['P/data/metadata.ome.xml'],
      },
    ])
    expect(placesOf(acquisitions[0]!)).toEqual([`P/data/${file('B2--W00014')}: B02 s1 DAPI z1 t2`])
    expect(acquisitions[0]!.planes[0]!.facts).toEqual({
      pixelSize: 0.5,
      position: { x: 10, y: -20, z: null },
      takenAt: '2026-01-02T03:04:07.000',
    })
    expect(unmatched).toEqual([`P/data/${file('--W00015')}`])
  })

  test('promises its planes where it describes the plate', async () => {
    const plate =
      '<Plate ID="Plate:0" Rows="8" Columns="12"><Well ID="Well:0" Row="1" Column="1"><WellSample ID="WellSample:0" Index="0"><ImageRef ID="Image:W14P1"/></WellSample></Well></Plate>'
    const { acquisitions } = await identify({ 'P/data/metadata.ome.xml': omeXml(plate) })
    expect(acquisitions).toMatchObject([
      { format: { rows: 8, columns: 12 }, expected: 1, promised: [{ wells: ['B02'], t: [2] }] },
    ])
  })

  test('that is damaged is a fault, and names are read instead', async () => {
    const { acquisitions, faults } = await identify({
      'P/data/metadata.ome.xml': omeXml().slice(0, 300),
      [`P/data/${file('B2--W00014')}`]: '',
    })
    expect(faults).toMatchObject([{ kind: 'index-invalid' }])
    expect(acquisitions).toMatchObject([{ namedBy: 'name', planes: [{ well: 'B02' }] }])
  })
})
