import { describe, expect, test } from 'vitest'
import { missingPlanes } from '#workstation/intake/expected-planes.ts'
import { identifyAcquisitions } from '#workstation/intake/identify-acquisitions.ts'
import { harmonyName, harmonyXml, type ListedImage } from '../../../support/harmony-indexes.ts'
import { paperFolder } from '../../../support/surveys.ts'
import { valueOf } from '../../../support/value-of.ts'

async function identify(contents: Readonly<Record<string, string>>) {
  const { survey, access } = paperFolder(contents)
  return valueOf(await identifyAcquisitions(survey, 'auto', access))
}

/** The images of an index, in a folder. */
function drawn(folder: string, images: readonly ListedImage[]): Record<string, string> {
  return Object.fromEntries(images.map(image => [`${folder}/${harmonyName(image)}`, '']))
}

const FOLDER = 'BC0042__2026-02-03T10_11_12-Measurement 1'
const TWO_FIELDS: readonly ListedImage[] = [1, 2].flatMap(site =>
  [1, 2].map(channel => ({ row: 2, column: 3, site, channel })),
)

describe('a plate of an Operetta', () => {
  test('is read by its index, which promises what it lists', async () => {
    const place = '<PositionX Unit="m">1E-4</PositionX><PositionY Unit="m">2E-4</PositionY>'
    const images = TWO_FIELDS.map(image => ({ ...image, more: place }))
    const found = await identify({
      ...drawn(`${FOLDER}/Images`, images.slice(1)),
      [`${FOLDER}/Images/Index.idx.xml`]: harmonyXml(images),
      [`${FOLDER}/FFC_Profile/FFC_Profile_Measurement 1.xml`]: '<x/>',
      [`${FOLDER}/notes.txt`]: '',
    })
    expect(found).toMatchObject({
      faults: [],
      unmatched: [`${FOLDER}/notes.txt`],
      acquisitions: [
        {
          plate: 'Screen 7',
          uniqueId: 'BC0042',
          folder: FOLDER,
          instrument: 'operetta',
          namedBy: 'index',
          format: { rows: 8, columns: 12 },
          expected: 4,
          planes: { length: 3 },
          ignored: { length: 2 },
        },
      ],
    })
    const own = found.signs.filter(({ instrument }) => instrument === 'operetta')
    expect(own).toMatchObject([
      { by: 'index', sure: 'certain' },
      { by: 'name', sure: 'likely' },
    ])
    const [run] = found.acquisitions
    expect(missingPlanes(run!)).toMatchObject([{ well: 'B03', site: 1, channel: 'ch1' }])
    // Upwards in the index, downwards in the image.
    expect(run!.planes[0]!.facts?.position).toEqual({ x: 100, y: -200, z: null })
  })

  test('is known whatever the case of its names, as on a disk of Windows', async () => {
    const images = [{}]
    const { acquisitions } = await identify({
      [`images/${harmonyName({}).toUpperCase()}`]: '',
      'images/INDEX.IDX.XML': harmonyXml(images),
    })
    expect(acquisitions).toMatchObject([{ folder: '', namedBy: 'index', planes: { length: 1 } }])
  })

  test('keeps the images that its index does not name', async () => {
    const more = '<ChannelName>DAPI</ChannelName>'
    const { acquisitions } = await identify({
      ...drawn('Images', [{}, { column: 2 }]),
      'Images/Index.xml': harmonyXml([{ more }]),
    })
    expect(acquisitions).toMatchObject([{ expected: 1, namedBy: 'index', planes: { length: 2 } }])
    expect(acquisitions[0]!.planes.map(({ well, channel }) => `${well} ${channel}`)).toEqual([
      'A01 DAPI',
      'A02 DAPI',
    ])
  })

  test('is read by its names without an index, and bears the barcode of its folder', async () => {
    const stack = [{ z: 2, time: 3 }]
    const { acquisitions } = await identify(drawn(`${FOLDER}/Images`, [...TWO_FIELDS, ...stack]))
    expect(acquisitions).toMatchObject([
      {
        plate: 'BC0042',
        uniqueId: null,
        folder: FOLDER,
        namedBy: 'name',
        expected: null,
        channels: [
          { wave: 1, name: 'ch1' },
          { wave: 2, name: 'ch2' },
        ],
        planes: { length: 5 },
      },
    ])
    expect(acquisitions[0]!.planes[0]).toMatchObject({ well: 'A01', site: 1, z: 2, t: 4 })
  })

  test('is named after any other folder above its images', async () => {
    const { acquisitions } = await identify(drawn('plates/my plate/Images', [{}]))
    expect(acquisitions).toMatchObject([{ plate: 'my plate', folder: 'plates/my plate' }])
  })

  test('two measurements are two runs', async () => {
    const { acquisitions } = await identify({
      ...drawn('a/Images', [{}]),
      'a/Images/Index.idx.xml': harmonyXml([{}]),
      ...drawn('b/Images', [{}]),
      'b/Images/Index.idx.xml': harmonyXml([{}]),
    })
    expect(acquisitions.map(({ folder, planes }) => [folder, planes.length])).toEqual([
      ['a', 1],
      ['b', 1],
    ])
  })
})

describe('an index that cannot be used', () => {
  test.each([
    ['ends in the middle', harmonyXml([{}]).slice(0, -40)],
    ['has a document type', `<!DOCTYPE EvaluationInputData>${harmonyXml([{}])}`],
    ['is of something else', '<Other />'],
  ])('%s: it is at fault, and the names count', async (_, text) => {
    const { acquisitions, faults, unmatched } = await identify({
      ...drawn('Images', [{}]),
      'Images/Index.idx.xml': text,
    })
    expect(faults).toMatchObject([{ kind: 'index-invalid', path: '/screen/Images/Index.idx.xml' }])
    expect(acquisitions).toMatchObject([{ namedBy: 'name', planes: { length: 1 } }])
    expect(unmatched).toEqual([])
  })

  test('a file called Index.xml may be of anything', async () => {
    const { acquisitions, faults, unmatched, signs } = await identify({
      'Index.xml': '<catalog />',
    })
    expect({ acquisitions, faults, unmatched }).toEqual({
      acquisitions: [],
      faults: [],
      unmatched: ['Index.xml'],
    })
    expect(signs).toMatchObject([{ instrument: 'operetta', sure: 'possible' }])
  })

  test('of two the one that can be read counts', async () => {
    const { acquisitions, faults } = await identify({
      ...drawn('Images', [{}]),
      'Images/Index.idx.xml': '<EvaluationInputData Version="1"',
      'Images/Index.ref.xml': harmonyXml([{}]),
    })
    expect(faults).toHaveLength(1)
    expect(acquisitions).toMatchObject([{ namedBy: 'index', ignored: ['Images/Index.ref.xml'] }])
  })

  test('it leads to no file outside of its folder', async () => {
    const images = ['../../x.tiff', '..\\x.tiff', '/screen/x.tiff', 'C:\\x.tiff'].map(
      (url, index) => ({ url, site: index + 1 }),
    )
    const { acquisitions, unmatched } = await identify({
      'x.tiff': '',
      'run/Images/Index.idx.xml': harmonyXml(images),
    })
    expect(acquisitions).toMatchObject([{ expected: 4, planes: [] }])
    expect(unmatched).toEqual(['x.tiff'])
  })

  test('an id that is a word of JavaScript is only a word', async () => {
    const more = '<ChannelName>__proto__</ChannelName>'
    const { acquisitions } = await identify({
      ...drawn('Images', [{}]),
      'Images/Index.idx.xml': harmonyXml([{ more }], { name: 'constructor' }),
    })
    expect(acquisitions).toMatchObject([{ plate: 'constructor', expected: 1 }])
    expect(acquisitions[0]!.channels).toEqual([{ wave: 1, name: '__proto__' }])
  })
})

describe('an export of Columbus', () => {
  const space = 'http://www.perkinelmer.com/Columbus'

  test('has several planes in a file', async () => {
    const images = [0, 1, 2].map(page => ({ url: '001001-1.tif', z: page + 1, time: 1, page }))
    const { acquisitions, unmatched } = await identify({
      '001001-1.tif': '',
      'ImageIndex.ColumbusIDX.xml': harmonyXml(images, { space }),
      'ImageIndex.ColumbusIDX.csv': '',
      'MeasurementIndex.ColumbusIDX.xml': '<ColumbusMeasurementIndex />',
    })
    expect(unmatched).toEqual([])
    expect(acquisitions).toMatchObject([
      {
        instrument: 'operetta',
        expected: 3,
        planes: [
          { page: 0, z: 1, t: 1 },
          { page: 1, z: 2, t: 1 },
          { page: 2, z: 3, t: 1 },
        ],
        ignored: { length: 3 },
      },
    ])
  })

  test('of an archive has its index and the images of each well in folders of their own', async () => {
    const images = [
      { row: 1, column: 1 },
      { row: 1, column: 1, site: 2 },
      { row: 2, column: 3 },
    ]
    const [first, , third] = images.map(harmonyName)
    const archive = {
      [`m/images/r01c01/${first}`]: '',
      [`m/images/r02c03/${third}`]: '',
      'm/flatfieldcorrection/01234567.xml': '',
    }
    const { acquisitions, unmatched, faults } = await identify({
      ...archive,
      'm/index/01234567.xml': harmonyXml(images),
    })
    expect({ unmatched, faults }).toEqual({ unmatched: [], faults: [] })
    expect(acquisitions).toMatchObject([
      { folder: 'm', namedBy: 'index', expected: 3, planes: [{ well: 'A01' }, { well: 'B03' }] },
    ])
    expect(missingPlanes(acquisitions[0]!)).toMatchObject([{ well: 'A01', site: 2 }])
    const named = await identify(archive)
    expect(named.acquisitions).toMatchObject([{ plate: 'm', folder: 'm', planes: { length: 2 } }])
  })

  test('is one run where each time point has a folder of its own', async () => {
    const index = harmonyXml([{ url: 'a.tif' }], { space })
    const { acquisitions } = await identify({
      'm/MeasurementIndex.ColumbusIDX.xml': '<ColumbusMeasurementIndex />',
      'm/t1/ImageIndex.ColumbusIDX.xml': index,
      'm/t1/a.tif': '',
      'm/t2/ImageIndex.ColumbusIDX.xml': index,
      'm/t2/a.tif': '',
    })
    expect(acquisitions).toMatchObject([
      { folder: 'm', expected: 2, planes: [{ t: 1 }, { t: 2 }], faults: [] },
    ])
  })
})
