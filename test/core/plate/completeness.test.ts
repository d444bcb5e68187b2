import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { enterArrival, openLedger } from '../../../src/core/plate/plane-ledger.ts'
import {
  BEGUN_AT,
  block,
  imaged,
  measureRun,
  nameOf,
  standing,
  wellByWell,
  type ImagedPlace,
} from '../../support/imaging.ts'

const AWAITED = 1
const LATE = 2
const MISSING = 3
const WELLS = ['A01', 'A02', 'A03', 'B01', 'B02', 'B03']
const plan = block(WELLS, [1, 2, 3], ['DAPI', 'GFP'])

/** As it stands right after the last of the planes that have come. */
function after(planes: readonly ImagedPlace[], lost: readonly string[], of = plan) {
  const ledger = imaged([of], planes, new Set(lost))
  const run = measureRun(ledger, ledger.pace.lastAt, false)
  return { ...run, late: standing(ledger, run, LATE), missing: standing(ledger, run, MISSING) }
}

describe('while a run goes on', () => {
  const order = wellByWell(plan)

  test('what comes next is awaited', () => {
    expect(after(order.slice(0, 9), [])).toMatchObject({
      going: 'on',
      counts: { here: 9, awaited: 27, late: 0, missing: 0 },
    })
  })

  test('a plane is late once later fields of its well have come, some time ago', () => {
    const lost = ['A02 2 GFP']
    expect(after(order.slice(0, 12), lost).late).toEqual([])
    expect(after(order.slice(0, 17), lost).late).toEqual(lost)
  })

  test('the last plane of a well is late once later wells have it', () => {
    const lost = ['A02 3 GFP']
    expect(after(order.slice(0, 17), lost).late).toEqual([])
    expect(after(order.slice(0, 30), lost).late).toEqual(lost)
  })

  test('a whole field is late, and the first of the plate is too', () => {
    expect(after(order.slice(0, 30), ['A02 2 DAPI', 'A02 2 GFP']).late).toHaveLength(2)
    expect(after(order.slice(0, 24), ['A01 1 DAPI', 'A01 1 GFP']).late).toHaveLength(2)
  })

  test('a plane that comes late after all is here', () => {
    const ledger = imaged([plan], order.slice(0, 20), new Set(['A02 2 GFP']))
    expect(standing(ledger, measureRun(ledger, ledger.pace.lastAt, false), LATE)).toHaveLength(1)
    const plane = order.find(each => nameOf(each) === 'A02 2 GFP')!
    enterArrival(ledger, { ...plane, at: ledger.pace.lastAt + 500 })
    expect(standing(ledger, measureRun(ledger, ledger.pace.lastAt, false), LATE)).toEqual([])
  })

  test('a channel that is imaged in a round of its own is awaited, and late where the round went on', () => {
    const rounds = ['DAPI', 'GFP'].flatMap(name => wellByWell(block(WELLS, [1, 2, 3], [name])))
    expect(after(rounds.slice(0, 18), []).late).toEqual([])
    const lost = ['A01 2 GFP']
    expect(after(rounds.slice(0, 20), lost).late).toEqual([])
    expect(after(rounds.slice(0, 30), lost).late).toEqual(lost)
  })

  test('a round that goes backwards makes nothing late that is to come', () => {
    const [first, second] = ['DAPI', 'GFP'].map(name => block(WELLS, [1, 2, 3], [name]))
    const rounds = [...wellByWell(first!), ...wellByWell(second!).reverse()]
    for (let count = 1; count < rounds.length; count += 1) {
      expect(after(rounds.slice(0, count), []).late).toEqual([])
    }
    expect(after(rounds.slice(0, 32), ['B01 2 GFP']).late).toEqual(['B01 2 GFP'])
  })
})

describe('a run has ended', () => {
  const order = wellByWell(plan)

  test('when all is here', () => {
    expect(after(order, [])).toMatchObject({ going: 'ended', counts: { here: 36 }, endsAt: null })
  })

  test('when all that is not here was passed by: it is missing', () => {
    expect(after(order, ['A02 2 GFP'])).toMatchObject({ going: 'ended', missing: ['A02 2 GFP'] })
  })

  test('when nothing has come for a while: not before', () => {
    const ledger = imaged([plan], order.slice(0, 9))
    const { endsAt, lastAt } = measureRun(ledger, ledger.pace.lastAt, false)
    expect(endsAt! - lastAt!).toBe(300_000)
    expect(measureRun(ledger, endsAt! - 1, false).going).toBe('on')
    expect(measureRun(ledger, endsAt!, false)).toMatchObject({
      going: 'ended',
      counts: { here: 9, awaited: 0, late: 0, missing: 27 },
    })
  })

  test('soon after its last plane where every turn is over, as when a whole folder is found at once', () => {
    const ledger = imaged([plan], order, new Set(['A02 2 GFP']), 10)
    const { going, endsAt, lastAt } = measureRun(ledger, ledger.pace.lastAt, false)
    expect({ going, after: endsAt! - lastAt! }).toEqual({ going: 'on', after: 10_000 })
    expect(measureRun(ledger, endsAt!, false)).toMatchObject({
      going: 'ended',
      counts: { missing: 1 },
    })
  })

  test('when the instrument says so', () => {
    const ledger = imaged([plan], order.slice(0, 9))
    expect(measureRun(ledger, BEGUN_AT, true)).toMatchObject({ going: 'ended', endsAt: null })
  })

  test('not while it rests between its first time points', () => {
    const series = block(['A01', 'A02'], [1], ['DAPI'], [1, 2, 3])
    const ledger = imaged([series], wellByWell(series).slice(0, 2))
    const hour = 3_600_000
    expect(measureRun(ledger, BEGUN_AT + 12 * hour, false).going).toBe('on')
    expect(measureRun(ledger, BEGUN_AT + 30 * hour, false).going).toBe('ended')
  })
})

test('a run of which nothing has come is not begun, and awaits all of it', () => {
  const ledger = openLedger([plan])
  expect(measureRun(ledger, 1e12, false)).toMatchObject({
    going: 'unbegun',
    counts: { here: 0, awaited: 36 },
    lastAt: null,
    endsAt: null,
  })
  expect(measureRun(ledger, 1e12, true)).toMatchObject({ going: 'ended', counts: { missing: 36 } })
})

/** A way through a plate: wells and sites in any order, and which of the loops is outside. */
const route = fc.record({
  wells: fc.shuffledSubarray(WELLS, { minLength: WELLS.length }),
  sites: fc.shuffledSubarray([1, 2, 3, 4], { minLength: 4 }),
  loops: fc.constantFrom('field', 'channel', 'round', 'back-and-forth' as const),
  lost: fc.uniqueArray(fc.nat({ max: 6 * 4 * 2 - 1 }), { maxLength: 8 }),
  every: fc.constantFrom(40, 700, 2000, 45_000),
  /** Places of planes that come after the next one. */
  swaps: fc.uniqueArray(fc.nat({ max: 23 }), { maxLength: 10 }),
})

function planesOn({
  wells,
  sites,
  loops,
  swaps,
}: typeof route extends fc.Arbitrary<infer T> ? T : never) {
  const place = (well: string, site: number, channel: string) => ({
    well,
    site,
    channel,
    z: 1,
    t: 1,
    projection: false,
  })
  const channels = ['DAPI', 'GFP']
  const planes =
    loops === 'field'
      ? wells.flatMap(well =>
          sites.flatMap(site => channels.map(channel => place(well, site, channel))),
        )
      : loops === 'channel'
        ? wells.flatMap(well =>
            channels.flatMap(channel => sites.map(site => place(well, site, channel))),
          )
        : channels.flatMap((channel, round) => {
            const again = loops === 'back-and-forth' && round === 1
            const own = wells.flatMap(well => sites.map(site => place(well, site, channel)))
            return again ? own.reverse() : own
          })
  for (const i of swaps.map(pair => 2 * pair)) {
    const [a, b] = [planes[i]!, planes[i + 1]!]
    planes[i] = b
    planes[i + 1] = a
  }
  return planes
}

test('wherever an instrument goes, nothing is late that it is still to bring, and all it lost is missing in the end', () => {
  fc.assert(
    fc.property(route, way => {
      const planes = planesOn(way)
      const lost = new Set(way.lost.map(i => nameOf(planes[i]!)))
      const promised = block(WELLS, [1, 2, 3, 4], ['DAPI', 'GFP'])
      for (let count = 1; count <= planes.length; count += 5) {
        const ledger = imaged([promised], planes.slice(0, count), lost, way.every)
        const run = measureRun(ledger, ledger.pace.lastAt, false)
        expect(standing(ledger, run, LATE).filter(name => !lost.has(name))).toEqual([])
        const { here, awaited, late, missing } = run.counts
        expect(here).toBe(ledger.arrived)
        expect(here + awaited + late + missing).toBe(planes.length)
      }
      const ledger = imaged([promised], planes, lost, way.every)
      const { endsAt } = measureRun(ledger, ledger.pace.lastAt, false)
      const end = measureRun(ledger, endsAt ?? ledger.pace.lastAt, false)
      expect(new Set(standing(ledger, end, MISSING))).toEqual(lost)
      expect(standing(ledger, end, AWAITED)).toEqual([])
    }),
    { numRuns: 300 },
  )
})
