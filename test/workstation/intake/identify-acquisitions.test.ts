import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { identifyAcquisitions } from '#workstation/intake/identify-acquisitions.ts'
import { INSTRUMENTS } from '#workstation/intake/instruments/registry.ts'
import { htdText, paperFiles, paperFolder, type PaperFolder } from '../../support/surveys.ts'
import { valueOf } from '../../support/value-of.ts'

async function identify({ survey, access }: PaperFolder, naming = 'auto') {
  return valueOf(await identifyAcquisitions(survey, naming, access))
}

/** Names of all kinds, of few plates and wells, so that they meet. */
const fileName = fc.oneof(
  fc
    .record({
      plate: fc.constantFrom('', 'P_', 'Q_'),
      well: fc.constantFrom('A01', 'a01', 'H12', 'Z99', 'A00'),
      site: fc.constantFrom('', '_s1', '_s02'),
      wave: fc.constantFrom('', '_w1', '_w2', '_w12667264a-6432-4f7e-bf58-625a1319a1c9'),
      ending: fc.constantFrom('.TIF', '.tif', '.png', '_thumb.tif', '.csv'),
    })
    .map(parts => Object.values(parts).join('')),
  fc.constantFrom('P.HTD', 'Q.htd', 'P_meta.HTD', 'Channel1-01-A-01.tif', 'notes.txt', 'x.tif'),
  fc.constantFrom('Q__a01__s1__w1_10.png', 'r01c01f01p01-ch1sk1fk1fl1.tiff', 'README'),
)
const folderName = fc.constantFrom('', 'TimePoint_1/', 'TimePoint_1/ZStep_2/', 'ZStep_0/', 'run/')
const htd = htdText({ wells: ['A01', 'H12'], waves: ['DAPI', 'GFP'], uniqueId: 'one' })
const content = fc.constantFrom('', 'no index', htd, htd.replace('"one"', '"two"'))
const anyFolder = fc
  .array(fc.tuple(folderName, fileName, content), { maxLength: 24 })
  .map(files => Object.fromEntries(files.map(([folder, name, text]) => [folder + name, text])))
const anyNaming = fc.constantFrom(
  'auto',
  'loose',
  'imagexpress',
  'generic',
  '(?<well>[A-H]\\d\\d)',
  '/(?<row>[A-Z])(?<col>\\d\\d)_s(?<site>\\d)',
)

describe('identifying acquisitions', () => {
  test('puts every file in exactly one place', async () => {
    const property = fc.asyncProperty(anyFolder, anyNaming, async (contents, naming) => {
      const { acquisitions, unmatched, faults } = await identify(paperFolder(contents), naming)
      const accounted = [
        ...acquisitions.flatMap(({ planes }) => planes.map(({ path }) => path)),
        ...acquisitions.flatMap(({ ignored }) => ignored),
        ...unmatched,
        ...faults.map(fault => ('path' in fault ? fault.path.slice('/screen/'.length) : '')),
      ]
      expect(accounted.sort()).toEqual(Object.keys(contents).sort())
    })
    await fc.assert(property, { numRuns: 500 })
  })

  test('never gives one place of a plate to two planes', async () => {
    const property = fc.asyncProperty(anyFolder, anyNaming, async (contents, naming) => {
      const { acquisitions } = await identify(paperFolder(contents), naming)
      for (const { planes, namedBy } of acquisitions.filter(({ namedBy }) => namedBy !== 'loose')) {
        const places = planes.map(({ well, site, channel, z, t, projection }) =>
          JSON.stringify([well, site, channel, z, t, projection]),
        )
        expect(new Set(places).size, namedBy).toBe(planes.length)
      }
    })
    await fc.assert(property, { numRuns: 300 })
  })

  test('names loose images as well as nothing else does, and says that there are some', async () => {
    const found = await identify(paperFiles('one.tif', 'two.png', 'notes.txt'))
    expect(found).toEqual({
      acquisitions: [],
      unmatched: ['notes.txt', 'one.tif', 'two.png'],
      unmatchedImages: 2,
      faults: [],
      signs: expect.toSatisfy((signs: readonly { claimed: number }[]) =>
        signs.every(({ claimed }) => claimed === 0),
      ),
    })
  })

  test('reads several plates of several kinds in one folder tree', async () => {
    const { acquisitions, unmatched } = await identify(
      paperFolder({
        'week 1/P.HTD': htd,
        'week 1/P_A01_w1.TIF': '',
        'week 2/Channel1-01-A-01.tif': '',
        'week 3/Q_B02_s1_w1.tif': '',
        'week 3/notes.txt': '',
      }),
    )
    expect(
      acquisitions.map(({ folder, plate, instrument, namedBy }) => [
        folder,
        plate,
        instrument,
        namedBy,
      ]),
    ).toEqual([
      ['week 1', 'P', 'imagexpress', 'index'],
      ['week 2', 'week 2', 'generic', 'name'],
      ['week 3', 'Q', 'imagexpress', 'name'],
    ])
    expect(unmatched).toEqual(['week 3/notes.txt'])
  })

  test('says of each sign how many image files it accounts for', async () => {
    const folder = paperFolder({
      'one/P.HTD': htdText({ wells: ['A01'] }),
      'one/P_A01.tif': '',
      'two/Q_A01_s1.tif': '',
      'two/Q_A01_s2.tif': '',
      'three/Channel1-01-A-01.tif': '',
      'three/nothing.tif': '',
      'three/notes.txt': '',
    })
    const { signs } = await identify(folder)
    const held = signs.filter(({ claimed }) => claimed > 0)
    expect(held.map(({ instrument, by, claimed, of }) => [instrument, by, claimed, of])).toEqual([
      ['imagexpress', 'index', 1, 5],
      ['imagexpress', 'name', 2, 5],
      ['generic', 'name', 1, 5],
    ])
    const chosen = await identify(folder, 'imagexpress')
    expect(chosen.signs.map(({ by, claimed }) => [by, claimed])).toEqual([
      ['index', 1],
      ['name', 2],
    ])
  })

  test('asks only the instrument that was chosen', async () => {
    const folder = paperFiles('Channel1-01-A-01.tif', 'P_A01_s1_w1.tif')
    expect((await identify(folder, 'imagexpress')).unmatched).toEqual(['Channel1-01-A-01.tif'])
    expect((await identify(folder, 'generic')).acquisitions).toMatchObject([
      { plate: 'P' },
      { plate: 'screen' },
    ])
  })

  test('refuses a naming that does not exist, with what is allowed', async () => {
    const { survey, access } = paperFiles('P_A01_s1_w1.tif')
    const result = await identifyAcquisitions(survey, 'imagexpres', access)
    expect(result).toEqual({
      ok: false,
      fault: {
        kind: 'bad-option',
        option: '--naming',
        value: 'imagexpres',
        allowed:
          `auto, loose, ${INSTRUMENTS.map(({ id }) => id).join(', ')}, a table that ends in .csv, ` +
          'or a regular expression with the named groups ' +
          'plate, well, row, col, column, site, field, channel, wave, channelnumber, z, t',
      },
    })
  })

  test('says what is wrong with a pattern', async () => {
    const { survey, access } = paperFiles('P_A01_s1_w1.tif')
    const result = await identifyAcquisitions(survey, '(?<well>A01', access)
    const allowed = expect.stringMatching(/^a regular expression \(Unterminated group\)$/)
    expect(result).toMatchObject({ fault: { kind: 'bad-option', allowed } })
  })
})
