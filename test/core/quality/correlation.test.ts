import { describe, expect, test } from 'vitest'
import { measureCorrelation } from '#core/quality/correlation.ts'
import { plane } from '../../support/planes.ts'

describe('Haralick’s correlation', () => {
  test.each([
    { name: 'stripes of the period', drawing: '0 255 0 255 0 255', distance: 2, expected: 1 },
    {
      name: 'stripes of twice the period',
      drawing: '0 255 0 255 0 255',
      distance: 1,
      expected: -1,
    },
    { name: 'an even plane', drawing: '9 9 9 9', distance: 1, expected: 0 },
    { name: 'a plane that is too narrow', drawing: '0 255 0', distance: 3, expected: 0 },
    { name: 'a left side without contrast', drawing: '9 9 9 200', distance: 2, expected: 0 },
  ])('of $name is $expected', ({ drawing, distance, expected }) => {
    const stripes = plane(drawing)
    const minimum = Math.min(...stripes.pixels)
    const maximum = Math.max(...stripes.pixels)
    expect(measureCorrelation(stripes, minimum, maximum, distance)).toBeCloseTo(expected, 12)
  })
})
