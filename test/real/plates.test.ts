import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Acquisition } from '#workstation/intake/acquisition.ts'
import { expectedByWell, missingPlanes } from '#workstation/intake/expected-planes.ts'
import { groupFields } from '#workstation/intake/group-fields.ts'
import { identifyAcquisitions } from '#workstation/intake/identify-acquisitions.ts'
import { diskAccess } from '#workstation/intake/disk.ts'
import { surveyFolder } from '#workstation/intake/survey-folder.ts'
import { describeReal, realPath } from '../support/real-data.ts'
import { valueOf } from '../support/value-of.ts'

async function identify(folder: string, naming = 'auto') {
  const survey = await surveyFolder(realPath(folder))
  expect(survey.faults).toEqual([])
  const result = valueOf(await identifyAcquisitions(survey, naming, diskAccess()))
  return { ...result, files: survey.files.length }
}

/** How many planes there are of each channel and depth. */
function planesByDepth({ planes }: Acquisition): Readonly<Record<string, number>> {
  const depths = planes.map(({ channel, z, projection }) =>
    projection ? `${channel} projection` : `${channel} z${z}`,
  )
  return Object.fromEntries(
    [...Map.groupBy(depths, depth => depth)].map(([depth, all]) => [depth, all.length]),
  )
}

const PLATES = 'plates'

describeReal('the shared plates', () => {
  let before: readonly string[]

  beforeAll(async () => {
    before = await times(realPath(PLATES))
  })

  afterAll(async () => {
    expect(await times(realPath(PLATES)), 'nothing may be written beside raw data').toEqual(before)
  })

  test('two ImageXpress plates of one name are two plates', async () => {
    const { acquisitions, unmatched, faults, files } = await identify('plates/imagexpress_htd')
    expect({ unmatched, faults, files }).toEqual({ unmatched: [], faults: [], files: 44 })
    expect(acquisitions).toMatchObject([
      {
        plate: '9987',
        uniqueId: 'af67a541-a074-4ed4-a516-912d0171b177',
        folder: '9987_Plate_3420',
        instrument: 'imagexpress',
        namedBy: 'index',
        expected: 1,
        planes: { length: 1 },
        ignored: { length: 2 },
      },
      {
        plate: '9987',
        uniqueId: '6f0ba473-d18a-4a31-8db8-e2087bc78145',
        folder: '9987_Plate_3434',
        instrument: 'imagexpress',
        namedBy: 'index',
        expected: 48,
        planes: { length: 36 },
        ignored: { length: 5 },
      },
    ])
  })

  test('the plate with one well is complete', async () => {
    const { acquisitions } = await identify('plates/imagexpress_htd')
    const [plate] = acquisitions
    expect(plate!.planes).toMatchObject([
      { well: 'B02', site: 1, channel: 'DAPI', z: 1, t: 1, projection: false },
    ])
    expect(missingPlanes(plate!)).toEqual([])
  })

  test('the plate with a mixed stack lacks its third step and its fourth wave', async () => {
    const { acquisitions } = await identify('plates/imagexpress_htd/9987_Plate_3434')
    const [plate] = acquisitions
    expect(plate!.channels.map(({ name }) => name)).toEqual(['DAPI', 'FITC', 'Texas Red', 'Cy5'])
    expect(groupFields(plate!).map(({ name }) => name)).toEqual([
      'B02_s1',
      'B02_s2',
      'B03_s1',
      'B03_s2',
    ])
    expect(planesByDepth(plate!)).toEqual({
      'DAPI projection': 4,
      'DAPI z1': 4,
      'DAPI z2': 4,
      'FITC projection': 4,
      'FITC z1': 4,
      'FITC z2': 4,
      'Texas Red projection': 4,
      'Texas Red z1': 4,
      'Texas Red z2': 4,
    })
    const missing = missingPlanes(plate!)
    expect(missing).toHaveLength(24)
    expect(missing.every(({ channel, z }) => channel === 'Cy5' || z === 3)).toBe(true)
    const wells = missing.map(({ well }) => well)
    expect(wells.filter(well => well === 'B02')).toHaveLength(12)
    expect([...expectedByWell(plate!.promised!)]).toEqual([
      ['B02', 24],
      ['B03', 24],
    ])
  })

  test('an ImageXpress stack without an index is read from its names', async () => {
    const { acquisitions, unmatched, faults } = await identify('plates/imagexpress_zstack')
    expect({ unmatched, faults }).toEqual({ unmatched: [], faults: [] })
    expect(acquisitions).toMatchObject([
      {
        plate: 'Projection-Mix',
        uniqueId: null,
        folder: 'Projection-Mix/2023-02-21/1334',
        namedBy: 'name',
        expected: null,
        planes: { length: 48 },
        ignored: { length: 48 },
      },
    ])
    const [stack] = acquisitions
    expect(stack!.ignored.every(path => path.includes('_thumb'))).toBe(true)
    expect(groupFields(stack!).map(({ name, planes }) => [name, planes.length])).toEqual([
      ['E07_s1', 24],
      ['E07_s2', 24],
    ])
    const steps = (channel: string) =>
      Array.from({ length: 10 }, (_, step) => [`${channel} z${step + 1}`, 2] as const)
    expect(planesByDepth(stack!)).toEqual({
      // Four waves of one setting: the light is not what they differ in.
      'FITC_05 projection': 2,
      'FITC_05 (w2) projection': 2,
      'FITC_05 (w3) projection': 2,
      ...Object.fromEntries([...steps('FITC_05'), ...steps('FITC_05 (w2)')]),
      'FITC_05 (w4) z1': 2,
    })
  })

  test('a row of a plate with general names has twelve wells of two channels', async () => {
    const { acquisitions, unmatched } = await identify('plates/sbs_plate_rowA')
    expect(unmatched).toEqual(['1049_Metadata.csv'])
    expect(acquisitions).toMatchObject([
      {
        plate: 'sbs_plate_rowA',
        folder: '',
        instrument: 'generic',
        namedBy: 'name',
        expected: null,
        channels: [{ name: 'Channel1' }, { name: 'Channel2' }],
        planes: { length: 24 },
      },
    ])
    const wells = Array.from(
      { length: 12 },
      (_, column) => `A${String(column + 1).padStart(2, '0')}`,
    )
    expect(groupFields(acquisitions[0]!).map(({ well, planes }) => [well, planes.length])).toEqual(
      wells.map(well => [well, 2]),
    )
  })

  test.each([['ome_companion', 2, 0]])(
    '%s is left unmatched, file by file',
    async (folder, all, images) => {
      const { acquisitions, unmatched, unmatchedImages } = await identify(`plates/${folder}`)
      expect(acquisitions).toEqual([])
      expect({ all: unmatched.length, images: unmatchedImages }).toEqual({ all, images })
    },
  )

  test('a pattern reads what no instrument does', async () => {
    const pattern = 'r(?<row>\\d{2})c(?<col>\\d{2})f(?<site>\\d+)p(?<z>\\d+)-ch(?<wave>\\d+)sk'
    const { acquisitions, unmatched } = await identify('plates/phenix_v1', pattern)
    expect(acquisitions).toMatchObject([
      { plate: 'images', folder: 'images', instrument: 'pattern', channels: { length: 6 } },
    ])
    expect(acquisitions[0]!.planes.every(({ well, site }) => well === 'A01' && site === 1)).toBe(
      true,
    )
    expect(unmatched).toHaveLength(3)
  })

  test('the focus series has the names of MetaXpress and of BBBC006', async () => {
    const { acquisitions, unmatched } = await identify('focus')
    expect(unmatched).toEqual([])
    expect(acquisitions).toMatchObject([
      { plate: '00_mcf-z-stacks-03212011', instrument: 'imagexpress', planes: { length: 12 } },
      { plate: 'BBBC006_z_aligned', instrument: 'generic', planes: { length: 5 } },
    ])
    const channels = acquisitions.flatMap(({ channels }) => channels.map(({ name }) => name))
    expect(channels).toEqual(['w1', 'w1'])
    expect(acquisitions[1]!.planes.every(({ z }) => z === 10)).toBe(true)
  })

  test.each(['nuclei', 'defects', 'hostile', 'annotators', 'tiff-valid'])(
    'no well is guessed among the images of %s',
    async folder => {
      const { acquisitions, unmatched, files } = await identify(folder)
      expect(acquisitions).toEqual([])
      expect(unmatched).toHaveLength(files)
    },
  )
})

/** Every folder and file below, with its time of change. */
async function times(root: string): Promise<readonly string[]> {
  const entries = await readdir(root, { recursive: true })
  return Promise.all(
    ['.', ...entries].sort().map(async path => {
      const { mtimeNs } = await stat(join(root, path), { bigint: true })
      return `${path} ${mtimeNs}`
    }),
  )
}
