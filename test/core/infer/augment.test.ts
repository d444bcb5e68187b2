import { describe, expect, test } from 'vitest'
import { applyAugmentation, augmentations, undoAugmentation } from '#core/infer/augment.ts'

const size = { width: 60, height: 44 }
/** Smooth and without symmetry, so that a wrong turn shows and resampling hardly does. */
const image = {
  data: Float32Array.from({ length: size.width * size.height }, (_, i) => {
    const x = i % size.width
    const y = Math.floor(i / size.width)
    return 0.5 + 0.3 * Math.sin(x / 9) + 0.15 * Math.cos(y / 7) + x / 1000
  }),
  dims: [1, 1, size.height, size.width],
}

describe('augmentations', () => {
  test('are one, which changes nothing, where nothing is chosen', () => {
    const [only, ...rest] = augmentations({ dihedral: 1, scales: [], intensities: [] })
    expect(only).toEqual({ dihedral: 0, scale: 1, intensity: 1 })
    expect(rest).toEqual([])
    expect(applyAugmentation(image, only!)).toEqual(image)
  })

  test('are every combination once, in an order that stays', () => {
    const chosen = augmentations({ dihedral: 8, scales: [1, 0.8, 1], intensities: [1, 1.5] })
    expect(chosen).toHaveLength(8 * 2 * 2)
    expect(chosen[0]).toEqual({ dihedral: 0, scale: 1, intensity: 1 })
    expect(chosen[9]).toEqual({ dihedral: 1, scale: 0.8, intensity: 1 })
    expect(chosen[31]).toEqual({ dihedral: 7, scale: 0.8, intensity: 1.5 })
    expect(new Set(chosen.map(one => JSON.stringify(one))).size).toBe(32)
  })

  test.each([0, -1, NaN, Infinity])('refuse a scale of %d', scale => {
    expect(() => augmentations({ dihedral: 1, scales: [scale], intensities: [] })).toThrow(
      RangeError,
    )
  })

  test.each(augmentations({ dihedral: 8, scales: [1, 0.75, 1.3], intensities: [1] }))(
    'come back to where they were: $dihedral at $scale',
    augmentation => {
      const shown = applyAugmentation(image, augmentation)
      const sides = [60 * augmentation.scale, 44 * augmentation.scale].map(Math.round)
      expect(shown.dims.slice(2).toSorted()).toEqual(sides.toSorted())
      const back = undoAugmentation(shown, augmentation, size)
      expect(back.dims).toEqual(image.dims)
      const tolerance = augmentation.scale === 1 ? 0 : 0.02
      for (const [i, value] of image.data.entries()) {
        expect(Math.abs(back.data[i]! - value)).toBeLessThanOrEqual(tolerance)
      }
    },
  )

  test('raise brightness to a power, and keep the sign of what lies below the background', () => {
    const values = { data: Float32Array.of(-0.25, 0, 0.25, 1, 4), dims: [1, 1, 1, 5] }
    const lit = applyAugmentation(values, { dihedral: 0, scale: 1, intensity: 0.5 })
    expect([...lit.data]).toEqual([-0.5, 0, 0.5, 1, 2])
  })
})
