import type { PlaneState } from '#contract/plates.ts'

/** Draws a verdict's shape around a point: those of VerdictMark, small. */
export function drawMark(
  context: CanvasRenderingContext2D,
  state: PlaneState,
  x: number,
  y: number,
  size: number,
): void {
  context.beginPath()
  switch (state) {
    case 'fail':
      context.moveTo(x - size, y - size)
      context.lineTo(x + size, y + size)
      context.moveTo(x + size, y - size)
      context.lineTo(x - size, y + size)
      context.stroke()
      break
    case 'cannot-judge':
      context.moveTo(x, y - 1.3 * size)
      context.lineTo(x + 1.3 * size, y)
      context.lineTo(x, y + 1.3 * size)
      context.lineTo(x - 1.3 * size, y)
      context.closePath()
      context.stroke()
      break
    case 'unreadable':
      context.strokeRect(x - size, y - size, 2 * size, 2 * size)
      break
    case 'waiting':
    case 'pass':
      context.arc(x, y, 0.75 * size, 0, 2 * Math.PI)
      context.fill()
  }
}
