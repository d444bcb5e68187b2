import { describe, expect, test } from 'vitest'
import { applyDihedral, DIHEDRALS, invertDihedral } from '#core/infer/dihedral.ts'

const image = { data: Float32Array.from({ length: 30 }, (_, i) => i), dims: [1, 2, 3, 5] }

describe('the turns and flips of a square', () => {
  test.each(DIHEDRALS)('%i is undone exactly', dihedral => {
    const turned = applyDihedral(image, dihedral)
    expect(invertDihedral(turned, dihedral)).toEqual(image)
  })

  test('are eight different ones', () => {
    const square = { data: Float32Array.from({ length: 9 }, (_, i) => i), dims: [1, 1, 3, 3] }
    const all = DIHEDRALS.map(dihedral => applyDihedral(square, dihedral).data.join())
    expect(new Set(all).size).toBe(8)
  })

  test('swap the sides on a quarter turn, counter-clockwise', () => {
    const small = { data: Float32Array.of(1, 2, 3, 4, 5, 6), dims: [2, 3] }
    expect(applyDihedral(small, 1)).toEqual({
      data: Float32Array.of(3, 6, 2, 5, 1, 4),
      dims: [3, 2],
    })
  })
})
