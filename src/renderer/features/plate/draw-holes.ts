import { HOLES, type Hole, type PlateScene } from '#core/plate/plate-scene.ts'
import { cornerOf, type PlateFrame } from './plate-frame.ts'
import type { Skin } from './skin.ts'

/** From this size on the corner of a hole is as large as it gets. */
const LARGEST = 14

/** A corner is cut out of a well with a hole: framed while images are late, filled where they are missing. */
export function drawHoles(
  context: CanvasRenderingContext2D,
  scene: PlateScene,
  frame: PlateFrame,
  skin: Skin,
): void {
  const { wellSize } = frame.grid
  const side = Math.max(4, Math.min(LARGEST, Math.round(wellSize / 2.6)))
  for (let i = 0; i < scene.holes.length; i += 1) {
    const hole = HOLES[scene.holes[i]!]!
    if (hole === 'none') continue
    const { x, y } = cornerOf(frame, i)
    drawHole(context, hole, x + wellSize, y + wellSize, side, skin)
  }
}

/** @param right and `bottom`: the corner of the well */
function drawHole(
  context: CanvasRenderingContext2D,
  hole: Exclude<Hole, 'none'>,
  right: number,
  bottom: number,
  side: number,
  skin: Skin,
): void {
  const gap = side > 6 ? 2 : 1
  corner(context, right + 1, bottom + 1, side + gap + 1)
  context.fillStyle = skin.surface
  context.fill()
  if (hole === 'missing') {
    corner(context, right, bottom, side)
    context.fillStyle = skin.ink
    context.fill()
    return
  }
  corner(context, right - 0.5, bottom - 0.5, side - 1)
  context.strokeStyle = skin.ink
  context.lineWidth = 1
  context.stroke()
}

function corner(
  context: CanvasRenderingContext2D,
  right: number,
  bottom: number,
  side: number,
): void {
  context.beginPath()
  context.moveTo(right, bottom - side)
  context.lineTo(right, bottom)
  context.lineTo(right - side, bottom)
  context.closePath()
}
