import type { WellState } from '#core/plate/well-state.ts'

/** The part of a canvas that draws lines. */
export type Pen = Pick<CanvasPath, 'moveTo' | 'lineTo' | 'arc' | 'closePath' | 'rect'>

export type GlyphState = Extract<WellState, 'cannot-judge' | 'fail' | 'unreadable' | 'missing'>

export const GLYPH_STATES: readonly GlyphState[] = ['cannot-judge', 'fail', 'unreadable', 'missing']

/** The shapes of ui/verdict-mark.tsx, in a square: what a state is told by without its colour. */
export function traceGlyph(pen: Pen, state: GlyphState, x: number, y: number, size: number): void {
  const middleX = x + size / 2
  const middleY = y + size / 2
  switch (state) {
    case 'fail':
      pen.moveTo(x, y)
      pen.lineTo(x + size, y + size)
      pen.moveTo(x + size, y)
      pen.lineTo(x, y + size)
      return
    case 'cannot-judge':
      pen.moveTo(middleX, y)
      pen.lineTo(x + size, middleY)
      pen.lineTo(middleX, y + size)
      pen.lineTo(x, middleY)
      pen.closePath()
      return
    case 'unreadable':
      pen.rect(x, y, size, size)
      pen.moveTo(x, y + size)
      pen.lineTo(x + size, y)
      return
    case 'missing':
      pen.moveTo(x + size, middleY)
      pen.arc(middleX, middleY, size / 2, 0, 2 * Math.PI)
  }
}

/** As thin as can be seen, and a tenth of the shape where it is large. */
export function glyphWidth(size: number): number {
  return Math.max(1.2, Math.min(3, size / 7))
}
