import { describe, expect, test } from 'vitest'
import { splitByDynamics } from '#core/derive/split-by-dynamics.ts'
import { labels, mask } from '../../support/labels.ts'

const heights = { width: 9, height: 1, pixels: Float32Array.of(1, 5, 3, 4, 1, 6, 2, 2.5, 1) }

describe('splitByDynamics', () => {
  test('gives each hill the pixels from which the steepest ascent leads to it', () => {
    expect(splitByDynamics(heights, mask('#########'), 0.25)).toEqual(labels('111233344'))
  })

  test('absorbs hills that rise less than the dynamics above the pass to a higher one', () => {
    expect(splitByDynamics(heights, mask('#########'), 1.5)).toEqual(labels('111122222'))
  })

  test('does not look beyond the mask', () => {
    expect(splitByDynamics(heights, mask('.##.#.##.'), 9)).toEqual(labels('.11.2.33.'))
  })

  test('makes one hill of a plain', () => {
    const plain = { width: 3, height: 2, pixels: new Float32Array(6) }
    const all = mask(`
      ###
      ###
    `)
    expect(splitByDynamics(plain, all, 0.1).count).toBe(1)
  })

  test('finds nothing in an empty mask', () => {
    expect(splitByDynamics(heights, mask('.........'), 1).count).toBe(0)
  })
})
