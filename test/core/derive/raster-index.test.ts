import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createRasterIndex, type Box } from '#core/derive/raster-index.ts'

const place = fc.integer({ min: -80, max: 400 })
const box = fc.tuple(place, place, fc.nat(90), fc.nat(90)).map(([left, top, across, down]) => ({
  ...{ left, right: left + across, top, bottom: top + down },
}))

const meet = (a: Box, b: Box): boolean =>
  a.left <= b.right && b.left <= a.right && a.top <= b.bottom && b.top <= a.bottom

test('asks every box that meets another, and none twice', () => {
  fc.assert(
    fc.property(fc.array(box, { maxLength: 20 }), box, (boxes, asked) => {
      const index = createRasterIndex({ width: 300, height: 200 })
      boxes.forEach((one, entry) => index.add(one, entry))
      const found: number[] = []
      const some = index.some(asked, entry => {
        found.push(entry)
        return false
      })
      expect(some).toBe(false)
      expect(new Set(found).size).toBe(found.length)
      const wanted = boxes.flatMap((one, entry) => (meet(one, asked) ? [entry] : []))
      expect(found).toEqual(expect.arrayContaining(wanted))
    }),
  )
})

test('stops at the first yes, and asks again the next time', () => {
  const index = createRasterIndex({ width: 100, height: 100 })
  const all = { left: 0, right: 99, top: 0, bottom: 99 }
  index.add(all, 0)
  index.add(all, 1)
  const asked: number[] = []
  const ask = () =>
    index.some(all, entry => {
      asked.push(entry)
      return true
    })
  expect([ask(), ask()]).toEqual([true, true])
  expect(asked).toEqual([0, 0])
})

test('keeps far boxes apart, and finds one without numbers everywhere', () => {
  const index = createRasterIndex({ width: 300, height: 300 })
  const corner = { left: 0, right: 9, top: 0, bottom: 9 }
  const other = { left: 280, right: 290, top: 280, bottom: 290 }
  index.add(corner, 0)
  expect(index.some(other, () => true)).toBe(false)
  index.add({ left: NaN, right: NaN, top: NaN, bottom: NaN }, 1)
  expect(index.some(other, entry => entry === 1)).toBe(true)
})
