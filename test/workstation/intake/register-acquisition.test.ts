import { expect, test } from 'vitest'
import { encodeTiff } from '#core/image/encode-tiff.ts'
import type { Acquisition } from '#workstation/intake/acquisition.ts'
import { expectedByWell } from '#workstation/intake/expected-planes.ts'
import { identifyAcquisitions } from '#workstation/intake/identify-acquisitions.ts'
import { registerAcquisition } from '#workstation/intake/register-acquisition.ts'
import { all } from '#workstation/store/db.ts'
import { currentPlanes } from '#workstation/store/fields.ts'
import { promisesOf } from '#workstation/store/promises.ts'
import { memoryDb } from '../../support/stores.ts'
import { htdText, paperFiles, paperFolder, type PaperFolder } from '../../support/surveys.ts'
import { valueOf } from '../../support/value-of.ts'

async function acquired({ survey, access }: PaperFolder): Promise<Acquisition> {
  return valueOf(await identifyAcquisitions(survey, 'auto', access)).acquisitions[0]!
}

test('what the index promises is known from the store alone', async () => {
  const db = memoryDb()
  const index = htdText({ wells: ['A02', 'B01'], sites: [2, 1], waves: ['DAPI', 'GFP'] })
  const acquisition = await acquired(paperFolder({ 'P.HTD': index, 'P_A02_s1_w1.TIF': '' }))
  const { run } = registerAcquisition(db, '/screen', acquisition)
  const blocks = promisesOf(db, run.plateId).flatMap(promise => promise.blocks)
  expect(blocks).toEqual(acquisition.promised)
  expect([...expectedByWell(blocks)]).toEqual([
    ['A02', 4],
    ['B01', 4],
  ])
})

test('names alone promise nothing', async () => {
  const db = memoryDb()
  const acquisition = await acquired(paperFiles('P_A02_s1_w1.TIF', 'P_A02_s1_w2.TIF'))
  const { run } = registerAcquisition(db, '/screen', acquisition)
  expect(promisesOf(db, run.plateId)).toEqual([])
})

test('what is there already stays as it is', async () => {
  const db = memoryDb()
  const acquisition = await acquired(paperFiles('P_A02_s1_w1.TIF', 'P_A02_s1_w2.TIF'))
  const counts = () =>
    ['field', 'plane', 'planeStanding', 'fieldStanding'].map(table =>
      db.prepare(`SELECT count(*) FROM ${table}`).pluck().get(),
    )
  const first = registerAcquisition(db, '/screen', acquisition)
  const before = counts()
  expect(registerAcquisition(db, '/screen', acquisition)).toEqual(first)
  expect(counts()).toEqual(before)
  expect(db.prepare('SELECT planes FROM wellStanding').pluck().all()).toEqual([2])
})

test('an image that its index calls another channel is that channel, and no longer the one that its name said', async () => {
  const db = memoryDb()
  const named = await acquired(paperFiles('P_A02_s1_w1.TIF', 'P_A02_s1_w2.TIF'))
  registerAcquisition(db, '/screen', named)
  const index = htdText({ wells: ['A02'], sites: [2, 1], waves: ['DAPI', 'GFP'] })
  const contents = { 'P.HTD': index, 'P_A02_s1_w1.TIF': '', 'P_A02_s1_w2.TIF': '' }
  const { run, fields } = registerAcquisition(db, '/screen', await acquired(paperFolder(contents)))
  const standing = () =>
    all<{ channel: string; counts: number; elsewhere: number }>(
      db,
      `SELECT channel, supersededBy IS NULL AS counts, elsewhere FROM planeStanding
       ORDER BY channel`,
    )
  expect(run.namedBy).toBe('index')
  expect(fields).toHaveLength(1)
  expect(standing()).toEqual([
    { channel: 'DAPI', counts: 1, elsewhere: 0 },
    { channel: 'GFP', counts: 1, elsewhere: 0 },
    { channel: 'w1', counts: 0, elsewhere: 1 },
    { channel: 'w2', counts: 0, elsewhere: 1 },
  ])
  registerAcquisition(db, '/screen', named)
  expect(standing().map(({ channel, counts }) => [channel, counts])).toEqual([
    ['DAPI', 0],
    ['GFP', 0],
    ['w1', 1],
    ['w2', 1],
  ])
})

test('an image gives its channel to another that has the better claim, and both count', async () => {
  const db = memoryDb()
  const description = '<MetaData><prop id="_IllumSetting_" value="FITC"/></MetaData>'
  const lit = encodeTiff({ width: 2, height: 2, pixels: new Uint16Array(4), description })
  const second = { 'P_A02_s1_w2.TIF': lit }
  registerAcquisition(db, '/screen', await acquired(paperFolder(second)))
  const both = await acquired(paperFolder({ ...second, 'P_A02_s1_w1.TIF': lit }))
  const { run } = registerAcquisition(db, '/screen', both)
  const planes = currentPlanes(db, run.id).map(({ path, channel }) => `${path} ${channel}`)
  expect(planes).toEqual(['/screen/P_A02_s1_w1.TIF FITC', '/screen/P_A02_s1_w2.TIF FITC (w2)'])
})
