import { describe, expect, test } from 'vitest'
import type { Acquisition } from '#workstation/intake/acquisition.ts'
import { missingPlanes } from '#workstation/intake/expected-planes.ts'
import { identifyAcquisitions } from '#workstation/intake/identify-acquisitions.ts'
import { planeKey } from '#workstation/intake/plane-file.ts'
import { paperFolder } from '../../../support/surveys.ts'
import { valueOf } from '../../../support/value-of.ts'
import { xdceText } from '../../../support/xdce-text.ts'

async function identify(contents: Readonly<Record<string, string>>, naming = 'auto') {
  const { survey, access } = paperFolder(contents)
  return valueOf(await identifyAcquisitions(survey, naming, access))
}

const empty = (paths: readonly string[]) => Object.fromEntries(paths.map(path => [path, '']))

const placesOf = ({ planes }: Acquisition) =>
  planes.map(
    ({ path, well, site, channel, z, t }) => `${path}: ${well} s${site} ${channel} z${z} t${t}`,
  )

const WAVES = [
  { excitation: '390', emission: 'Blue' },
  { excitation: '473', emission: 'Green' },
]
const nameOf = (row: string, field: number, { excitation, emission }: (typeof WAVES)[number]) =>
  `${row} - 02(fld ${field} wv ${excitation} - ${emission}).tif`

describe('a run of an IN Cell with its index', () => {
  const images = ['B', 'C'].flatMap((row, place) =>
    [1, 2].flatMap(field =>
      WAVES.map((wave, index) => ({
        filename: nameOf(row, field, wave),
        row: place + 2,
        column: 2,
        field: field - 1,
        wave: index,
        takenMs: 1500,
        focus: 12.5,
      })),
    ),
  )
  const index = xdceText({
    wells: [
      [2, 2],
      [3, 2],
    ],
    offsets: [
      [-325, 325],
      [325, 325],
    ],
    waves: WAVES,
    images,
  })
  const paths = images.map(({ filename }) => `scan/${filename}`)

  test('takes places, promises and facts from the index', async () => {
    const { acquisitions, unmatched, faults, signs } = await identify({
      ...empty(paths),
      'scan/P7.xdce': index,
    })
    expect([unmatched, faults]).toEqual([[], []])
    expect(signs[0]).toMatchObject({
      instrument: 'in-cell',
      by: 'index',
      sure: 'certain',
      why: 'the index scan/P7.xdce',
    })
    expect(acquisitions).toHaveLength(1)
    const [run] = acquisitions
    expect(run).toMatchObject({
      plate: 'P7',
      uniqueId: null,
      folder: 'scan',
      instrument: 'in-cell',
      namedBy: 'index',
      format: { rows: 8, columns: 12 },
      expected: 8,
      channels: [
        { wave: 1, name: 'Blue' },
        { wave: 2, name: 'Green' },
      ],
      ignored: ['scan/P7.xdce'],
    })
    expect(placesOf(run!)[3]).toBe('scan/B - 02(fld 2 wv 473 - Green).tif: B02 s2 Green z1 t1')
    expect(run!.planes[3]!.facts).toEqual({
      pixelSize: 0.65,
      // The instrument's y grows upwards.
      position: { x: 325, y: -325, z: 12.5 },
      takenAt: '2026-03-04T05:06:08.500',
    })
    expect(run!.facts).toEqual({
      startedAt: '2026-03-04T05:06:07.000',
      objective: { name: 'drawn 10X', magnification: 10, numericalAperture: 0.45 },
      channels: [
        { channel: 'Blue', excitation: 390, emission: 432.5, exposure: 120, flatField: null },
        { channel: 'Green', excitation: 390, emission: 432.5, exposure: 120, flatField: null },
      ],
    })
    expect(missingPlanes(run!)).toEqual([])
  })

  test('misses planes that were removed', async () => {
    const { acquisitions } = await identify({ ...empty(paths.slice(1)), 'scan/P7.xdce': index })
    expect(missingPlanes(acquisitions[0]!)).toMatchObject([
      { well: 'B02', site: 1, channel: 'Blue' },
    ])
  })

  test('finds images that were renamed to lower case', async () => {
    const lower = paths.map(path => path.toLowerCase())
    const { acquisitions, unmatched } = await identify({ ...empty(lower), 'scan/p7.XDCE': index })
    expect(unmatched).toEqual([])
    expect(acquisitions[0]!.planes).toHaveLength(8)
  })

  test('keeps two plates in one tree apart, and knows the plate of each', async () => {
    const again = paths.map(path => path.replace('scan', 'other'))
    const { acquisitions } = await identify({
      ...empty([...paths, ...again]),
      'scan/P7.xdce': index,
      'other/P8.xdce': index,
    })
    expect(acquisitions).toMatchObject([
      { plate: 'P8', folder: 'other', planes: { length: 8 } },
      { plate: 'P7', folder: 'scan', planes: { length: 8 } },
    ])
  })

  test('refuses a copy of the index beside it', async () => {
    const { acquisitions, faults } = await identify({
      ...empty(paths),
      'scan/P7 copy.xdce': index,
      'scan/P7.xdce': index,
    })
    expect(acquisitions).toHaveLength(1)
    expect(faults).toMatchObject([
      {
        kind: 'index-invalid',
        path: '/screen/scan/P7.xdce',
        detail: 'it lists the images of scan/P7 copy.xdce, which was used',
      },
    ])
  })

  test('promises by its settings before the first image, and places images that it does not list yet', async () => {
    const settings = xdceText({ wells: [[2, 2]], offsets: [[0, 0]], waves: WAVES })
    const before = await identify({ 'P7.xdce': settings })
    expect(before.acquisitions).toMatchObject([{ expected: 2, planes: [] }])
    const during = await identify({
      'P7.xdce': settings,
      [nameOf('B', 1, WAVES[0]!)]: '',
      'B - 02(fld 1 wv 999 - Red).tif': '',
    })
    expect(placesOf(during.acquisitions[0]!)).toEqual([
      'B - 02(fld 1 wv 390 - Blue).tif: B02 s1 Blue z1 t1',
    ])
    // The stranger is read by its name alone.
    expect(during.acquisitions).toHaveLength(2)
    expect(during.acquisitions[1]).toMatchObject({ namedBy: 'name', planes: { length: 1 } })
  })

  test('reads stacks of the waves that have them, and time points', async () => {
    const waves = [
      { excitation: '390', emission: 'Blue', mode: '3-D' },
      { excitation: 'TL', emission: 'Blue', mode: '2-D' },
    ]
    const stack = xdceText({ wells: [[1, 1]], waves, slices: 3, times: [2, 0] })
    const { acquisitions } = await identify({
      'P7.xdce': stack,
      'A - 01(fld 1 wv 390 - Blue z 3 - time 2 - 500 ms).tif': '',
    })
    // Two waves share a filter: both are in their names.
    expect(acquisitions[0]).toMatchObject({
      expected: (3 + 1) * 2,
      channels: [{ name: 'Blue (390)' }, { name: 'Blue (TL)' }],
    })
    expect(placesOf(acquisitions[0]!)[0]).toMatch(/: A01 s1 Blue \(390\) z3 t2$/)
  })

  test('promises at times of which it leaves out waves only what it lists', async () => {
    const partial = xdceText({
      wells: [[1, 1]],
      waves: WAVES,
      times: [2, 1],
      images: [{ filename: 'b.tif', row: 1, column: 1, wave: 1, t: 1 }],
    })
    const { acquisitions } = await identify({ 'P7.xdce': partial })
    expect(missingPlanes(acquisitions[0]!).map(planeKey)).toEqual([
      'A01 1 Blue 1 1',
      'A01 1 Green 1 1',
      'A01 1 Green 1 2',
    ])
  })

  test('promises wells that it lists where it excludes none', async () => {
    const listing = xdceText({
      excludes: false,
      images: [{ filename: 'x.tif', row: 5, column: 6 }],
    })
    const { acquisitions } = await identify({ 'P7.xdce': listing })
    expect(acquisitions[0]).toMatchObject({ expected: 1, promised: [{ wells: ['E06'] }] })
  })

  test('reads 1536 wells, folders of Windows and images besides', async () => {
    const large = xdceText({
      rows: 32,
      columns: 48,
      wells: [[32, 48]],
      waves: [...WAVES, { excitation: 'both', emission: 'Fused', fused: true }],
      images: [
        { filename: 'imgs\\AF48 blue.tif', row: 32, column: 48, thumbnail: 'thumbs\\1.tif' },
        { filename: 'fused.tif', row: 32, column: 48, wave: 2 },
      ],
    })
    const { acquisitions, unmatched } = await identify({
      'P7.xdce': large,
      ...empty(['imgs/AF48 blue.tif', 'thumbs/1.tif', 'fused.tif', 'raw.im']),
    })
    expect(placesOf(acquisitions[0]!)).toEqual(['imgs/AF48 blue.tif: AF48 s1 Blue z1 t1'])
    expect(acquisitions[0]).toMatchObject({
      expected: 2,
      ignored: ['P7.xdce', 'fused.tif', 'thumbs/1.tif'],
    })
    expect(unmatched).toEqual(['raw.im'])
  })
})

describe('a damaged or hostile IN Cell index', () => {
  const whole = xdceText({ images: [{ filename: 'a.tif', row: 1, column: 1 }] })
  const image = (filename: string, more: object = {}) =>
    xdceText({ images: [{ filename, row: 1, column: 1, ...more }] })

  test.each([
    { name: 'one that is being written', text: whole.slice(0, -40), detail: /^it ends before/ },
    {
      name: 'a document type',
      text: `<!DOCTYPE x [<!ENTITY a "b">]>${whole}`,
      detail: /document type/,
    },
    { name: 'no index', text: '<Other/>', detail: /does not begin with <ImageStack>/ },
    {
      name: 'an absurd plate',
      text: xdceText({ rows: 60, columns: 200, excludes: false }),
      detail: /^no plate has/,
    },
    {
      name: 'an absurd number',
      text: whole.replace('rows="8"', 'rows="1e99"'),
      detail: /number of rows is “1e99”/,
    },
    {
      name: 'an absurd promise',
      text: xdceText({
        excludes: false,
        slices: 90_000,
        times: Array.from({ length: 9000 }, () => 0),
      }),
      detail: /promises more planes/,
    },
    { name: 'a way out', text: image('../../secret.tif'), detail: /leads out of its folder/ },
    { name: 'an absolute path', text: image('C:\\data\\a.tif'), detail: /leads out of its folder/ },
    { name: 'a place outside', text: image('a.tif', { row: 9 }), detail: /outside the plate/ },
    {
      name: 'a negative field',
      text: image('a.tif', { field: -1 }),
      detail: /field of an image is “-1”/,
    },
  ])('$name is a fault, and names are read instead', async ({ text, detail }) => {
    const { acquisitions, faults } = await identify({
      'P7.xdce': text,
      'P7_A - 01(fld 1 wv 390 - Blue).tif': '',
    })
    expect(faults).toMatchObject([{ kind: 'index-invalid', path: '/screen/P7.xdce' }])
    expect(faults[0]).toHaveProperty('detail', expect.stringMatching(detail))
    expect(acquisitions).toMatchObject([
      { plate: 'P7', namedBy: 'name', expected: null, planes: [{ well: 'A01' }] },
    ])
  })

  test('does not take the names of prototypes for wells or paths', async () => {
    const { acquisitions } = await identify({
      'P7.xdce': image('__proto__'),
      'constructor.tif': '',
    })
    expect(acquisitions[0]!.planes).toEqual([])
  })
})

describe('an index of MetaXpress', () => {
  test('lists the plane of a wave without stack at every step, and means one', async () => {
    const at = (wave: number, z: number, filename: string) => ({
      ...{ filename, row: 5, column: 3, wave, z },
    })
    const index = xdceText({
      wells: [[5, 3]],
      waves: WAVES,
      slices: 3,
      images: [0, 1, 2].flatMap(z => [
        at(0, z, 't1_E03_s1_w1_z1.tif'),
        at(1, z, `t1_E03_s1_w2_z${z + 1}.tif`),
      ]),
    })
    const { acquisitions, faults } = await identify({
      ...empty(['p/t1_E03_s1_w1_z1.tif', 'p/t1_E03_s1_w2_z1.tif', 'p/t1_E03_s1_w2_z2.tif']),
      'p/P7.xdce': index,
    })
    expect(faults).toEqual([])
    expect(placesOf(acquisitions[0]!)).toEqual([
      'p/t1_E03_s1_w1_z1.tif: E03 s1 Blue z1 t1',
      'p/t1_E03_s1_w2_z1.tif: E03 s1 Green z1 t1',
      'p/t1_E03_s1_w2_z2.tif: E03 s1 Green z2 t1',
    ])
    expect(acquisitions[0]!.expected).toBe(4)
    expect(missingPlanes(acquisitions[0]!)).toMatchObject([{ channel: 'Green', z: 3 }])
  })
})

describe('names of IN Cell images without an index', () => {
  test.each([
    ['A - 01(fld 1 wv 390 - Blue).tif', 'A01 s1 Blue z1 t1'],
    ['Plate1_B - 01(fld 01 wv 390 - Blue).tif', 'B01 s1 Blue z1 t1'],
    ['F - 001(fld 01 wv TL-Brightfield - DAPI).tif', 'F01 s1 DAPI z1 t1'],
    ['B - 02(fld 01 wv Blue - FITC - time 01 - 0 ms).tif', 'B02 s1 FITC z1 t1'],
    ['A - 01(fld 1 wv Green - dsRed z 3).tif', 'A01 s1 dsRed z3 t1'],
    ['B - 2(fld 1 wv Cy3 - Cy3 wix 1).tif', 'B02 s1 Cy3 z1 t1'],
    ['B - 9(fld 1 z 2- time 4 - 109319 ms).tif', 'B09 s1 w1 z2 t4'],
    ['J - 8(fld 8).tif', 'J08 s8 w1 z1 t1'],
    ['af - 48(fld 2 wv dapi - dapi).TIFF', 'AF48 s2 dapi z1 t1'],
  ])('%s is %s', async (name, place) => {
    const { acquisitions, signs } = await identify({ [`run 5/${name}`]: '' })
    expect(placesOf(acquisitions[0]!)).toEqual([`run 5/${name}: ${place}`])
    expect(signs[0]).toMatchObject({
      instrument: 'in-cell',
      sure: 'likely',
      why: `names like run 5/${name}`,
    })
  })

  test('tell waves through the same filters apart by their numbers', async () => {
    const names = ['DAPI - DAPI wix 1', 'Cy5 - Cy5 wix 4', 'Cy5 - Cy5 wix 8']
    const { acquisitions, faults } = await identify(
      empty(names.map(name => `run/B - 02(fld 01 wv ${name}).tif`)),
    )
    expect(faults).toEqual([])
    expect(acquisitions[0]!.channels).toEqual([
      { wave: 1, name: 'DAPI' },
      { wave: 4, name: 'Cy5 (w4)' },
      { wave: 8, name: 'Cy5 (w8)' },
    ])
  })

  test('tell plates of one folder apart, and name others for the folder', async () => {
    const { acquisitions } = await identify(
      empty([
        'run/A - 01(fld 1 wv 390 - Blue).tif',
        'run/P1_A - 01(fld 1 wv 390 - Blue).tif',
        'run/P2_A - 01(fld 1 wv 390 - Blue).tif',
      ]),
    )
    expect(acquisitions.map(({ plate }) => plate)).toEqual(['P1', 'P2', 'run'])
  })

  test.each([
    'A - 01.tif',
    'Z - 00(fld 1 wv 390 - Blue).tif',
    'A - 01(fld 1 wv 390 - Blue).im',
    'A - 01(fld 1 wv 390).tif',
  ])('%s is none', async name => {
    const { acquisitions } = await identify({ [name]: '' }, 'in-cell')
    expect(acquisitions).toEqual([])
  })
})
