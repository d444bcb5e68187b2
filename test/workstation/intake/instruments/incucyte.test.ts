import { describe, expect, test } from 'vitest'
import type { Acquisition } from '#workstation/intake/acquisition.ts'
import { followArrivals } from '#workstation/intake/follow-arrivals.ts'
import { identifyAcquisitions } from '#workstation/intake/identify-acquisitions.ts'
import { paperFiles } from '../../../support/surveys.ts'
import { valueOf } from '../../../support/value-of.ts'

async function identify(...paths: readonly string[]) {
  const { survey, access } = paperFiles(...paths)
  return valueOf(await identifyAcquisitions(survey, 'auto', access))
}

const placesOf = ({ planes }: Acquisition) =>
  planes.map(({ well, site, channel, z, t }) => `${well} s${site} ${channel} z${z} t${t}`)

const SCANS = 'EssenFiles/ScanData'

describe('the archive of an Incucyte', () => {
  test('is a plate for each vessel, its scans counted in the order of their times', async () => {
    const { acquisitions, unmatched, signs } = await identify(
      `arch/${SCANS}/2512/31/2200/1248/A1-1-C1.tif`,
      `arch/${SCANS}/2512/31/2200/1248/A1-1-Ph.tif`,
      `arch/${SCANS}/2512/31/2200/644/B12-2-Ph.tif`,
      `arch/${SCANS}/2512/31/2200/Diag.zip`,
      `arch/${SCANS}/2601/01/0005/1248/A1-1-Ph.tif`,
      `arch/${SCANS}/2601/01/0205/1248/a1-1-ph.tif`,
    )
    expect(unmatched).toEqual([])
    expect(signs[0]).toMatchObject({ instrument: 'incucyte', by: 'name', sure: 'certain' })
    expect(acquisitions).toMatchObject([
      {
        plate: '1248',
        folder: `arch/${SCANS}`,
        namedBy: 'name',
        expected: null,
        ignored: [`arch/${SCANS}/2512/31/2200/Diag.zip`],
      },
      { plate: '644', folder: `arch/${SCANS}` },
    ])
    expect(placesOf(acquisitions[0]!)).toEqual([
      'A01 s1 C1 z1 t1',
      'A01 s1 Ph z1 t1',
      'A01 s1 Ph z1 t2',
      'A01 s1 ph z1 t3',
    ])
    expect(placesOf(acquisitions[1]!)).toEqual(['B12 s2 Ph z1 t1'])
    expect(acquisitions[0]!.planes[2]!.facts).toEqual({
      pixelSize: null,
      position: null,
      takenAt: '2026-01-01T00:05:00',
    })
  })

  test('is likely where only the folders of scans are there', async () => {
    const { signs } = await identify('2512/31/2200/1248/A1-1-C1.tif')
    expect(signs[0]).toMatchObject({ sure: 'likely' })
  })

  test.each([
    '2513/01/2200/1248/A1-1-C1.tif',
    '2512/32/2200/1248/A1-1-C1.tif',
    '2512/31/2460/1248/A1-1-C1.tif',
    '2512/31/2200/vessel/A1-1-C1.tif',
    '2512/31/2200/1248/A0-1-C1.tif',
    '2512/31/2200/1248/A1-1-X1.tif',
    'A1-1-C1.tif',
  ])('does not hold %s', async path => {
    const { acquisitions, unmatched } = await identify(path)
    expect(acquisitions).toEqual([])
    expect(unmatched).toEqual([path])
  })

  test('keeps its numbers while later scans arrive, and tells planes anew after one that comes late', async () => {
    const scan = (clock: string) => `${SCANS}/2601/01/${clock}/7/A1-1-Ph.tif`
    const { survey, access } = paperFiles(scan('0100'), scan('0300'), scan('0500'), scan('0700'))
    const [first, late, third, last] = survey.files
    const reader = followArrivals(survey.root, 'auto', access)
    const arrive = async (...files: (typeof first)[]) =>
      valueOf(await reader.arrive(files.map(file => file!))).acquisitions.flatMap(({ planes }) =>
        planes.map(({ path, t }) => `${path.split('/')[4]} t${t}`),
      )
    expect(await arrive(first)).toEqual(['0100 t1'])
    expect(await arrive(third)).toEqual(['0500 t2'])
    expect(await arrive(last)).toEqual(['0700 t3'])
    expect(await arrive(late)).toEqual(['0300 t2', '0500 t3', '0700 t4'])
  })
})

describe('exports of an Incucyte', () => {
  test.each([
    ['R2_MDF_green_B2_1_00d00h00m.tif', 'R2_MDF', 'B02 s1 green z1 t1'],
    ['exp1_Phase_A1_1_00d00h00m.tif', 'exp1', 'A01 s1 Phase z1 t1'],
    ['VID1630_A1_1_00d02h30m.tif', 'VID1630', 'A01 s1 w1 z1 t1'],
    ['phase/VID1630_C04_2_00d02h30m.tif', 'VID1630', 'C04 s2 phase z1 t1'],
    ['DE_A549_B10_6_00d00h00m.tif', 'DE_A549', 'B10 s6 w1 z1 t1'],
    ['exp_mcherry_B1_1_2019y05m03d_12h00m.tif', 'exp', 'B01 s1 mcherry z1 t1'],
    ['EXP_PHASE_AA48_1_100D00H00M.TIF', 'EXP', 'AA48 s1 PHASE z1 t1'],
  ])('%s is %s: %s', async (name, plate, place) => {
    const { acquisitions, signs } = await identify(`e/${name}`)
    expect(acquisitions).toMatchObject([{ plate, folder: 'e', instrument: 'incucyte' }])
    expect(placesOf(acquisitions[0]!)).toEqual([place])
    expect(signs[0]).toMatchObject({ sure: 'likely', why: `names like e/${name}` })
  })

  test('count scans in the order of their times, in days or dates', async () => {
    const { acquisitions } = await identify(
      'a/x_green_A1_1_00d22h00m.tif',
      'a/x_green_A1_1_12d00h00m.tif',
      'a/x_green_A1_1_100d00h00m.tif',
      'b/y_green_A1_1_2019y12m31d_23h00m.tif',
      'b/y_green_A1_1_2020y01m01d_01h00m.tif',
    )
    const [elapsed, dated] = acquisitions
    // In the order of their paths, 100 days among them.
    expect(elapsed!.planes.map(({ t }) => t)).toEqual([1, 3, 2])
    expect(dated!.planes.map(({ t }) => t)).toEqual([1, 2])
    expect(elapsed!.planes[0]!.facts).toBeUndefined()
    expect(dated!.planes[1]!.facts!.takenAt).toBe('2020-01-01T01:00:00')
  })

  test('are one plate, whose channels may be in folders', async () => {
    const { acquisitions } = await identify(
      'e/green/V_A1_1_00d00h00m.tif',
      'e/phase/V_A1_1_00d00h00m.tif',
    )
    expect(acquisitions).toMatchObject([
      { plate: 'V', folder: 'e', channels: [{ name: 'phase' }, { name: 'green' }] },
    ])
  })

  // Crops that others cut from exports, as LIVECell's, are no images of an Incucyte.
  test.each([
    'A172_Phase_A7_1_00d00h00m_1.tif',
    'x_A1_1_2019y13m01d_00h00m.tif',
    'x_A1_00d00h00m.tif',
  ])('do not hold %s', async name => {
    expect((await identify(name)).acquisitions).toEqual([])
  })
})
