import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { fail } from '#core/fault.ts'
import type { Acquisition } from '#workstation/intake/acquisition.ts'
import { diskAccess, diskLooks } from '#workstation/intake/disk.ts'
import { rememberReadings } from '#workstation/intake/file-access.ts'
import { missingPlanes } from '#workstation/intake/expected-planes.ts'
import { groupFields } from '#workstation/intake/group-fields.ts'
import { identifyAcquisitions } from '#workstation/intake/identify-acquisitions.ts'
import { omeZarr } from '#workstation/intake/instruments/ome-zarr.ts'
import { surveyFolder } from '#workstation/intake/survey-folder.ts'
import {
  imageMetadata,
  newer,
  older,
  words,
  zarrFolders,
  type DrawnFiles,
} from '../../../support/draw-zarr.ts'
import { valueOf } from '../../../support/value-of.ts'

const draw = zarrFolders()

async function identify(files: DrawnFiles) {
  const folder = draw(files)
  const survey = await surveyFolder(folder)
  const { acquisitions, unmatched, faults } = valueOf(
    await identifyAcquisitions(survey, 'auto', diskAccess()),
  )
  const said = faults.map(fault =>
    'path' in fault && 'detail' in fault
      ? `${fault.kind} ${fault.path.slice(folder.length + 1)}: ${fault.detail}`
      : JSON.stringify(fault),
  )
  return { folder, acquisitions, unmatched, faults: said }
}

/** `path/page well site channel z t` */
function planesOf(run: Acquisition | undefined): readonly string[] {
  return run!.planes.map(
    ({ path, page, well, site, channel, z, t }) =>
      `${path}/${page} ${well} s${site} ${channel} z${z} t${t}`,
  )
}

const PLATE = {
  rows: [{ name: 'A' }, { name: 'B' }],
  columns: [{ name: '1' }, { name: '2' }, { name: '3' }],
  wells: [{ path: 'B/3', rowIndex: 1, columnIndex: 2 }],
  name: 'screen 7',
  version: '0.4',
}

/** Axes c, y, x; two channels of 1 × 2 pixels. */
function image(
  folder: string,
  metadata: object = imageMetadata('cyx', { labels: ['DAPI', 'GFP'] }),
) {
  return {
    [`${folder}/.zattrs`]: metadata,
    [`${folder}/0/.zarray`]: older([2, 1, 2], [1, 1, 2]),
    [`${folder}/0/0/0/0`]: words(1, 2),
    [`${folder}/0/1/0/0`]: words(3, 4),
  }
}

describe('a plate of OME-Zarr 0.4', () => {
  test('has the wells, fields and channels that its metadata names', async () => {
    const { acquisitions, unmatched, faults } = await identify({
      'p.zarr/.zgroup': {},
      'p.zarr/.zattrs': { plate: PLATE },
      'p.zarr/B/.zgroup': {},
      'p.zarr/B/3/.zattrs': { well: { images: [{ path: 'one' }, { path: '0' }] } },
      ...image('p.zarr/B/3/0'),
      ...image('p.zarr/B/3/one'),
      'p.zarr/OME/METADATA.ome.xml': new TextEncoder().encode('<OME/>'),
    })
    expect(faults).toEqual([])
    expect(unmatched).toEqual([])
    expect(acquisitions).toHaveLength(1)
    const [run] = acquisitions
    expect(run).toMatchObject({
      plate: 'screen 7',
      uniqueId: null,
      folder: 'p.zarr',
      instrument: 'ome-zarr',
      namedBy: 'index',
      format: { rows: 2, columns: 3 },
      expected: 4,
      channels: [
        { wave: 1, name: 'DAPI' },
        { wave: 2, name: 'GFP' },
      ],
    })
    // In the order in which the well lists them, counted from 1.
    expect(planesOf(run)).toEqual([
      'p.zarr/B/3/0/0/0 B03 s2 DAPI z1 t1',
      'p.zarr/B/3/0/0/1 B03 s2 GFP z1 t1',
      'p.zarr/B/3/one/0/0 B03 s1 DAPI z1 t1',
      'p.zarr/B/3/one/0/1 B03 s1 GFP z1 t1',
    ])
    expect(missingPlanes(run!)).toEqual([])
  })

  test('counts steps and times from 1, in the order of its axes', async () => {
    const { acquisitions } = await identify({
      'p.zarr/.zattrs': { plate: PLATE },
      'p.zarr/B/3/.zattrs': { well: { images: [{ path: '0' }] } },
      'p.zarr/B/3/0/.zattrs': imageMetadata('tzyx', {}),
      'p.zarr/B/3/0/0/.zarray': older([2, 3, 1, 1], [1, 3, 1, 1]),
      'p.zarr/B/3/0/0/1/0/0/0': words(1, 2, 3),
    })
    const [run] = acquisitions
    expect(planesOf(run)).toEqual([
      'p.zarr/B/3/0/0/3 B03 s1 w1 z1 t2',
      'p.zarr/B/3/0/0/4 B03 s1 w1 z2 t2',
      'p.zarr/B/3/0/0/5 B03 s1 w1 z3 t2',
    ])
    expect(missingPlanes(run!).map(({ z, t }) => `z${z} t${t}`)).toEqual([
      'z1 t1',
      'z2 t1',
      'z3 t1',
    ])
  })

  test('has a run for each acquisition, of which the first may be number 0', async () => {
    const acquisitions = [
      { id: 0, starttime: 1_343_731_272_000 },
      { id: 3, name: 'again', maximumfieldcount: 1 },
    ]
    const images = [
      { path: '0', acquisition: 0 },
      { path: '1', acquisition: 3 },
      { path: '2', acquisition: 0 },
    ]
    const read = await identify({
      'p.zarr/.zattrs': { plate: { ...PLATE, acquisitions } },
      'p.zarr/B/3/.zattrs': { well: { images } },
      ...image('p.zarr/B/3/0'),
      ...image('p.zarr/B/3/1'),
      ...image('p.zarr/B/3/2'),
    })
    expect(read.unmatched).toEqual([])
    const [first, second] = read.acquisitions
    expect([first!.folder, second!.folder]).toEqual(['p.zarr', 'p.zarr/acquisition-3'])
    expect([first!.plate, second!.plate]).toEqual(['screen 7', 'screen 7'])
    expect(first!.facts!.startedAt).toBe('2012-07-31T10:41:12.000Z')
    expect(second!.facts).toBeUndefined()
    expect(planesOf(first).map(plane => plane.split(' s')[1])).toEqual([
      '1 DAPI z1 t1',
      '1 GFP z1 t1',
      '2 DAPI z1 t1',
      '2 GFP z1 t1',
    ])
    expect(planesOf(second)).toEqual([
      'p.zarr/B/3/1/0/0 B03 s1 DAPI z1 t1',
      'p.zarr/B/3/1/0/1 B03 s1 GFP z1 t1',
    ])
  })

  test('promises wells that have not come by what it says of all, and images like those that came', async () => {
    const wells = [...PLATE.wells, { path: 'A/1', rowIndex: 0, columnIndex: 0 }]
    const { acquisitions } = await identify({
      'p.zarr/.zattrs': { plate: { ...PLATE, wells, field_count: 2 } },
      'p.zarr/B/3/.zattrs': { well: { images: [{ path: '0' }, { path: '1' }, { path: '2' }] } },
      ...image('p.zarr/B/3/0'),
    })
    const [run] = acquisitions
    expect(run!.expected).toBe(10)
    const missing = missingPlanes(run!).map(
      ({ well, site, channel }) => `${well} ${site} ${channel}`,
    )
    expect(missing.sort()).toEqual([
      'A01 1 DAPI',
      'A01 1 GFP',
      'A01 2 DAPI',
      'A01 2 GFP',
      'B03 2 DAPI',
      'B03 2 GFP',
      'B03 3 DAPI',
      'B03 3 GFP',
    ])
  })

  test('promises nothing of channels before an image came', async () => {
    const { acquisitions, unmatched } = await identify({
      'p.zarr/.zattrs': { plate: PLATE },
      'p.zarr/B/3/.zattrs': { well: { images: [{ path: '0' }] } },
    })
    expect(unmatched).toEqual([])
    expect(acquisitions).toMatchObject([{ promised: null, expected: null, planes: [] }])
  })

  test('takes the images that are there where a well says none, by their numbers', async () => {
    const { acquisitions } = await identify({
      'p.zarr/.zattrs': {
        plate: {
          rows: [{ name: 'B' }],
          columns: [{ name: '03' }],
          wells: [{ path: 'B/03', rowIndex: 0, columnIndex: 0 }],
        },
      },
      ...image('p.zarr/B/03/10'),
      ...image('p.zarr/B/03/9'),
    })
    const [run] = acquisitions
    // The plate lists what was imaged, so its size is not known.
    expect(run).toMatchObject({ plate: 'p', format: null, expected: 4 })
    expect(planesOf(run).map(plane => plane.split(' ').slice(0, 3).join(' '))).toEqual([
      'p.zarr/B/03/10/0/0 B03 s2',
      'p.zarr/B/03/10/0/1 B03 s2',
      'p.zarr/B/03/9/0/0 B03 s1',
      'p.zarr/B/03/9/0/1 B03 s1',
    ])
  })

  test('may be the surveyed folder itself', async () => {
    const { acquisitions, unmatched } = await identify({
      '.zattrs': { plate: PLATE },
      'B/3/.zattrs': { well: { images: [{ path: '0' }] } },
      ...image('B/3/0'),
    })
    expect(unmatched).toEqual([])
    expect(acquisitions).toMatchObject([{ folder: '', plate: 'screen 7' }])
  })

  test('leaves what is no part of it to others', async () => {
    const { unmatched } = await identify({
      'p.zarr/.zattrs': { plate: PLATE },
      'p.zarr/B/3/.zattrs': { well: { images: [{ path: '0' }] } },
      ...image('p.zarr/B/3/0'),
      'p.zarr/B/3/notes.txt': words(1),
      'p.zarr/B/3/stray/.zarray': older([1, 1], [1, 1]),
    })
    expect(unmatched).toEqual(['p.zarr/B/3/notes.txt', 'p.zarr/B/3/stray'])
  })
})

test('a plate of OME-Zarr 0.5 is read from its attributes', async () => {
  const ome = (what: object) => ({
    zarr_format: 3,
    node_type: 'group',
    attributes: { ome: { version: '0.5', ...what } },
  })
  const { acquisitions, unmatched, faults } = await identify({
    'p.zarr/zarr.json': ome({ plate: PLATE }),
    'p.zarr/B/3/zarr.json': ome({ well: { images: [{ path: '0' }] } }),
    'p.zarr/B/3/0/zarr.json': ome(
      imageMetadata('czyx', { labels: ['DAPI', 'DAPI'], arrays: ['s0', 's1'] }),
    ),
    'p.zarr/B/3/0/s0/zarr.json': newer([2, 1, 1, 2], [1, 1, 1, 2]),
    'p.zarr/B/3/0/s0/c/0/0/0/0': words(1, 2),
    'p.zarr/B/3/0/s0/c/1/0/0/0': words(1, 2),
    'p.zarr/B/3/0/s1/zarr.json': newer([2, 1, 1, 1], [1, 1, 1, 1]),
  })
  expect(faults).toEqual([])
  expect(unmatched).toEqual([])
  expect(planesOf(acquisitions[0])).toEqual([
    'p.zarr/B/3/0/s0/0 B03 s1 DAPI z1 t1',
    'p.zarr/B/3/0/s0/1 B03 s1 DAPI (w2) z1 t1',
  ])
})

describe('the place of an image', () => {
  async function factsOf(...images: readonly object[]) {
    const { acquisitions } = await identify({
      'p.zarr/.zattrs': { plate: PLATE },
      'p.zarr/B/3/.zattrs': { well: { images: images.map((_, i) => ({ path: `${i}` })) } },
      ...Object.assign({}, ...images.map((metadata, i) => image(`p.zarr/B/3/${i}`, metadata))),
    })
    return acquisitions[0]!.planes.filter(({ page }) => page === 0).map(({ facts }) => facts)
  }

  test('is its middle, in µm', async () => {
    const [first, second] = await factsOf(
      imageMetadata('cyx', { translation: [10, 20] }),
      imageMetadata('cyx', { translation: [0.01, 0.03], scale: 0.0005, unit: 'millimeter' }),
    )
    expect(first).toEqual({
      pixelSize: 0.5,
      position: { x: 20.5, y: 10.25, z: null },
      takenAt: null,
    })
    expect(second!.pixelSize).toBeCloseTo(0.5)
    expect(second!.position!.x).toBeCloseTo(30.5)
  })

  test('is none where all fields of a well are said to be in one', async () => {
    const same = imageMetadata('cyx', { translation: [0, 0] })
    expect(await factsOf(same, same)).toMatchObject([{ position: null }, { position: null }])
  })

  test('is not guessed where no unit is named or pixels are not square', async () => {
    const odd = imageMetadata('cyx', { translation: [0, 9] })
    odd.multiscales[0]!.datasets[0]!.coordinateTransformations[0]!.scale = [1, 0.5, 0.7]
    expect(await factsOf(imageMetadata('cyx', { unit: 'pixel' }), odd)).toEqual([
      undefined,
      undefined,
    ])
  })

  test('may be said of the image as a whole', async () => {
    const metadata = imageMetadata('cyx', { translation: [1, 2] })
    const whole = {
      ...metadata.multiscales[0]!,
      coordinateTransformations: [{ type: 'scale', scale: [1, 2, 2] }],
    }
    const [facts] = await factsOf({ ...metadata, multiscales: [whole] })
    expect(facts).toEqual({ pixelSize: 1, position: { x: 5, y: 2.5, z: null }, takenAt: null })
  })
})

describe('images that belong to no plate', () => {
  test('are fields of no well, with their channels, steps and times', async () => {
    const { acquisitions, unmatched, folder } = await identify({
      'day/a.zarr/.zattrs': imageMetadata('tcyx', { labels: ['DAPI'] }),
      'day/a.zarr/0/.zarray': older([2, 1, 1, 2], [1, 1, 1, 2]),
      'day/a.zarr/0/0/0/0/0': words(1, 2),
      'day/a.zarr/0/1/0/0/0': words(1, 2),
      'day/a.zarr/labels/.zattrs': { labels: ['x'] },
      'day/a.zarr/labels/x/.zattrs': { ...imageMetadata('yx'), 'image-label': {} },
      ...image('day/b.zarr'),
    })
    expect(unmatched).toEqual([])
    expect(acquisitions).toMatchObject([
      { plate: 'day', folder: 'day', instrument: 'ome-zarr', namedBy: 'loose', promised: null },
    ])
    const fields = groupFields(acquisitions[0]!)
    expect(
      fields.map(({ name, planes }) => `${name} ${planes.map(plane => plane.channel).join()}`),
    ).toEqual(['day/a.zarr DAPI', 'day/a.zarr_t2 DAPI', 'day/b.zarr DAPI,GFP'])
    expect(folder).not.toBe('')
  })

  test('may be the surveyed folder itself', async () => {
    const { acquisitions, unmatched } = await identify({
      '.zattrs': imageMetadata('yx'),
      '0/.zarray': older([1, 2], [1, 2]),
      '0/0/0': words(1, 2),
    })
    expect(unmatched).toEqual([])
    expect(acquisitions).toMatchObject([
      { folder: '', planes: [{ path: '0', page: 0, well: null }] },
    ])
  })
})

describe('hostile metadata', () => {
  const wellsOf = (...paths: readonly string[]) => ({
    plate: { ...PLATE, wells: paths.map(path => ({ path, rowIndex: 1, columnIndex: 2 })) },
  })

  test.each([
    ['a well outside the plate', wellsOf('../other/B/3'), 'leads out of the plate'],
    ['an absolute well', wellsOf('/etc'), 'leads out of the plate'],
    ['no wells', { plate: { rows: [], columns: [] } }, 'wells'],
    [
      'a well of no plate',
      { plate: { rows: [], columns: [], wells: [{ path: 'x', rowIndex: 900, columnIndex: 0 }] } },
      'x is no well',
    ],
    ['half of itself', new TextEncoder().encode('{"plate": {'), 'no JSON'],
  ])('of %s is a fault', async (_, metadata, said) => {
    const { faults } = await identify({ 'p.zarr/.zattrs': metadata, ...image('p.zarr/B/3/0') })
    expect(faults.join()).toContain('index-invalid p.zarr/.zattrs')
    expect(faults.join()).toContain(said)
  })

  test.each([
    ['axes nobody knows', { ...imageMetadata('qyx') }],
    ['axes in another order', { ...imageMetadata('cxy') }],
    ['an axis twice', { ...imageMetadata('ccyx') }],
    ['other axes than its array', { ...imageMetadata('tcyx') }],
    ['no array', { multiscales: [{ axes: ['y', 'x'], datasets: [] }] }],
  ])('of an image with %s costs this image alone', async (_, metadata) => {
    const { acquisitions, faults } = await identify({
      'p.zarr/.zattrs': { plate: PLATE },
      'p.zarr/B/3/.zattrs': { well: { images: [{ path: '0' }, { path: '1' }] } },
      ...image('p.zarr/B/3/0', metadata),
      ...image('p.zarr/B/3/1'),
    })
    expect(faults).toHaveLength(1)
    expect(acquisitions[0]!.planes.map(({ site }) => site)).toEqual([2, 2])
  })

  test('of an array that says nothing costs its image alone', async () => {
    const { acquisitions, faults, unmatched } = await identify({
      'p.zarr/.zattrs': { plate: PLATE },
      'p.zarr/B/3/.zattrs': { well: { images: [{ path: '0' }, { path: '1' }] } },
      ...image('p.zarr/B/3/0'),
      'p.zarr/B/3/0/0/.zarray': { zarr_format: 2 },
      ...image('p.zarr/B/3/1'),
    })
    expect(faults.join()).toMatch(/^image-corrupt p.zarr\/B\/3\/0\/0: /)
    expect(unmatched).toEqual([])
    expect(acquisitions[0]!.planes.map(({ site }) => site)).toEqual([2, 2])
  })

  test('that cannot be opened now is asked for again', async () => {
    const folder = draw(image('a.zarr'))
    const survey = await surveyFolder(folder)
    let locked = true
    const moody = rememberReadings({
      ...diskLooks,
      probeImage: async path =>
        locked ? fail({ kind: 'file-locked', path, detail: 'EBUSY' }) : diskLooks.probeImage(path),
    })
    const found = async () =>
      valueOf(await identifyAcquisitions(survey, 'auto', moody)).acquisitions[0]!.planes.length
    expect(await found()).toBe(0)
    locked = false
    expect(await found()).toBe(2)
  })

  test('that names an array elsewhere finds none', async () => {
    const { acquisitions } = await identify({
      'p.zarr/.zattrs': { plate: PLATE },
      'p.zarr/B/3/.zattrs': {
        well: { images: [{ path: '0' }, { path: '../../../x' }, { path: '0' }] },
      },
      ...image('p.zarr/B/3/0', imageMetadata('cyx', { arrays: ['../../../../x/0'] })),
      ...image('x'),
    })
    expect(acquisitions.find(({ folder }) => folder === 'p.zarr')!.planes).toEqual([])
  })

  test('of other Zarr is left alone', async () => {
    const { acquisitions, faults, unmatched } = await identify({
      'table.zarr/.zattrs': { 'encoding-type': 'anndata', __proto__: null },
      'table.zarr/X/.zarray': older([2, 2], [2, 2]),
    })
    expect([acquisitions, faults]).toEqual([[], []])
    expect(unmatched).toEqual(['table.zarr/.zattrs', 'table.zarr/X'])
  })
})

test('only the outermost metadata is an index that images wait for', () => {
  const signs = (path: string) =>
    omeZarr
      .detect([{ path, absolute: join('/', path), bytes: 1, modified: '1' }])
      .map(({ by }) => by)
  expect(signs('p.zarr/.zattrs')).toEqual(['index'])
  expect(signs('.zattrs')).toEqual(['index'])
  expect(signs('a/p.ome.zarr/zarr.json')).toEqual(['index'])
  expect(signs('p.zarr/B/3/0/.zattrs')).toEqual(['name'])
  expect(signs('p.zarr/.zgroup')).toEqual([])
  expect(signs('image.tif')).toEqual([])
})
