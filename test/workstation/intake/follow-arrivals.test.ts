import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { encodeTiff } from '#core/image/encode-tiff.ts'
import type { Acquisition } from '#workstation/intake/acquisition.ts'
import { followArrivals, type ArrivalReader } from '#workstation/intake/follow-arrivals.ts'
import { identifyAcquisitions } from '#workstation/intake/identify-acquisitions.ts'
import { planeKey } from '#workstation/intake/plane-file.ts'
import type { SurveyedFile } from '#workstation/intake/survey-folder.ts'
import { htdText, paperFolder, type PaperFolder } from '../../support/surveys.ts'
import { valueOf } from '../../support/value-of.ts'

function contentOf(path: string): string {
  return path.endsWith('.HTD')
    ? htdText({ wells: ['A01', 'A02', 'B01'], waves: ['DAPI', 'FITC'], uniqueId: 'plate-7' })
    : ''
}

function folderOf(paths: readonly string[]): PaperFolder {
  return paperFolder(Object.fromEntries(paths.map(path => [path, contentOf(path)])))
}

function planesIn(acquisitions: readonly Acquisition[]): string[] {
  return acquisitions
    .flatMap(({ plate, folder, namedBy, channels, planes }) =>
      planes.map(({ path, modified, well, channel, z, projection }) =>
        [
          `${plate} ${folder} ${namedBy} ${channels.map(({ name }) => name).join()}:`,
          `${path} ${modified} is ${well} ${channel} ${projection ? 'projection' : z}`,
        ].join(' '),
      ),
    )
    .sort()
}

/** Reads the whole folder each time, and hands out what it did not hand out before. */
function plainReader({ survey, access }: PaperFolder): Pick<ArrivalReader, 'arrive'> {
  const files = new Map<string, SurveyedFile>()
  const given = new Map<string, string>()
  return {
    async arrive(arrived) {
      for (const file of arrived) files.set(file.path, file)
      const some = [...files.values()].sort((a, b) => (a.path < b.path ? -1 : 1))
      const identified = await identifyAcquisitions({ ...survey, files: some }, 'auto', access)
      if (!identified.ok) return identified
      const acquisitions = identified.value.acquisitions.map(acquisition => ({
        ...acquisition,
        planes: acquisition.planes.filter(plane => {
          const { plate, uniqueId, folder, namedBy } = acquisition
          const place = `${plane.page} ${plane.path}`
          const run = [plate, uniqueId, folder, namedBy]
          const what = JSON.stringify([run, planeKey(plane), plane.modified])
          const isNew = given.get(place) !== what
          given.set(place, what)
          return isNew
        }),
      }))
      const paths = new Set(arrived.map(({ path }) => path))
      const unmatched = identified.value.unmatched.filter(path => paths.has(path))
      return { ok: true, value: { acquisitions, unmatched, faults: identified.value.faults } }
    },
  }
}

async function arrive(reader: Pick<ArrivalReader, 'arrive'>, files: readonly SurveyedFile[]) {
  const { acquisitions, unmatched } = valueOf(await reader.arrive(files))
  return { planes: planesIn(acquisitions), unmatched: [...unmatched].sort() }
}

describe('what arrives in a folder', () => {
  const { survey, access } = folderOf([
    'P.HTD',
    'TimePoint_1/P_A01_w1.tif',
    'TimePoint_1/P_A01_w2.tif',
    'TimePoint_1/P_A02_w1.tif',
    'again/P.HTD',
    'again/TimePoint_1/P_A01_w1.tif',
    'notes.txt',
  ])
  const file = (path: string) => survey.files.find(one => one.path === path)!

  test('is put in its place without reading what was there again', async () => {
    const read: string[] = []
    const noting = {
      ...access,
      readStart: (path: string, limit: number) => {
        read.push(path)
        return access.readStart(path, limit)
      },
    }
    const reader = followArrivals(survey.root, 'auto', noting)
    await arrive(reader, [file('P.HTD'), file('TimePoint_1/P_A01_w1.tif')])
    const { planes } = await arrive(reader, [file('TimePoint_1/P_A02_w1.tif')])
    expect(planes).toEqual([
      'P  index DAPI,FITC: TimePoint_1/P_A02_w1.tif 1700000000000000000 is A02 DAPI 1',
    ])
    // Once for each arrival.
    expect(read).toEqual(['/screen/P.HTD', '/screen/P.HTD'])
  })

  test('changes its place when the index comes late', async () => {
    const reader = followArrivals(survey.root, 'auto', access)
    const before = await arrive(reader, [file('TimePoint_1/P_A01_w1.tif')])
    expect(before.planes).toEqual([
      'P  name w1: TimePoint_1/P_A01_w1.tif 1700000000000000000 is A01 w1 1',
    ])
    const after = await arrive(reader, [file('P.HTD')])
    expect(after.planes).toEqual([
      'P  index DAPI,FITC: TimePoint_1/P_A01_w1.tif 1700000000000000000 is A01 DAPI 1',
    ])
  })

  test('is a run of its own where it has an index of its own', async () => {
    const reader = followArrivals(survey.root, 'auto', access)
    await arrive(reader, [file('P.HTD'), file('TimePoint_1/P_A01_w1.tif')])
    await arrive(reader, [file('again/P.HTD')])
    const { planes } = await arrive(reader, [file('again/TimePoint_1/P_A01_w1.tif')])
    expect(planes).toEqual([
      'P again index DAPI,FITC: again/TimePoint_1/P_A01_w1.tif 1700000000000000000 is A01 DAPI 1',
    ])
  })

  test('is handed out again in a new version, and not in the same', async () => {
    const reader = followArrivals(survey.root, 'auto', access)
    const image = file('TimePoint_1/P_A01_w1.tif')
    await arrive(reader, [file('P.HTD'), image])
    expect((await arrive(reader, [image])).planes).toEqual([])
    const { planes } = await arrive(reader, [{ ...image, modified: '1800000000000000000' }])
    expect(planes).toEqual([
      'P  index DAPI,FITC: TimePoint_1/P_A01_w1.tif 1800000000000000000 is A01 DAPI 1',
    ])
  })

  test('is named when nothing claims it', async () => {
    const reader = followArrivals(survey.root, 'auto', access)
    expect((await arrive(reader, [file('notes.txt')])).unmatched).toEqual(['notes.txt'])
    expect((await arrive(reader, [file('P.HTD')])).unmatched).toEqual([])
  })
})

/** Names that get in each other's way: rivals for a plane, steps beside none, other plates, late indexes. */
const PATHS = [
  'P.HTD',
  'TimePoint_1/P_A01_s1_w1.tif',
  'TimePoint_1/P_A01_s1_w2.tif',
  'TimePoint_1/P_A02_s1_w1.tif',
  'TimePoint_1/ZStep_1/P_A02_s1_w1.tif',
  'TimePoint_1/ZStep_2/P_A02_s1_w1.tif',
  'P_B01_s1_w1.tif',
  'P_B01.tif',
  'Q_A01_s1_w1.tif',
  'Q_A02_s1_w1.tif',
  'R_A01_s1_w1.tif',
  'again/P.HTD',
  'again/P_A01_s1_w1.tif',
  'again/P_A01_s1_w1_thumb12667264a-6432-4fb8-9b4e-1f2bb0d4d2c1.tif',
  'generic/plate_A01_s1_w1.png',
  'generic/plate_A02_s1_w3.png',
  'Channel1-01-A-01.tif',
  'Channel2-01-A-01.tif',
  'photo.tif',
  'notes.txt',
]

test('arriving file by file gives what reading the whole folder each time gives', async () => {
  await fc.assert(asIfWhole(folderOf(PATHS)), { numRuns: 400 })
})

function lit(setting: string): Uint8Array {
  const description = `<MetaData><prop id="_IllumSetting_" value="${setting}"/></MetaData>`
  return encodeTiff({ width: 2, height: 2, pixels: new Uint16Array(4), description })
}

/** Notes that name channels: alike, silent, contradicting, the same for two waves, and other than the index. */
const LIT = {
  'P.HTD': contentOf('P.HTD'),
  'P_A01_s1_w1.tif': 'not an image',
  'P_A01_s2_w1.tif': lit('DAPI'),
  'P_A01_s3_w1.tif': lit('DAPI'),
  'TimePoint_2/P_A01_s1_w1.tif': lit('DAPI'),
  'P_A01_s1_w2.tif': lit('Texas Red'),
  'P_A01_s2_w2.tif': lit('FITC'),
  'P_A01_s3_w2.tif': 'not an image',
  'P_A01_s1_w3.tif': lit('DAPI'),
  'Q_A01_s1_w1.tif': lit('UV'),
  'Q_A01_s1_w2.tif': lit('UV'),
}

test('channels that notes name end up the same in whichever order images arrive', async () => {
  await fc.assert(asIfWhole(paperFolder(LIT)), { numRuns: 400 })
})

function asIfWhole(whole: PaperFolder) {
  const files = new Map(whole.survey.files.map(file => [file.path, file]))
  const arrival = fc.record({
    path: fc.constantFrom(...files.keys()),
    modified: fc.constantFrom('1', '2'),
  })
  const batches = fc.array(fc.array(arrival, { minLength: 1, maxLength: 4 }), { maxLength: 12 })
  return fc.asyncProperty(batches, async batched => {
    const reader = followArrivals(whole.survey.root, 'auto', whole.access)
    const plain = plainReader(whole)
    for (const batch of batched) {
      const versions = new Map(
        batch.map(({ path, modified }) => [path, { ...files.get(path)!, modified }]),
      )
      const arrived = [...versions.values()]
      expect(await arrive(reader, arrived)).toEqual(await arrive(plain, arrived))
    }
  })
}
