import { reach, type Outline } from './outline.ts'

/** What the camera sees of the specimen. The specimen is measured in µm from the frame's upper left corner. */
export interface Frame {
  readonly width: number
  readonly height: number
  /** Side of a pixel in the specimen, in µm. */
  readonly pixelSize: number
}

export interface Place {
  readonly x: number
  readonly y: number
}

/**
 * Calls `visit` for every pixel whose centre lies within an outline.
 *
 * @param visit gets the pixel's index, its offset from the centre in µm, and its remoteness:
 * 0 at the centre, 1 at the outline. Stops when it returns false.
 * @returns whether every pixel was visited
 */
export function visitInside(
  { width, height, pixelSize }: Frame,
  outline: Outline,
  { x, y }: Place,
  visit: (pixel: number, dx: number, dy: number, remoteness: number) => boolean | void,
): boolean {
  const { furthest } = outline
  const left = Math.max(0, Math.floor((x - furthest) / pixelSize))
  const right = Math.min(width - 1, Math.ceil((x + furthest) / pixelSize))
  const top = Math.max(0, Math.floor((y - furthest) / pixelSize))
  const bottom = Math.min(height - 1, Math.ceil((y + furthest) / pixelSize))
  const furthestSquared = furthest * furthest
  for (let row = top; row <= bottom; row += 1) {
    const dy = (row + 0.5) * pixelSize - y
    for (let column = left; column <= right; column += 1) {
      const dx = (column + 0.5) * pixelSize - x
      const squared = dx * dx + dy * dy
      if (squared > furthestSquared) continue
      const remoteness = Math.sqrt(squared) / reach(outline, dx, dy)
      if (remoteness > 1) continue
      if (visit(row * width + column, dx, dy, remoteness) === false) return false
    }
  }
  return true
}
