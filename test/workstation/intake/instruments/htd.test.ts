import { describe, expect, test } from 'vitest'
import { parseHtd, type HtdIndex } from '#workstation/intake/instruments/htd.ts'
import { htdText } from '../../../support/surveys.ts'
import { valueOf } from '../../../support/value-of.ts'

const encode = (text: string) => new TextEncoder().encode(text)

function parsed(text: string): HtdIndex {
  return valueOf(parseHtd(encode(text), '/p.HTD'))
}

function refusal(text: string): string {
  const result = parseHtd(encode(text), '/p.HTD')
  if (result.ok || result.fault.kind !== 'index-invalid') throw new Error('was read')
  return result.fault.detail
}

const twoWells = { wells: ['B02', 'H12'] }

describe('the index of an ImageXpress', () => {
  test('promises its wells, sites, waves, steps and time points', () => {
    const text = htdText({
      wells: ['B02', 'B03'],
      sites: [2, 1],
      waves: ['DAPI', 'FITC'],
      zSteps: 3,
      timepoints: 2,
      uniqueId: 'ab-12',
    })
    expect(parsed(text)).toEqual({
      uniqueId: 'ab-12',
      format: { rows: 8, columns: 12 },
      planes: {
        wells: ['B02', 'B03'],
        sites: [1, 2],
        channels: [
          { wave: 1, name: 'DAPI' },
          { wave: 2, name: 'FITC' },
        ],
        z: [1, 2, 3],
        t: [1, 2],
      },
    })
  })

  test('promises one site when sites are off, however large its grid is', () => {
    const text = htdText(twoWells).replace('"XSites", 1', '"XSites", 3')
    expect(parsed(text).planes.sites).toEqual([1])
  })

  test('promises one wave and one step when waves and steps are off', () => {
    const text = htdText(twoWells)
      .replace('"NWavelengths", 1', '"NWavelengths", 4')
      .replace('"ZSteps", 0', '"ZSteps", 7')
    expect(parsed(text).planes).toMatchObject({ channels: [{ wave: 1, name: 'DAPI' }], z: [1] })
  })

  test('numbers only the selected sites of a grid', () => {
    const text = htdText({ ...twoWells, sites: [3, 2] }).replace(
      '"Waves"',
      '"SiteSelection1", TRUE, FALSE, TRUE\r\n"SiteSelection2", FALSE, TRUE, FALSE\r\n"Waves"',
    )
    expect(parsed(text).planes.sites).toEqual([1, 2, 3])
  })

  test('promises the whole grid where it selects no sites', () => {
    expect(parsed(htdText({ ...twoWells, sites: [3, 2] })).planes.sites).toHaveLength(6)
  })

  test('names a wave without a name by its number, and tells two of one name apart', () => {
    const waves = ['DAPI', '', 'DAPI']
    const names = parsed(htdText({ ...twoWells, waves })).planes.channels.map(({ name }) => name)
    expect(names).toEqual(['DAPI', 'w2', 'DAPI (w3)'])
  })

  test('keeps a comma in the name of a wave', () => {
    const { channels } = parsed(htdText({ ...twoWells, waves: ['Cy5, far red'] })).planes
    expect(channels[0]!.name).toBe('Cy5, far red')
  })

  test('reads the bytes of a Windows code page', () => {
    const bytes = Buffer.from(htdText({ ...twoWells, waves: ['DAPI 10 µm'] }), 'latin1')
    const result = parseHtd(bytes, '/p.HTD')
    expect(result).toMatchObject({ value: { planes: { channels: [{ name: 'DAPI 10 µm' }] } } })
  })

  test('reads any line ending', () => {
    const text = htdText({ ...twoWells, uniqueId: 'x' })
    for (const ending of ['\n', '\r', '\r\n']) {
      expect(parsed(text.replaceAll('\r\n', ending)).planes.wells).toEqual(['B02', 'H12'])
    }
  })

  test('does not know the plate where no identifier is written', () => {
    expect(parsed(htdText(twoWells)).uniqueId).toBeNull()
  })

  test.each([
    ['text of another kind', 'hello', 'it does not begin with "HTSInfoFile"'],
    ['an empty file', '', 'it does not begin with "HTSInfoFile"'],
    ['no selected well', htdText({ wells: [] }), 'no well is selected'],
    [
      'a negative number of columns',
      htdText(twoWells).replace('"XWells", 12', '"XWells", -1'),
      'the number of columns is not one',
    ],
    [
      'a number of time points that is none',
      htdText(twoWells).replace('"TimePoints", 1', '"TimePoints", many'),
      'the number of t is not one',
    ],
    [
      'a plate beyond all plates',
      htdText(twoWells).replace('"YWells", 8', '"YWells", 4000000000'),
      'no plate has 4000000000 × 12 wells',
    ],
    [
      'more planes than any run has',
      htdText(twoWells).replace('"TimePoints", 1', '"TimePoints", 900000000'),
      'it promises more than 10000000 planes',
    ],
    [
      'more sites than memory',
      htdText({ ...twoWells, sites: [2, 1] }).replace('"XSites", 2', '"XSites", 1e300'),
      'it promises more than 10000000 planes',
    ],
  ])('is refused for %s', (_, text, detail) => {
    expect(refusal(text)).toBe(detail)
  })
})
