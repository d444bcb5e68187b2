import { describe, expect, test } from 'vitest'
import { listReacquisitions, type StandingPlane } from '#core/review/reacquisition.ts'
import { reacquisitionCsv } from '#core/review/reacquisition-csv.ts'

const sharp: StandingPlane = {
  well: 'A01',
  site: 1,
  z: 0,
  t: 1,
  channel: 'DNA',
  state: 'pass',
  reasons: [],
  decision: null,
  newest: null,
}
const blurred: StandingPlane = { ...sharp, state: 'fail', reasons: ['out-of-focus'] }
const again = { word: 'reimage', by: 'Mara', note: 'a hair' }

describe('what to image again', () => {
  test.each([
    { name: 'a flagged plane nobody looked at', plane: blurred, because: ['flagged'] },
    {
      name: 'a plane that cannot be judged and nobody looked at',
      plane: { ...sharp, state: 'cannot-judge' } as const,
      because: ['flagged'],
    },
    {
      name: 'an unreadable plane',
      plane: { ...sharp, state: 'unreadable' } as const,
      because: ['unreadable'],
    },
    {
      name: 'a good plane that somebody wants again',
      plane: { ...sharp, decision: again },
      because: ['decided'],
    },
    { name: 'no plane that passes', plane: sharp, because: [] },
    {
      name: 'no plane that waits for its verdict',
      plane: { ...sharp, state: 'waiting' } as const,
      because: [],
    },
    {
      name: 'no plane that somebody accepted',
      plane: { ...blurred, decision: { ...again, word: 'accept' } },
      because: [],
    },
    {
      name: 'no plane that somebody rejected',
      plane: { ...blurred, decision: { ...again, word: 'reject' } },
      because: [],
    },
    {
      name: 'no plane that somebody looked at without being sure',
      plane: { ...blurred, decision: { ...again, word: 'unsure' } },
      because: [],
    },
  ])('is $name', ({ plane, because }) => {
    expect(listReacquisitions([plane], []).map(item => item.because)).toEqual(because)
  })

  test('names who asked and what they noted', () => {
    expect(listReacquisitions([{ ...blurred, decision: again }], [])).toMatchObject([
      { by: 'Mara', note: 'a hair', state: 'open', reasons: ['out-of-focus'] },
    ])
  })

  test('joins the channels of one place', () => {
    const moved = { ...blurred, channel: 'ER', reasons: ['moved', 'out-of-focus'] }
    const other = { ...blurred, site: 2 }
    expect(listReacquisitions([blurred, other, moved], [])).toMatchObject([
      { site: 1, channels: ['DNA', 'ER'], reasons: ['out-of-focus', 'moved'] },
      { site: 2, channels: ['DNA'] },
    ])
  })

  test('keeps apart what is on the list for different reasons', () => {
    const lost = { well: 'A01', site: 1, z: 0, t: 1, channel: 'ER' }
    const items = listReacquisitions([blurred, { ...blurred, decision: again }], [lost])
    expect(items.map(({ because }) => because)).toEqual(['decided', 'flagged', 'missing'])
  })

  test('is closed by a newer image, and says how that stands', () => {
    const items = listReacquisitions(
      [
        { ...blurred, decision: again, newest: 'pass' },
        { ...blurred, well: 'B01' },
      ],
      [],
    )
    expect(items.map(({ well, state }) => [well, state])).toEqual([
      ['B01', 'open'],
      ['A01', 'pass'],
    ])
  })

  test('goes along the rows of the plate', () => {
    const wells = ['B01', 'A10', 'A02'].map(well => ({ ...blurred, well }))
    expect(listReacquisitions(wells, []).map(({ well }) => well)).toEqual(['A02', 'A10', 'B01'])
  })
})

describe('the list as CSV', () => {
  test('has a heading and a row an item', () => {
    const planes = [blurred, { ...blurred, channel: 'ER' }]
    expect(reacquisitionCsv('BR00117', listReacquisitions(planes, []))).toBe(
      'Plate,Well,Site,Z,T,Channels,Because,Reasons,By,Note,State\r\n' +
        'BR00117,A01,1,0,1,DNA;ER,flagged,out-of-focus,,,open\r\n',
    )
  })

  test('quotes what people write, and never hands a spreadsheet a formula', () => {
    const decision = { word: 'reimage', by: '=cmd()', note: 'hair, "long"' }
    const [, row] = reacquisitionCsv('P', listReacquisitions([{ ...blurred, decision }], [])).split(
      '\r\n',
    )
    expect(row).toBe(`P,A01,1,0,1,DNA,decided,out-of-focus,'=cmd(),"hair, ""long""",open`)
  })

  test('leaves the well of a loose image empty', () => {
    const loose = { ...blurred, well: null, site: null }
    const [, row] = reacquisitionCsv('P', listReacquisitions([loose], [])).split('\r\n')
    expect(row).toBe('P,,,0,1,DNA,flagged,out-of-focus,,,open')
  })
})
