import { describe, expect, test } from 'vitest'
import { parsePattern, readByPattern } from '#workstation/intake/name-pattern.ts'
import { paperFiles, paperFolder } from '../../support/surveys.ts'
import { valueOf } from '../../support/value-of.ts'

async function read(pattern: string, ...paths: readonly string[]) {
  const { survey, access } = paperFiles(...paths)
  const parsed = valueOf(parsePattern(pattern))
  return (await readByPattern(parsed, 'pattern', '/screen', survey.files, access)).acquisitions
}

const places = async (pattern: string, ...paths: readonly string[]) =>
  (await read(pattern, ...paths)).flatMap(({ plate, planes }) =>
    planes.map(
      ({ well, site, channel, z, t }) => `${plate} ${well} s${site} ${channel} z${z} t${t}`,
    ),
  )

describe('a pattern with named groups', () => {
  test('says where a plane belongs', async () => {
    const pattern =
      '(?<plate>.+)_(?<well>[A-H]\\d+)_f(?<field>\\d+)_(?<channel>\\w+)_z(?<z>\\d+)_t(?<t>\\d+)\\.tif'
    expect(await places(pattern, 'P1_C7_f02_DAPI_z3_t9.tif')).toEqual(['P1 C07 s2 DAPI z3 t9'])
  })

  test('counts one site, step and time where it has no group for them', async () => {
    expect(await places('^(?<well>[A-H]\\d\\d)', 'B03.tif')).toEqual(['screen B03 s1 w1 z1 t1'])
  })

  test('may take rows and columns apart, rows by letter or number', async () => {
    const pattern = 'r(?<row>\\w+)c(?<col>\\d+)f(?<site>\\d+)-ch(?<wave>\\d)'
    expect(await places(pattern, 'r02c11f04-ch3.tiff')).toEqual(['screen B11 s4 w3 z1 t1'])
    expect(await places(pattern, 'rbc11f04-ch3.tiff')).toEqual(['screen B11 s4 w3 z1 t1'])
  })

  test('may be written in Python, with the capitals of CellProfiler', async () => {
    const pattern =
      '^(?P<Plate>.*)_(?P<Well>[A-P][0-9]{2})_s(?P<Site>[0-9])_w(?P<ChannelNumber>[0-9])'
    expect(await places(pattern, 'P1_C07_s2_w3.png')).toEqual(['P1 C07 s2 w3 z1 t1'])
  })

  test('is applied to the path when it has a slash in it', async () => {
    const pattern = '^(?<plate>[^/]+)/(?<well>[A-H]\\d\\d)/(?<channel>\\w+)\\.tif$'
    const runs = await read(pattern, 'in/P1/B03/DAPI.tif', 'P1/B03/DAPI.tif', 'P1/B04/GFP.tif')
    expect(runs).toMatchObject([{ plate: 'P1', folder: 'P1', planes: { length: 2 } }])
  })

  test('is applied to the name alone when it has none', async () => {
    const pattern = '^(?<well>[A-H]\\d\\d)\\.tif$'
    const runs = await read(pattern, 'one/B03.tif', 'two/B03.tif')
    expect(runs.map(({ plate, folder }) => [plate, folder])).toEqual([
      ['one', 'one'],
      ['two', 'two'],
    ])
  })

  test('numbers channels that have names by their order', async () => {
    const [run] = await read('(?<well>B03)_(?<channel>\\w+)\\.', 'B03_GFP.tif', 'B03_DAPI.tif')
    expect(run!.channels).toEqual([
      { wave: 1, name: 'DAPI' },
      { wave: 2, name: 'GFP' },
    ])
  })

  test('takes a wave that is a word for the name of the channel', async () => {
    expect(await places('(?<well>B03)_(?<wave>\\w+)\\.', 'B03_GFP.tif')).toEqual([
      'screen B03 s1 GFP z1 t1',
    ])
  })

  test.each([
    ['a well outside all plates', '(?<well>\\w+)\\.tif', 'A00.tif'],
    ['a site that is no number', '(?<well>A01)_(?<site>\\w+)\\.tif', 'A01_left.tif'],
    ['a file that is no image', '(?<well>A01)', 'A01.csv'],
    ['another name', '(?<well>A01)', 'B01.tif'],
  ])('does not match %s', async (_, pattern, path) => {
    expect(await read(pattern, path)).toEqual([])
  })

  test.each([
    ['without a well', '(?<plate>.*)'],
    ['with a row and no column', '(?<row>[A-H])'],
    ['with a group that means nothing', '(?<well>A01)(?<dye>.*)'],
    ['that is no regular expression', '(?<well>A01'],
  ])('is refused %s', (_, pattern) => {
    expect(parsePattern(pattern)).toMatchObject({
      fault: { kind: 'bad-option', option: '--naming', value: pattern },
    })
  })
})

describe('a file of several pages', () => {
  const pattern = valueOf(parsePattern('(?<well>B\\d\\d)_(?<channel>\\w+?)(?:_z(?<z>\\d+))?\\.tif'))

  async function readPages(pages: Readonly<Record<string, number>>) {
    const { survey, access } = paperFolder(
      Object.fromEntries(Object.keys(pages).map(path => [path, ''])),
      pages,
    )
    return readByPattern(pattern, 'pattern', '/screen', survey.files, access)
  }

  test('is a stack where its name has no depth', async () => {
    const { acquisitions, faults } = await readPages({ 'B03_DAPI.tif': 3, 'B03_GFP.tif': 1 })
    expect(acquisitions[0]!.planes.map(({ path, page, z }) => `${path} ${page} z${z}`)).toEqual([
      'B03_DAPI.tif 0 z1',
      'B03_DAPI.tif 1 z2',
      'B03_DAPI.tif 2 z3',
      'B03_GFP.tif 0 z1',
    ])
    expect(faults).toEqual([])
  })

  test('is at fault where its name has one, and leaves the others alone', async () => {
    const { acquisitions, faults } = await readPages({ 'B03_DAPI_z1.tif': 2, 'B03_DAPI_z2.tif': 1 })
    expect(acquisitions[0]!.planes.map(({ path }) => path)).toEqual(['B03_DAPI_z2.tif'])
    expect(faults).toMatchObject([{ kind: 'pages-unnamed', path: '/screen/B03_DAPI_z1.tif' }])
  })
})
