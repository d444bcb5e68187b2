import { rowName } from '#core/plate/well.ts'
import { pitchOf } from '#core/plate/grid.ts'
import type { PlateScene } from '#core/plate/plate-scene.ts'
import { colourTexts } from './colour-text.ts'
import { drawWells } from './draw-wells.ts'
import type { WellsLook } from './well-fill.ts'
import { cornerOf, type Box, type PlateFrame } from './plate-frame.ts'
import type { Pointing } from './plate-state.ts'
import type { Skin } from './skin.ts'

/** Draws a plate: letters, numbers, wells, and the means of rows and columns. */
export function drawPlate(
  context: CanvasRenderingContext2D,
  scene: PlateScene,
  frame: PlateFrame,
  skin: Skin,
  look: WellsLook,
): void {
  context.fillStyle = skin.surface
  context.fillRect(0, 0, frame.width, frame.height)
  drawHeads(context, frame, skin)
  drawWells(context, scene, frame, skin, look)
  drawMargins(context, scene, frame, skin, look)
}

/** Draws what somebody points at; over the plate, so that the plate need not be drawn again. */
export function drawPointing(
  context: CanvasRenderingContext2D,
  frame: PlateFrame,
  skin: Skin,
  pointing: Pointing,
  showFocus: boolean,
  box: Box | null,
): void {
  context.clearRect(0, 0, frame.width, frame.height)
  const { wellSize, gap } = frame.grid
  for (const i of pointing.selected) {
    const { x, y } = cornerOf(frame, i)
    outline(context, x, y, wellSize, gap >= 2 ? 1 : 0, skin.surface, skin.accent)
  }
  if (showFocus) {
    const { x, y } = cornerOf(frame, pointing.focus)
    context.strokeStyle = skin.surface
    context.lineWidth = 4
    context.strokeRect(x - 1.5, y - 1.5, wellSize + 3, wellSize + 3)
    context.strokeStyle = skin.ink
    context.lineWidth = 2
    context.strokeRect(x - 2, y - 2, wellSize + 4, wellSize + 4)
  }
  if (box === null) return
  context.strokeStyle = skin.accent
  context.lineWidth = 1
  context.setLineDash([4, 3])
  context.strokeRect(box.left, box.top, box.right - box.left, box.bottom - box.top)
  context.setLineDash([])
}

function outline(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  size: number,
  out: number,
  under: string,
  over: string,
): void {
  context.lineWidth = 1
  context.strokeStyle = under
  context.strokeRect(x + 1.5, y + 1.5, size - 3, size - 3)
  context.strokeStyle = over
  context.lineWidth = size >= 16 ? 2 : 1
  const at = out === 0 ? 0.5 : 0
  context.strokeRect(x + at, y + at, size - 2 * at, size - 2 * at)
}

/** As many letters and numbers as can be read; every second, fifth or tenth where wells are small. */
function drawHeads(context: CanvasRenderingContext2D, frame: PlateFrame, skin: Skin): void {
  const { grid, left, top } = frame
  const pitch = pitchOf(grid)
  context.fillStyle = skin.inkQuiet
  context.font = `${pitch >= 14 ? 11 : 10}px ${skin.font}`
  context.textBaseline = 'middle'
  context.textAlign = 'right'
  const rowStep = pitch >= 11 ? 1 : 2
  for (let row = 0; row < grid.rows; row += rowStep) {
    context.fillText(rowName(row), left - 5, top + row * pitch + grid.wellSize / 2 + 0.5)
  }
  context.textAlign = 'center'
  const columnStep = pitch >= 16 ? 1 : pitch >= 9 ? 2 : 5
  for (let column = 0; column < grid.columns; column += columnStep) {
    const x = left + column * pitch + grid.wellSize / 2
    context.fillText(String(column + 1), x, top - 8)
  }
}

/** Means in the colours of the wells; where those are verdicts, bars as long as the share that does not pass. */
function drawMargins(
  context: CanvasRenderingContext2D,
  { paint }: PlateScene,
  frame: PlateFrame,
  skin: Skin,
  { map, atlas }: WellsLook,
): void {
  const { grid, left, top, marginLeft, marginTop, margin } = frame
  const pitch = pitchOf(grid)
  const size = grid.wellSize
  if (paint.kind === 'values' && atlas === null) {
    const colours = colourTexts(map)
    paint.rowColours.forEach((colour, row) => {
      if (colour < 0) return
      context.fillStyle = colours[colour]!
      context.fillRect(marginLeft, top + row * pitch, margin, size)
    })
    paint.columnColours.forEach((colour, column) => {
      if (colour < 0) return
      context.fillStyle = colours[colour]!
      context.fillRect(left + column * pitch, marginTop, size, margin)
    })
  }
  if (paint.kind !== 'verdict') return
  paint.rowShares.forEach((share, row) => {
    if (Number.isNaN(share)) return
    context.fillStyle = skin.border
    context.fillRect(marginLeft, top + row * pitch, margin, size)
    context.fillStyle = skin.states.fail
    context.fillRect(marginLeft, top + row * pitch, Math.ceil(share * margin), size)
  })
  paint.columnShares.forEach((share, column) => {
    if (Number.isNaN(share)) return
    context.fillStyle = skin.border
    context.fillRect(left + column * pitch, marginTop, size, margin)
    context.fillStyle = skin.states.fail
    context.fillRect(left + column * pitch, marginTop, size, Math.ceil(share * margin))
  })
}
