import { cornerOf, wellsOfHit, type FrameHit, type PlateFrame } from './plate-frame.ts'

/** Where a card stands on its stage, in CSS pixels from two of its edges. */
export interface CardPlace {
  readonly left: number
  /** One of the two, so that a card grows away from its well. */
  readonly top?: number
  readonly bottom?: number
}

export const CARD_WIDTH = 264
const DISTANCE = 8

/**
 * Off the corner of what is pointed at, on the sides with more room: never over it, nor over what lies beside it in its
 * row or its column.
 */
export function cardPlace(frame: PlateFrame, hit: FrameHit): CardPlace {
  const { grid, width, height } = frame
  const corner = cornerOf(frame, wellsOfHit(grid, hit)[0]!)
  const size = grid.wellSize
  const before = corner.x - DISTANCE
  const after = corner.x + size + DISTANCE
  // What stands for a row has wells on every side of it but above and below.
  const beside = hit.kind === 'row' || hit.kind === 'all' ? frame.left : null
  const left = beside ?? (width - after >= before ? after : before - CARD_WIDTH)
  const above = corner.y - DISTANCE
  const below = corner.y + size + DISTANCE
  const vertical = height - below >= above ? { top: below } : { bottom: height - above }
  return { left: Math.max(0, Math.min(left, width - CARD_WIDTH)), ...vertical }
}
