import { expect, test } from 'vitest'
import {
  categoryColour,
  contrast,
  inkOn,
  readSkin,
} from '../../../../src/renderer/features/plate/skin.ts'
import { COLOUR_MAPS } from '../../../../src/core/plate/colour-maps.ts'
import { colourTexts } from '../../../../src/renderer/features/plate/colour-text.ts'

test('contrast is that of WCAG', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 10)
  expect(contrast('#767676', '#ffffff')).toBeCloseTo(4.54, 2)
})

test('marks stand out from every colour of every map and from every category', () => {
  const colours = [
    ...COLOUR_MAPS.flatMap(colourTexts),
    ...Array.from({ length: 8 }, (_, i) => categoryColour(i)),
  ]
  for (const colour of colours) expect(contrast(inkOn(colour), colour)).toBeGreaterThan(4.3)
})

test.each([
  { surface: '#0e1012', pass: '#4fb286' },
  { surface: '#e7e8e9', pass: '#1d7a52' },
])('wells that pass are calm on $surface, and still seen', ({ surface, pass }) => {
  const skin = readSkin(name => (name === '--surface-sunken' ? surface : pass))
  expect(skin.states.pass).not.toBe(pass)
  expect(contrast(skin.states.pass, surface)).toBeGreaterThanOrEqual(3)
  expect(contrast(skin.states.fail, surface)).toBeGreaterThan(contrast(skin.states.pass, surface))
})
