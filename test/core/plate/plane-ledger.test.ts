import { expect, test } from 'vitest'
import {
  enterArrival,
  enterFromElsewhere,
  openLedger,
} from '../../../src/core/plate/plane-ledger.ts'
import { block } from '../../support/imaging.ts'

const dapi = { well: 'A01', site: 1, channel: 'DAPI', z: 1, t: 1, projection: false }

test('counts a plane once that two blocks promise', () => {
  const ledger = openLedger([
    block(['A01', 'A02'], [1], ['DAPI']),
    block(['A01'], [1, 2], ['DAPI', 'GFP']),
  ])
  expect(ledger.arrivals).toHaveLength(5)
  expect(ledger.wells).toEqual(['A01', 'A02'])
})

test('keeps when a plane came first, and when its well and its field were begun', () => {
  const ledger = openLedger([block(['A01'], [1, 2], ['DAPI', 'GFP'])])
  enterArrival(ledger, { ...dapi, channel: 'GFP', at: 500 })
  enterArrival(ledger, { ...dapi, at: 300 })
  enterArrival(ledger, { ...dapi, at: 900 })
  expect([...ledger.arrivals]).toEqual([300, 500, NaN, NaN])
  expect([...ledger.wellBegun]).toEqual([300])
  expect([...ledger.fieldBegun]).toEqual([300, NaN])
  expect(ledger.arrived).toBe(2)
})

test('takes a plane that nobody promised as a sign that the run goes on', () => {
  const ledger = openLedger([block(['A01'], [1], ['DAPI'])])
  enterArrival(ledger, { ...dapi, well: 'H12', at: 700 })
  expect(ledger).toMatchObject({ arrived: 0, pace: { lastAt: 700 } })
})

test('tells a projection from a step that is counted as 0', () => {
  const steps = { ...block(['A01'], [1], ['DAPI']), z: [0] }
  const ledger = openLedger([steps, { ...steps, projection: true }])
  expect(ledger.kinds.map(({ projection }) => projection)).toEqual([false, true])
  enterArrival(ledger, { ...dapi, z: 0, projection: true, at: 500 })
  expect([...ledger.arrivals]).toEqual([NaN, 500])
})

test('tells what another run has brought from its own', () => {
  const ledger = openLedger([block(['A01'], [1], ['DAPI'])])
  enterFromElsewhere(ledger, dapi)
  enterFromElsewhere(ledger, { ...dapi, well: '__proto__' })
  expect([...ledger.brought]).toEqual([1])
  expect(ledger.arrived).toBe(0)
})
