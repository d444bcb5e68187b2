import { describe, expect, test } from 'vitest'
import { measureLaplacianVariance } from '#core/quality/laplacian-variance.ts'
import { plane } from '../../support/planes.ts'

describe('the variance of the Laplacian', () => {
  test('mirrors the edges of the image without repeating them', () => {
    // Rows 1 3: across, 3 + 3 − 2·1 = 4 and −4; down, the same difference of 5 twice: 10 and −10.
    // Laplacians 14 6 / −6 −14.
    const drawing = plane(`
      1 3
      6 8
    `)
    expect(measureLaplacianVariance(drawing)).toBe((2 * 14 ** 2 + 2 * 6 ** 2) / 4)
  })

  test.each([
    ['a single pixel', '7'],
    ['an even plane', '7 7 7\n7 7 7'],
  ])('of %s is 0', (_, drawing) => expect(measureLaplacianVariance(plane(drawing))).toBe(0))

  test('of one row knows only neighbours in the row', () => {
    // 2·5 − 2·0 = 10, 0 + 0 − 2·5 = −10, 10
    expect(measureLaplacianVariance(plane('0 5 0'))).toBeCloseTo(800 / 9, 10)
  })
})
