import { expect, test } from 'vitest'
import {
  GLYPH_STATES,
  traceGlyph,
  type GlyphState,
  type Pen,
} from '../../../../src/renderer/features/plate/glyphs.ts'

/** The strokes that a mark is made of. */
function strokes(state: GlyphState): string[] {
  const drawn: string[] = []
  const note =
    (name: string) =>
    (...numbers: unknown[]): void =>
      void drawn.push(`${name} ${numbers.slice(0, 4).join(' ')}`)
  const pen: Pen = {
    moveTo: note('to'),
    lineTo: note('line'),
    arc: note('arc'),
    closePath: note('close'),
    rect: note('rect'),
  }
  traceGlyph(pen, state, 0, 0, 4)
  return drawn
}

test('every mark is told from the others without its colour', () => {
  const shapes = GLYPH_STATES.map(state => strokes(state).join(', '))
  expect(new Set(shapes).size).toBe(GLYPH_STATES.length)
})

test('what fails is crossed out', () => {
  expect(strokes('fail')).toEqual(['to 0 0', 'line 4 4', 'to 4 0', 'line 0 4'])
})
