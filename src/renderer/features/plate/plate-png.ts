import { numberText } from '#core/quality/rule-text.ts'
import { colourTexts } from './colour-text.ts'
import { drawPlate } from './draw-plate.ts'
import type { WellsLook } from './well-fill.ts'
import type { Figures, PlateFigures } from './figures.ts'
import { drawEntry, LEGEND_ENTRIES, SWATCH } from './legend-entries.ts'
import { fitFrame, type PlateFrame } from './plate-frame.ts'
import { categoryColour, type Skin } from './skin.ts'

interface PictureInput {
  readonly figures: Figures
  readonly skin: Skin
  readonly look: Omit<WellsLook, 'atlas'>
  /** When the picture is made, as people write it. */
  readonly date: string
}

const LARGEST = { width: 900, height: 640 }
const TITLE = 44
const LEGEND = 48
const EDGE = 24
const RATIO = 2
const TICKS = ['left', 'center', 'right'] as const

/** Draws the plates with title, legend and date, at twice the pixels of a screen. */
export function drawPicture(canvas: HTMLCanvasElement, input: PictureInput): void {
  const { figures, skin } = input
  const frames = figures.plates.map(frameOf)
  const columns = frames.length > 1 ? 2 : 1
  const plateWidth = Math.max(640, ...frames.map(({ width }) => width))
  const plateHeight = Math.max(...frames.map(({ height }) => height)) + TITLE
  const rows = Math.ceil(frames.length / columns)
  const width = columns * (plateWidth + EDGE) + EDGE
  const height = rows * plateHeight + LEGEND + EDGE
  canvas.width = width * RATIO
  canvas.height = height * RATIO
  const context = canvas.getContext('2d')!
  context.scale(RATIO, RATIO)
  context.fillStyle = skin.surface
  context.fillRect(0, 0, width, height)
  figures.plates.forEach((plate, i) => {
    context.save()
    context.translate(
      EDGE + (i % columns) * (plateWidth + EDGE),
      Math.floor(i / columns) * plateHeight,
    )
    drawTitle(context, plate, figures.title, skin)
    context.translate(0, TITLE)
    drawPlate(context, plate.scene, frames[i]!, skin, { ...input.look, atlas: null })
    context.restore()
  })
  context.save()
  context.translate(EDGE, rows * plateHeight + EDGE)
  drawLegend(context, input, width - 2 * EDGE)
  context.restore()
}

/** As large as its wells and no larger. */
function frameOf({ scene }: PlateFigures): PlateFrame {
  const frame = fitFrame(scene.rows, scene.columns, LARGEST.width, LARGEST.height)
  const { marginLeft, marginTop, margin } = frame
  return { ...frame, width: marginLeft + margin, height: marginTop + margin }
}

function drawTitle(
  context: CanvasRenderingContext2D,
  { plate }: PlateFigures,
  title: string,
  skin: Skin,
): void {
  const { name } = plate.details.summary
  context.fillStyle = skin.ink
  context.font = `600 16px ${skin.font}`
  context.textAlign = 'left'
  context.textBaseline = 'alphabetic'
  context.fillText(name, 0, 30)
  const after = context.measureText(name).width + 12
  context.fillStyle = skin.inkQuiet
  context.font = `14px ${skin.font}`
  context.fillText(title, after, 30)
}

function drawLegend(
  context: CanvasRenderingContext2D,
  { figures, skin, look, date }: PictureInput,
  width: number,
): void {
  const { scale, categories } = figures
  const font = `13px ${skin.font}`
  context.font = font
  context.textBaseline = 'top'
  context.textAlign = 'right'
  context.fillStyle = skin.inkQuiet
  context.fillText(date, width, 20)
  context.textAlign = 'left'
  if (scale !== null) {
    colourTexts(look.map).forEach((colour, i) => {
      context.fillStyle = colour
      context.fillRect(i, 0, 1, 14)
    })
    context.fillStyle = skin.ink
    const ticks = [scale.low, (scale.low + scale.high) / 2, scale.high]
    ticks.forEach((tick, i) => {
      context.textAlign = TICKS[i]!
      context.fillText(numberText(tick), i * 128, 20)
    })
    return
  }
  let x = 0
  const write = (text: string): void => {
    context.font = font
    context.textAlign = 'left'
    context.textBaseline = 'top'
    context.fillStyle = skin.ink
    context.fillText(text, x + SWATCH + 5, 1)
    x += SWATCH + 5 + context.measureText(text).width + 14
  }
  categories?.forEach((name, i) => {
    context.fillStyle = categoryColour(i)
    context.fillRect(x, 0, SWATCH, SWATCH)
    write(`${i + 1} ${name}`)
  })
  if (categories !== null) return
  for (const entry of LEGEND_ENTRIES) {
    drawEntry(context, entry, skin, x, 0)
    write(entry.text)
  }
}
