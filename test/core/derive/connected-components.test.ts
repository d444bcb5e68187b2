import { describe, expect, test } from 'vitest'
import { labelComponents } from '#core/derive/connected-components.ts'
import { labels, mask } from '../../support/labels.ts'

describe('labelComponents', () => {
  const drawing = `
    #..#
    #.#.
    ##.#
  `

  test('joins pixels that share an edge', () => {
    const expected = labels(`
      1..2
      1.3.
      11.4
    `)
    expect(labelComponents(mask(drawing), 4)).toEqual(expected)
  })

  test('joins pixels that share a corner when asked', () => {
    const expected = labels(`
      1..1
      1.1.
      11.1
    `)
    expect(labelComponents(mask(drawing), 8)).toEqual(expected)
  })

  test('finds out late that two arms are one object', () => {
    const expected = labels(`
      1.1.2
      1.1.2
      111.2
    `)
    expect(
      labelComponents(
        mask(`
          #.#.#
          #.#.#
          ###.#
        `),
        4,
      ),
    ).toEqual(expected)
  })

  test('finds nothing in an empty mask', () => {
    expect(labelComponents(mask('...'), 8).count).toBe(0)
  })
})
