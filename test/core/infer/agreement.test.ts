import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { agreement } from '#core/infer/agreement.ts'
import type { Labels } from '#core/image/labels.ts'
import { labels } from '../../support/labels.ts'

const consensus = labels(`
  1111.22
  1111.22
  .......
  333....
`)

describe('agreement', () => {
  test('gives each object its mean best IoU', () => {
    // Object 1 cut in two (IoU 4/8), 2 as it was, 3 missed; then all as they were.
    const other = labels(`
      1133.22
      1133.22
      .......
      .......
    `)
    const found = agreement(consensus, [other, consensus])
    expect([...found.objectIou]).toEqual([0.75, 1, 0.5])
    expect(found.meanIou).toBeCloseTo(0.75, 6)
    // Two of the three pairs are with `other`; at 0.5 one half of object 1 still counts.
    expect(found.f1At50).toBeCloseTo((2 * (4 / 6) + 1) / 3, 12)
    expect(found.f1At70).toBeCloseTo((2 * (2 / 6) + 1) / 3, 12)
  })

  test('compares the others among each other', () => {
    const empty = labels(`.......\n.......\n.......\n.......`)
    const full = agreement(empty, [consensus, consensus])
    // Consensus against each of the two: 0; the two: 1.
    expect(full.f1At50).toBeCloseTo(1 / 3, 12)
    expect(full).toMatchObject({ meanIou: 1, objectIou: new Float32Array(0) })
  })

  test('is complete for equal labels, empty ones too', () => {
    const image = fc.array(fc.nat(3), { minLength: 12, maxLength: 12 }).map((pixels): Labels => {
      const numbers = [...new Set(pixels.filter(label => label > 0))].sort()
      const renumbered = pixels.map(label => numbers.indexOf(label) + 1)
      const count = numbers.length
      return { width: 4, height: 3, pixels: Uint32Array.from(renumbered), count }
    })
    fc.assert(
      fc.property(image, one => {
        const found = agreement(one, [one, one, one])
        expect(found).toMatchObject({ meanIou: 1, f1At50: 1, f1At70: 1 })
        expect([...found.objectIou]).toEqual(Array(one.count).fill(1))
      }),
    )
  })

  test('refuses to ask nobody', () => {
    expect(() => agreement(consensus, [])).toThrow('agrees with nothing')
  })
})
