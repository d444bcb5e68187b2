import { describe, expect, test } from 'vitest'
import { countsText, holeLine, missingLines } from '#cli/hole-lines.ts'

const hole = {
  kind: 'late',
  plate: 'BR1',
  folder: '/a',
  well: 'B03',
  channel: 'GFP',
  planes: 2,
  more: 0,
} as const

describe('what did not come is a line', () => {
  test.each([
    { news: hole, line: 'late         BR1 B03 GFP  2 planes' },
    {
      news: { ...hole, kind: 'missing' as const, channel: null, planes: 1 },
      line: 'missing      BR1 B03  1 plane, all of it',
    },
    {
      news: { ...hole, well: null },
      line: 'late         BR1 GFP  2 planes, nothing of the channel',
    },
    {
      news: { ...hole, more: 7 },
      line: 'late         BR1 B03 GFP  2 planes\nlate         BR1  and at 7 more places',
    },
  ])('$line', ({ news, line }) => {
    expect(holeLine(news)).toBe(line)
  })
})

test('a plate’s line says what is not here, and no more than that', () => {
  expect(countsText({ here: 5, awaited: 3, late: 1, missing: 2 })).toBe(
    ', 2 missing, 1 late, 3 awaited',
  )
  expect(countsText({ here: 5, awaited: 0, late: 0, missing: 0 })).toBe('')
  expect(countsText(null)).toBe('')
})

describe('what is missing of a plate', () => {
  const plane = (well: string, channel: string) => ({
    plate: 'BR1',
    folder: '/a',
    well,
    channel,
    site: 1,
    z: 1,
    t: 1,
  })

  test('is said by well', () => {
    const lost = [
      plane('B03', 'DAPI'),
      plane('B03', 'GFP'),
      plane('B03', 'DAPI'),
      plane('C01', 'GFP'),
    ]
    expect(missingLines(lost)).toEqual([
      'missing  BR1 B03: 3 planes (DAPI 2, GFP 1)',
      'missing  BR1 C01: 1 plane (GFP 1)',
    ])
  })

  test('is said by channel where it is of many wells', () => {
    const lost = Array.from({ length: 30 }, (_, i) => plane(`A${i + 1}`, 'GFP'))
    expect(missingLines(lost)).toEqual(['missing  BR1 GFP: 30 planes in 30 wells'])
  })
})
