import fc from 'fast-check'
import { expect, test } from 'vitest'
import { orderQueue, type Queued } from '#core/review/queue-order.ts'

function item(severity: number, well: string | null, rest: Partial<Queued> = {}): Queued {
  const place = { site: 1, t: 1, z: 0, plate: 'P', channel: 'DNA', planeId: 1 }
  return { severity, well, ...place, ...rest }
}

function wells(items: readonly Queued[]): readonly (string | null)[] {
  return orderQueue(items).map(({ well }) => well)
}

test('the worst comes first', () => {
  expect(wells([item(1, 'A01'), item(100, 'H12'), item(-1, 'A02')])).toEqual(['H12', 'A01', 'A02'])
})

test('equals come along the rows of the plate, loose images last', () => {
  expect(wells([null, 'AA01', 'B01', 'A10', 'A02'].map(well => item(1, well)))).toEqual([
    'A02',
    'A10',
    'B01',
    'AA01',
    null,
  ])
})

test('the order is the same however the planes were listed', () => {
  const queue = [
    ...['A01', 'A02', null].map((well, i) => item(2, well, { planeId: i })),
    item(2, 'A01', { site: 2, planeId: 4 }),
    item(2, 'A01', { channel: 'ER', planeId: 5 }),
    item(2, 'A01', { z: 3, planeId: 6 }),
    item(2, 'A01', { t: 0, planeId: 7 }),
    item(2, 'A01', { plate: 'Q', planeId: 8 }),
    item(2, 'A01', { planeId: 9 }),
  ]
  const ids = (items: readonly Queued[]) => orderQueue(items).map(({ planeId }) => planeId)
  fc.assert(
    fc.property(fc.shuffledSubarray(queue, { minLength: queue.length }), shuffled => {
      expect(ids(shuffled)).toEqual(ids(queue))
    }),
  )
})
