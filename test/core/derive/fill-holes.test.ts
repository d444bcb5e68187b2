import { expect, test } from 'vitest'
import { fillHoles } from '#core/derive/fill-holes.ts'
import { mask } from '../../support/labels.ts'

const drawing = `
  ######...
  #.#..#.#.
  ###..##.#
  ######.#.
`

test('fills what no path through edges joins to the border', () => {
  expect(fillHoles(mask(drawing))).toEqual(
    mask(`
      ######...
      ######.#.
      #########
      ######.#.
    `),
  )
})

test('leaves holes open that are too large for a nucleolus', () => {
  expect(fillHoles(mask(drawing), 3)).toEqual(
    mask(`
      ######...
      ###..#.#.
      ###..####
      ######.#.
    `),
  )
})
