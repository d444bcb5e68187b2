import { expect, test } from 'vitest'
import { enterFromElsewhere } from '../../../src/core/plate/plane-ledger.ts'
import { findHoles } from '../../../src/core/plate/plate-holes.ts'
import { block, imaged, measureRun, nameOf, wellByWell } from '../../support/imaging.ts'

const plan = block(['A01', 'A02', 'A03'], [1, 2], ['DAPI', 'GFP'])

/** A run that lost some planes and has ended. */
function endedRun(lost: (plane: string) => boolean, of = plan) {
  const planes = wellByWell(of)
  const ledger = imaged([of], planes, new Set(planes.map(nameOf).filter(lost)))
  return { ledger, measured: measureRun(ledger, Infinity, true) }
}

test('names single planes, and the wells they are of', () => {
  expect(findHoles([endedRun(plane => plane === 'A02 1 GFP')], 500)).toEqual({
    counts: { here: 11, awaited: 0, late: 0, missing: 1 },
    wells: [{ well: 'A02', late: 0, missing: 1 }],
    absentChannels: [],
    absentWells: [],
    planes: [
      { well: 'A02', site: 1, channel: 'GFP', z: 1, t: 1, projection: false, state: 'missing' },
    ],
  })
})

test('says once that a channel or a well never came', () => {
  const holes = findHoles([endedRun(plane => plane.includes('GFP') || plane.includes('A03'))], 500)
  expect(holes).toMatchObject({
    absentChannels: [{ channel: 'GFP', planes: 6, state: 'missing' }],
    absentWells: ['A03'],
    planes: [],
  })
  expect(holes.wells).toHaveLength(3)
})

test('does not call channels absent on a plate of which nothing came', () => {
  expect(findHoles([endedRun(() => true)], 500)).toMatchObject({
    absentChannels: [],
    absentWells: ['A01', 'A02', 'A03'],
  })
})

test('lists as many as are asked for, and counts all', () => {
  const holes = findHoles([endedRun(plane => plane.endsWith('1 GFP'))], 2)
  expect(holes.planes.map(({ well }) => well)).toEqual(['A01', 'A02'])
  expect(holes.counts.missing).toBe(3)
})

test('lets no plane be missing that a later run has brought or still awaits', () => {
  const first = endedRun(plane => plane.startsWith('A02'))
  const again = block(['A02'], [1, 2], ['DAPI', 'GFP'])
  const ledger = imaged([again], wellByWell(again).slice(0, 1))
  for (const plane of wellByWell(again).slice(0, 1)) enterFromElsewhere(first.ledger, plane)
  const second = { ledger, measured: measureRun(ledger, ledger.pace.lastAt, false) }
  const { counts } = findHoles([first, second], 500)
  expect(counts).toEqual({ here: 9, awaited: 3, late: 0, missing: 0 })
  expect(findHoles([second, first], 500).counts).toEqual(counts)
})
