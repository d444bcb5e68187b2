import { describe, expect, test } from 'vitest'
import { philox } from '#core/infer/philox.ts'

const ALL = 0xffffffff

describe('philox', () => {
  // Known answers that come with the authors' Random123 library (kat_vectors, philox4x32 10).
  test.each([
    {
      counter: [0, 0, 0, 0],
      key: [0, 0],
      expected: [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8],
    },
    {
      counter: [ALL, ALL, ALL, ALL],
      key: [ALL, ALL],
      expected: [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd],
    },
    {
      counter: [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
      key: [0xa4093822, 0x299f31d0],
      expected: [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1],
    },
  ])('gives the known answer for $counter', ({ counter, key, expected }) => {
    expect([...philox(counter, key)]).toEqual(expected)
  })
})
