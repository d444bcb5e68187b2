import { describe, expect, test } from 'vitest'
import { encodeTiffPages } from '#core/image/encode-tiff.ts'
import type { Acquisition } from '#workstation/intake/acquisition.ts'
import { missingPlanes } from '#workstation/intake/expected-planes.ts'
import { groupFields } from '#workstation/intake/group-fields.ts'
import { identifyAcquisitions } from '#workstation/intake/identify-acquisitions.ts'
import { omeImage, omeText, tiffData } from '../../../support/ome-texts.ts'
import { paperFolder } from '../../../support/surveys.ts'
import { valueOf } from '../../../support/value-of.ts'

/** A TIFF of so many pages whose first describes it. */
function tiff(description: string, pages = 1): Uint8Array {
  const page = { width: 4, height: 2, pixels: new Uint16Array(8) }
  return encodeTiffPages(
    Array.from({ length: pages }, (_, i) => (i === 0 ? { ...page, description } : page)),
  )
}

async function identify(contents: Readonly<Record<string, string | Uint8Array>>, naming = 'auto') {
  const { survey, access } = paperFolder(contents)
  return valueOf(await identifyAcquisitions(survey, naming, access))
}

const placesOf = ({ planes }: Acquisition) =>
  planes.map(({ path, page, well, site, channel, z, t }) => {
    return `${path}[${page}]: ${well} s${site} ${channel} z${z} t${t}`
  })

/** Wells by their rows and columns, with the images of their fields. */
const plate = (
  attributes: string,
  ...wells: readonly (readonly [number, number, ...number[]])[]
) => {
  const elements = wells.map(([row, column, ...images]) => {
    const samples = images.map(
      i => `<WellSample ID="s${i}" Index="${i}"><ImageRef ID="Image:${i}"/></WellSample>`,
    )
    return `<Well Row="${row}" Column="${column}">${samples.join('')}</Well>`
  })
  return `<Plate ID="Plate:0" ${attributes}>${elements.join('')}</Plate>`
}

const both = (fileName: string) =>
  ['0', '1'].map(i => tiffData(`FirstC="${i}" IFD="${i}"`, fileName))
const binaryOnly = omeText('<BinaryOnly MetadataFile="p.companion.ome"/>')

const screen = omeText(
  plate('Name="P" ExternalIdentifier="B-7" Rows="8" Columns="12"', [1, 2, 0, 1], [2, 2, 2]),
  ...[0, 1, 2].map(i => omeImage(i, { data: both(`f${i}.ome.tif`) })),
)

describe('a plate of OME-TIFFs', () => {
  test('is as its companion says', async () => {
    const { acquisitions, unmatched, faults, signs } = await identify({
      'run/p.companion.ome': screen,
      'run/f0.ome.tif': tiff(binaryOnly, 2),
      'run/f1.ome.tif': tiff(binaryOnly, 2),
      'run/f2.ome.tif': tiff(binaryOnly, 2),
    })
    expect({ unmatched, faults }).toEqual({ unmatched: [], faults: [] })
    expect(signs[0]).toMatchObject({ instrument: 'ome-tiff', by: 'index', sure: 'certain' })
    expect(acquisitions).toHaveLength(1)
    expect(acquisitions[0]).toMatchObject({
      plate: 'P',
      uniqueId: 'B-7',
      folder: 'run',
      instrument: 'ome-tiff',
      namedBy: 'index',
      format: { rows: 8, columns: 12 },
      expected: 6,
      ignored: ['run/p.companion.ome'],
      promised: [
        { wells: ['B03'], sites: [1, 2], z: [1], t: [1] },
        { wells: ['C03'], sites: [1] },
      ],
    })
    expect(placesOf(acquisitions[0]!)).toEqual([
      'run/f0.ome.tif[0]: B03 s1 DAPI z1 t1',
      'run/f0.ome.tif[1]: B03 s1 FITC z1 t1',
      'run/f1.ome.tif[0]: B03 s2 DAPI z1 t1',
      'run/f1.ome.tif[1]: B03 s2 FITC z1 t1',
      'run/f2.ome.tif[0]: C03 s1 DAPI z1 t1',
      'run/f2.ome.tif[1]: C03 s1 FITC z1 t1',
    ])
  })

  test('is promised before its first image has arrived', async () => {
    const { acquisitions, unmatched } = await identify({ 'p.companion.ome': screen })
    expect(unmatched).toEqual([])
    expect(acquisitions).toMatchObject([{ plate: 'P', expected: 6, planes: [] }])
    expect(missingPlanes(acquisitions[0]!)).toHaveLength(6)
  })

  test('lacks the files and the pages that are not there', async () => {
    const { acquisitions } = await identify({
      'p.companion.ome': screen,
      'f0.ome.tif': tiff(binaryOnly, 1),
    })
    expect(placesOf(acquisitions[0]!)).toEqual(['f0.ome.tif[0]: B03 s1 DAPI z1 t1'])
    expect(missingPlanes(acquisitions[0]!)).toHaveLength(5)
  })

  test.each(['f0.ome.tif', 'f2.ome.tif'])('may be described in %s alone', async master => {
    const description = (name: string) =>
      name === master ? screen : omeText(`<BinaryOnly MetadataFile="${master}"/>`)
    const names = ['f0.ome.tif', 'f1.ome.tif', 'f2.ome.tif']
    const { acquisitions, unmatched } = await identify(
      Object.fromEntries(names.map(name => [name, tiff(description(name), 2)])),
    )
    expect(unmatched).toEqual([])
    expect(acquisitions).toMatchObject([{ plate: 'P', expected: 6, planes: { length: 6 } }])
  })

  test('may be described in every file at length, and is read once', async () => {
    const names = ['f0.ome.tif', 'f1.ome.tif', 'f2.ome.tif']
    const { survey, access } = paperFolder(
      Object.fromEntries(names.map(name => [name, tiff(screen, 2)])),
    )
    const described: string[] = []
    const found = valueOf(
      await identifyAcquisitions(survey, 'auto', {
        ...access,
        readDescription(path, page) {
          described.push(path)
          return access.readDescription(path, page)
        },
      }),
    )
    expect(found.acquisitions).toMatchObject([{ expected: 6, planes: { length: 6 } }])
    expect(described).toEqual(['/screen/f0.ome.tif'])
  })

  test('may be described field by field', async () => {
    const file = (i: number) =>
      omeText(plate('Name="P"', [0, 0, i]), omeImage(i, { data: both(`f${i}.ome.tif`) }))
    const { acquisitions } = await identify({
      'f0.ome.tif': tiff(file(0), 2),
      'f1.ome.tif': tiff(file(1), 2),
    })
    expect(acquisitions).toMatchObject([{ plate: 'P', expected: 4, planes: { length: 4 } }])
    expect(acquisitions[0]!.planes.map(({ site }) => site)).toEqual([1, 1, 2, 2])
  })

  test('has a run for each of several plate acquisitions', async () => {
    const runs =
      '<PlateAcquisition ID="r:0" Name="day 1"><WellSampleRef ID="s0"/></PlateAcquisition>' +
      '<PlateAcquisition ID="r:1" StartTime="2024-01-02T03:04:05"><WellSampleRef ID="s1"/></PlateAcquisition>'
    const text = omeText(
      plate('Name="P"', [0, 0, 0, 1]).replace('</Plate>', `${runs}</Plate>`),
      ...[0, 1].map(i => omeImage(i, { data: both(`f${i}.ome.tif`) })),
    )
    const { acquisitions } = await identify({
      'p.companion.ome': text,
      'f0.ome.tif': tiff(binaryOnly, 2),
      'f1.ome.tif': tiff(binaryOnly, 2),
    })
    expect(acquisitions).toMatchObject([
      { plate: 'P', folder: 'day 1', expected: 2 },
      { plate: 'P', folder: 'r:1', expected: 2, facts: { startedAt: '2024-01-02T03:04:05.000' } },
    ])
    expect(acquisitions.map(({ planes }) => planes[0]!.site)).toEqual([1, 1])
  })

  test('two plates of one name in one text are two plates', async () => {
    const second = plate('Name="P"', [0, 0, 1]).replace('Plate:0', 'Plate:1')
    const { acquisitions } = await identify({
      'p.companion.ome': omeText(plate('Name="P"', [0, 0, 0]), second, omeImage(0), omeImage(1)),
    })
    expect(acquisitions.map(({ plate }) => plate)).toEqual(['P Plate:0', 'P Plate:1'])
  })
})

describe('images of no well', () => {
  test('are fields by file, series and time', async () => {
    const text = omeText(
      omeImage(0, { data: ['0', '1'].map(i => tiffData(`FirstC="${i}" IFD="${i}"`)) }),
      omeImage(1, {
        pixels: 'SizeZ="1" SizeC="1" SizeT="2"',
        channels: ['GFP'],
        data: [tiffData('IFD="2" PlaneCount="2"')],
      }),
    )
    const { acquisitions } = await identify({ 'series/a.ome.tif': tiff(text, 4) })
    expect(acquisitions).toMatchObject([{ plate: 'series', namedBy: 'loose', promised: null }])
    const fields = groupFields(acquisitions[0]!)
    expect(fields.map(({ name, t, planes }) => [name, t, planes.length])).toEqual([
      ['series/a.ome.tif', 1, 2],
      ['series/a.ome.tif_s2', 1, 1],
      ['series/a.ome.tif_s2_t2', 2, 1],
    ])
  })

  test('are one field over several files', async () => {
    const data = ['1', '2'].map((n, z) => tiffData(`FirstZ="${z}" IFD="0"`, `z${n}.ome.tif`))
    const text = omeText(
      omeImage(0, { pixels: 'SizeZ="2" SizeC="1" SizeT="1"', channels: [], data }),
    )
    const { acquisitions, unmatched } = await identify({
      'z1.ome.tif': tiff(text),
      'z2.ome.tif': tiff(text),
    })
    expect(unmatched).toEqual([])
    const fields = groupFields(acquisitions[0]!)
    expect(fields.map(({ name }) => name)).toEqual(['z1.ome.tif'])
    expect(fields[0]!.planes.map(({ channel, z }) => `${channel} ${z}`)).toEqual(['w1 1', 'w1 2'])
  })

  test('keep the name of their field when their first file is late', async () => {
    const data = ['1', '2'].map((n, z) => tiffData(`FirstZ="${z}" IFD="0"`, `z${n}.ome.tif`))
    const text = omeText(
      omeImage(0, { pixels: 'SizeZ="2" SizeC="1" SizeT="1"', channels: [], data }),
    )
    const { acquisitions } = await identify({ 'z2.ome.tif': tiff(text) })
    expect(groupFields(acquisitions[0]!).map(({ name }) => name)).toEqual(['z1.ome.tif'])
  })

  test('are known after their file was renamed, by their identity', async () => {
    const text = omeText(omeImage(0, { data: both('before.ome.tif') })).replace(
      '<OME ',
      '<OME UUID="urn:uuid:before.ome.tif" ',
    )
    const { acquisitions } = await identify({ 'after.ome.tif': tiff(text, 2) })
    expect(acquisitions).toMatchObject([{ planes: { length: 2 } }])
    expect(groupFields(acquisitions[0]!).map(({ name }) => name)).toEqual(['after.ome.tif'])
  })

  test('tell channels of one name apart', async () => {
    const text = omeText(omeImage(0, { channels: ['GFP', 'GFP'] }))
    const { acquisitions } = await identify({ 'a.ome.tif': tiff(text, 2) })
    expect(acquisitions[0]!.channels.map(({ name }) => name)).toEqual(['GFP', 'GFP (w2)'])
  })
})

describe('a TIFF that is not called so', () => {
  const text = omeText(omeImage(0))

  test('is found by what is in it', async () => {
    const { acquisitions } = await identify({ 'a.tif': tiff(text, 2) })
    expect(acquisitions).toMatchObject([{ instrument: 'ome-tiff', planes: { length: 2 } }])
  })

  test('is left to names where those say something', async () => {
    const { acquisitions } = await identify({ 'P_A01_s1_w1.tif': tiff(text) })
    expect(acquisitions).toMatchObject([{ plate: 'P', planes: { length: 1 } }])
    expect(acquisitions[0]!.instrument).not.toBe('ome-tiff')
  })

  test('is asked first of its folder and no other', async () => {
    const { unmatched } = await identify({ 'a.tif': tiff('ImageJ=1.53'), 'b.tif': tiff(text, 2) })
    expect(unmatched).toEqual(['a.tif', 'b.tif'])
  })

  test('may be named by a companion', async () => {
    const named = omeText(omeImage(0, { data: both('a.tif') }))
    const { acquisitions, unmatched } = await identify({
      'p.companion.ome': named,
      'a.tif': tiff('', 2),
    })
    expect({ unmatched, found: acquisitions[0]!.planes.length }).toEqual({
      unmatched: [],
      found: 2,
    })
  })
})

test.each(['sub/f0.ome.tif', 'sub\\f0.ome.tif'])(
  'a companion may name files of folders below: %s',
  async fileName => {
    const { acquisitions, unmatched } = await identify({
      'run/p.companion.ome': omeText(omeImage(0, { data: both(fileName) })),
      'run/sub/f0.ome.tif': tiff('', 2),
      'run/sub/f1.ome.tif': tiff('', 2),
    })
    expect(unmatched).toEqual(['run/sub/f1.ome.tif'])
    expect(acquisitions).toMatchObject([
      {
        folder: 'run',
        planes: [
          { path: 'run/sub/f0.ome.tif', page: 0 },
          { path: 'run/sub/f0.ome.tif', page: 1 },
        ],
      },
    ])
  },
)

describe('hostile metadata', () => {
  test.each(['../f0.ome.tif', '/screen/f0.ome.tif', 'C:\\f0.ome.tif', 'sub/../../f0.ome.tif'])(
    'never leads out of its folder: %s',
    async fileName => {
      const { acquisitions, unmatched } = await identify({
        'run/p.companion.ome': omeText(omeImage(0, { data: both(fileName) })),
        'f0.ome.tif': tiff('', 2),
        'run/sub/f0.ome.tif': tiff('', 2),
      })
      expect(acquisitions).toEqual([])
      expect(unmatched).toHaveLength(3)
    },
  )

  test('is a fault, and its files are left to others', async () => {
    const { acquisitions, unmatched, faults } = await identify({
      'p.companion.ome': '<!DOCTYPE a><OME/>',
      'a.ome.tif': tiff(binaryOnly),
    })
    expect(faults).toEqual([
      {
        kind: 'index-invalid',
        path: '/screen/p.companion.ome',
        detail: 'it declares a document type',
      },
    ])
    expect({ acquisitions, unmatched }).toEqual({ acquisitions: [], unmatched: ['a.ome.tif'] })
  })

  test('that names metadata in a circle ends', async () => {
    const { acquisitions } = await identify({
      'a.ome.tif': tiff(omeText('<BinaryOnly MetadataFile="b.ome.tif"/>')),
      'b.ome.tif': tiff(omeText('<BinaryOnly MetadataFile="a.ome.tif"/>')),
    })
    expect(acquisitions).toEqual([])
  })

  test('does not name folders of runs', async () => {
    const run = (name: string, sample: string) =>
      `<PlateAcquisition Name="${name}"><WellSampleRef ID="${sample}"/></PlateAcquisition>`
    const text = omeText(
      plate('Name="P"', [0, 0, 0, 1]).replace(
        '</Plate>',
        `${run('..', 's0')}${run('../../etc', 's1')}</Plate>`,
      ),
      omeImage(0),
      omeImage(1),
    )
    const { acquisitions } = await identify({ 'p.companion.ome': text })
    expect(acquisitions.map(({ folder }) => folder)).toEqual(['.._.._etc', '_'])
  })
})
