import { expect, test } from 'vitest'
import { comparePlaces, type ImagePlace } from '#core/plate/place-order.ts'

const place: ImagePlace = { well: 'B02', site: 1, t: 1, z: 0 }

test.each([
  { name: 'a well further along the row', later: { well: 'B10' } },
  { name: 'a well of the row below', later: { well: 'C01' } },
  { name: 'a later site', later: { site: 2 } },
  { name: 'a later time', later: { t: 2 } },
  { name: 'a deeper plane', later: { z: 1 } },
  { name: 'an image without a well', later: { well: null } },
])('$name comes after', ({ later }) => {
  expect(comparePlaces(place, { ...place, ...later })).toBeLessThan(0)
  expect(comparePlaces({ ...place, ...later }, place)).toBeGreaterThan(0)
})

test('a place is level with itself', () => {
  expect(comparePlaces(place, { ...place })).toBe(0)
})
