import { expect, test } from 'vitest'
import type { Acquisition } from '#workstation/intake/acquisition.ts'
import { diskAccess } from '#workstation/intake/disk.ts'
import { expectedByWell, missingPlanes } from '#workstation/intake/expected-planes.ts'
import { identifyAcquisitions } from '#workstation/intake/identify-acquisitions.ts'
import { surveyFolder } from '#workstation/intake/survey-folder.ts'
import { describeReal, realPath } from '../support/real-data.ts'
import { valueOf } from '../support/value-of.ts'

/** The truth was read from the indexes with Python's ElementTree, not with what is tested here. */
async function identify(folder: string, lost: readonly string[] = []) {
  const survey = await surveyFolder(realPath(folder))
  const files = survey.files.filter(({ path }) => !lost.some(name => path.endsWith(name)))
  const result = await identifyAcquisitions({ ...survey, files }, 'auto', diskAccess())
  const { acquisitions, ...rest } = valueOf(result)
  expect(acquisitions).toHaveLength(1)
  return { run: acquisitions[0]!, ...rest }
}

function distinct<T>(run: Acquisition, what: (plane: Acquisition['planes'][number]) => T) {
  return [...new Set(run.planes.map(what))].sort()
}

describeReal('a plate of an Opera Phenix', () => {
  const folder = 'plates/phenix_v1'
  const channels = [
    ['Alexa 647', 640, 706, 134611.905, '2021-03-29T16:55:28.987-04:00'],
    ['Alexa 568', 561, 599, 134613.901, '2021-03-29T16:55:29.143-04:00'],
    ['488 long', 488, 599, 134613.901, '2021-03-29T16:55:29.207-04:00'],
    ['Alexa 488', 488, 522, 134612.903, '2021-03-29T16:55:29.363-04:00'],
    ['HOECHST 33342', 405, 456, 134612.903, '2021-03-29T16:55:29.517-04:00'],
    ['Brightfield', 740, null, 134616.897, '2021-03-29T16:55:29.69-04:00'],
  ] as const

  test('is known by its index, and its planes are where that puts them', async () => {
    const { run, signs, faults, unmatched } = await identify(folder)
    expect(faults).toEqual([])
    expect(unmatched).toEqual(['config_v1.yml', 'load_data_version1.csv'])
    expect(signs[0]).toMatchObject({ instrument: 'operetta', by: 'index', sure: 'certain' })
    expect(run).toMatchObject({
      plate: 'BR00121482',
      uniqueId: 'BR00121482',
      folder: '',
      instrument: 'operetta',
      namedBy: 'index',
      format: { rows: 16, columns: 24 },
      expected: 6,
      ignored: ['images/Index.idx.xml'],
    })
    expect(run.channels).toEqual(channels.map(([name], index) => ({ wave: index + 1, name })))
    expect(run.planes).toMatchObject(
      channels.map(([channel, , , z, takenAt], index) => ({
        path: `images/r01c01f01p01-ch${index + 1}sk1fk1fl1.tiff`,
        page: 0,
        well: 'A01',
        site: 1,
        channel,
        z: 1,
        t: 1,
        facts: {
          pixelSize: expect.closeTo(0.5979760809567617, 9),
          position: { x: 0, y: 0, z: expect.closeTo(z, 6) },
          takenAt,
        },
      })),
    )
    expect(missingPlanes(run)).toEqual([])
  })

  test('was imaged as its index says, with a flat field for what fluoresces', async () => {
    const { run } = await identify(folder)
    expect(run.facts).toEqual({
      startedAt: '2021-03-29T16:51:44.6444882-04:00',
      objective: { name: null, magnification: 20, numericalAperture: 1 },
      channels: channels.map(([channel, excitation, emission], index) => ({
        channel,
        excitation,
        emission,
        exposure: 10,
        flatField: index < 5 ? `images/Index.idx.xml#FlatfieldProfile:${index + 1}` : null,
      })),
    })
  })

  test('misses a plane that is taken away', async () => {
    const { run } = await identify(folder, ['-ch5sk1fk1fl1.tiff'])
    expect(run.planes).toHaveLength(5)
    expect(missingPlanes(run)).toEqual([
      {
        well: 'A01',
        site: 1,
        channel: 'HOECHST 33342',
        wave: 5,
        z: 1,
        t: 1,
        projection: false,
      },
    ])
  })

  test('without its index is read from its names', async () => {
    const { run } = await identify(folder, ['Index.idx.xml'])
    expect(run).toMatchObject({ plate: 'phenix_v1', folder: '', namedBy: 'name', expected: null })
    expect(distinct(run, ({ channel }) => channel)).toEqual(
      [1, 2, 3, 4, 5, 6].map(wave => `ch${wave}`),
    )
  })
})

describeReal('a plate of a CV8000', () => {
  const folder = 'plates/yokogawa_cv8000'
  const plate = 'CV8000-Minimal-DataSet-2C-3W-4S-FP2-stack'
  const runFolder = `${plate}_20230918_135839/${plate}`

  test('is known by its index, and its planes are where that puts them', async () => {
    const { run, signs, faults, unmatched } = await identify(folder)
    expect(faults).toEqual([])
    expect(unmatched).toEqual([
      `${plate}_20230918_135839/TRACE-incomplete.log`,
      `${plate}_20230918_135839/TRACE2023-XX-XX.log`,
    ])
    expect(signs[0]).toMatchObject({ instrument: 'yokogawa', by: 'index', sure: 'certain' })
    expect(run).toMatchObject({
      plate,
      uniqueId: null,
      folder: runFolder,
      instrument: 'yokogawa',
      namedBy: 'index',
      format: { rows: 8, columns: 12 },
      channels: [
        { wave: 1, name: '405' },
        { wave: 2, name: '488' },
      ],
      expected: 96,
      planes: { length: 96 },
      ignored: { length: 13 },
    })
    expect([...expectedByWell(run.promised!)]).toEqual([
      ['D08', 32],
      ['E03', 32],
      ['F08', 32],
    ])
    expect(missingPlanes(run)).toEqual([])
    expect(distinct(run, ({ z }) => z)).toEqual([1, 2, 3, 4])
    expect(distinct(run, ({ t }) => t)).toEqual([1])
    expect(distinct(run, ({ facts }) => facts?.pixelSize)).toEqual([0.325])
    expect(distinct(run, ({ z, facts }) => `${z} ${facts?.position?.z}`)).toEqual([
      '1 0',
      '2 3',
      '3 6',
      '4 9',
    ])
    // The stage's y grows upwards: the first fields are the upper ones.
    const place = ({ site, facts }: Acquisition['planes'][number]) =>
      `${site}: ${facts?.position?.x} ${facts?.position?.y}`
    expect(distinct(run, place)).toEqual([
      '1: -567.1 -402.9',
      '2: 82.8 -402.9',
      '3: -567.1 247',
      '4: 82.8 247',
    ])
    const times = distinct(run, ({ facts }) => facts?.takenAt)
    expect([times.length, times[0], times.at(-1)]).toEqual([
      96,
      '2023-09-18T13:58:44.438+02:00',
      '2023-09-18T13:59:14.914+02:00',
    ])
  })

  test('was imaged as its settings say, with the shading images beside it', async () => {
    const { run } = await identify(folder)
    expect(run.facts).toEqual({
      startedAt: '2023-09-18T13:58:39.4014935+02:00',
      objective: { name: '20x v2', magnification: 20, numericalAperture: null },
      channels: [
        {
          channel: '405',
          excitation: 405,
          emission: 445,
          exposure: 100,
          flatField: `${runFolder}/SC_BP445-45_20x v2_M01_CH01.tif`,
        },
        {
          channel: '488',
          excitation: 488,
          emission: 525,
          exposure: 100,
          flatField: `${runFolder}/SC_BP525-50_20x v2_M01_CH02.tif`,
        },
      ],
    })
  })

  test('misses a plane that is taken away', async () => {
    const { run } = await identify(folder, ['E03_T0001F003L01A02Z04C02.tif'])
    expect(run.planes).toHaveLength(95)
    expect(missingPlanes(run)).toEqual([
      { well: 'E03', site: 3, channel: '488', wave: 2, z: 4, t: 1, projection: false },
    ])
  })

  test('keeps its promise without the list, and its planes without any index', async () => {
    const begun = await identify(folder, ['MeasurementData.mlf', '_D08_T0001F001L01A01Z01C01.tif'])
    expect(begun.run).toMatchObject({ expected: 96, planes: { length: 95 } })
    const { run } = await identify(folder, ['.mlf', '.mrf', '.mes', '.wpi', '.wpp'])
    expect(run).toMatchObject({ plate, namedBy: 'name', expected: null, planes: { length: 96 } })
    expect(distinct(run, ({ channel }) => channel)).toEqual(['A01C01', 'A02C02'])
  })
})
