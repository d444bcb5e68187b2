import { describe, expect, test } from 'vitest'
import { CARD_WIDTH, cardPlace } from '../../../../src/renderer/features/plate/card-place.ts'
import { cornerOf, fitFrame } from '../../../../src/renderer/features/plate/plate-frame.ts'

const HEIGHT = 150

/** What a card of some height covers. */
function boxOf(frame: ReturnType<typeof fitFrame>, index: number) {
  const { left, top, bottom } = cardPlace(frame, { kind: 'well', index })
  const from = top ?? frame.height - bottom! - HEIGHT
  return { left, right: left + CARD_WIDTH, top: from, bottom: from + HEIGHT }
}

describe.each([
  { wells: 96, rows: 8, columns: 12, width: 900, height: 620 },
  { wells: 384, rows: 16, columns: 24, width: 900, height: 620 },
  { wells: 1536, rows: 32, columns: 48, width: 900, height: 620 },
  { wells: 96, rows: 8, columns: 12, width: 300, height: 620 },
])('the card of a well among $wells in $width pixels', ({ rows, columns, width, height }) => {
  const frame = fitFrame(rows, columns, width, height)
  const wells = Array.from({ length: rows * columns }, (_, index) => index)

  test('covers neither the well nor those beside it in its row', () => {
    for (const index of wells) {
      const card = boxOf(frame, index)
      const { y } = cornerOf(frame, index)
      expect(card.top >= y + frame.grid.wellSize || card.bottom <= y).toBe(true)
    }
  })

  test('stays on its stage', () => {
    for (const index of wells) {
      const { left, right } = boxOf(frame, index)
      expect(left).toBeGreaterThanOrEqual(0)
      expect(right).toBeLessThanOrEqual(width)
    }
  })
})

test('the card stands on the sides with more room', () => {
  const frame = fitFrame(8, 12, 900, 620)
  const first = cornerOf(frame, 0)
  const last = cornerOf(frame, 95)
  expect(boxOf(frame, 0).left).toBeGreaterThan(first.x + frame.grid.wellSize)
  expect(boxOf(frame, 0).top).toBeGreaterThan(first.y + frame.grid.wellSize)
  expect(boxOf(frame, 95).right).toBeLessThan(last.x)
  expect(boxOf(frame, 95).bottom).toBeLessThan(last.y)
})

test('the card of a row leaves the row free', () => {
  const frame = fitFrame(8, 12, 900, 620)
  const { top } = cardPlace(frame, { kind: 'row', row: 1 })
  expect(top).toBeGreaterThan(cornerOf(frame, 12).y + frame.grid.wellSize)
})
