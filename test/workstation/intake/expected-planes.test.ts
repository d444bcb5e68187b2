import { describe, expect, test } from 'vitest'
import type { Acquisition, PlaneBlock } from '#workstation/intake/acquisition.ts'
import { expectedByWell, missingPlanes } from '#workstation/intake/expected-planes.ts'
import { identifyAcquisitions } from '#workstation/intake/identify-acquisitions.ts'
import { htdText, paperFiles, paperFolder, type PaperFolder } from '../../support/surveys.ts'
import { valueOf } from '../../support/value-of.ts'

async function run({ survey, access }: PaperFolder): Promise<Acquisition> {
  return valueOf(await identifyAcquisitions(survey, 'auto', access)).acquisitions[0]!
}

const missing = (acquisition: Acquisition) =>
  missingPlanes(acquisition).map(
    ({ well, site, channel, z, t }) => `${well} s${site} ${channel} z${z} t${t}`,
  )

const index = htdText({ wells: ['A02', 'B01'], sites: [2, 1], waves: ['DAPI', 'GFP'] })

describe('the planes of a run', () => {
  test('are missing where the index promises them and no file holds them', async () => {
    const acquisition = await run(
      paperFolder({
        'P.HTD': index,
        'P_A02_s1_w1.TIF': '',
        'P_A02_s1_w2.TIF': '',
        'P_A02_s2_w1.TIF': '',
        'P_A02_s2_w2.TIF': '',
        'P_B01_s2_w1.TIF': '',
      }),
    )
    expect(acquisition.expected).toBe(8)
    expect(missing(acquisition)).toEqual([
      'B01 s1 DAPI z1 t1',
      'B01 s1 GFP z1 t1',
      'B01 s2 GFP z1 t1',
    ])
  })

  test('are all missing before the first has arrived', async () => {
    const acquisition = await run(paperFolder({ 'P.HTD': index }))
    expect(missing(acquisition)).toHaveLength(8)
  })

  test('of a step are not replaced by a projection', async () => {
    const acquisition = await run(
      paperFolder({
        'P.HTD': htdText({ wells: ['A01'], zSteps: 2 }),
        'ZStep_0/P_A01.TIF': '',
        'ZStep_1/P_A01.TIF': '',
      }),
    )
    expect(missing(acquisition)).toEqual(['A01 s1 DAPI z2 t1'])
  })

  test('are never missing without an index', async () => {
    const acquisition = await run(paperFiles('P_A01_s1_w1.tif', 'P_A01_s2_w2.tif'))
    expect(missing(acquisition)).toEqual([])
  })
})

describe('what is expected of a well', () => {
  const block = (
    wells: readonly string[],
    sites: readonly number[],
    names = ['DAPI', 'GFP'],
  ): PlaneBlock => ({
    wells,
    sites,
    channels: names.map((name, i) => ({ wave: i + 1, name })),
    z: [1, 2],
    t: [1],
  })

  test('is every combination that a block promises', () => {
    expect([...expectedByWell([block(['A01', 'B02'], [1, 2, 3])])]).toEqual([
      ['A01', 12],
      ['B02', 12],
    ])
  })

  test('adds up over blocks that promise different planes', () => {
    const blocks = [block(['A01'], [1]), block(['A01'], [2]), block(['A02'], [2])]
    expect([...expectedByWell(blocks)]).toEqual([
      ['A01', 8],
      ['A02', 4],
    ])
  })

  test('counts a plane once that several imaging runs promise', () => {
    const whole = block(['A01', 'A02'], [1, 2])
    const again = block(['A02'], [2, 3], ['DAPI'])
    expect([...expectedByWell([whole, whole, again])]).toEqual([
      ['A01', 8],
      ['A02', 10],
    ])
  })

  test('is nothing where nothing is promised', () => {
    expect(expectedByWell([]).size).toBe(0)
  })
})
