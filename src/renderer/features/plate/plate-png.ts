import { numberText } from '#core/quality/rule-text.ts'
import { colourTexts } from './colour-text.ts'
import { drawPlate } from './draw-plate.ts'
import type { WellsLook } from './draw-wells.ts'
import type { Figures, PlateFigures } from './figures.ts'
import { fitFrame } from './plate-frame.ts'
import { categoryColour, type Skin } from './skin.ts'

interface PictureInput {
  readonly figures: Figures
  readonly skin: Skin
  readonly look: Omit<WellsLook, 'atlas'>
  readonly background: string
  /** When the picture is made, as people write it. */
  readonly date: string
}

const PLATE = { width: 900, height: 640 }
const TITLE = 44
const LEGEND = 64
const EDGE = 24
const RATIO = 2

/** Draws the plates with title, legend and date, at twice the pixels of a screen. */
export function drawPicture(canvas: HTMLCanvasElement, input: PictureInput): void {
  const { figures, skin, background, look } = input
  const columns = figures.plates.length > 1 ? 2 : 1
  const rows = Math.ceil(figures.plates.length / columns)
  const width = columns * (PLATE.width + EDGE) + EDGE
  const height = rows * (PLATE.height + TITLE) + LEGEND + EDGE
  canvas.width = width * RATIO
  canvas.height = height * RATIO
  const context = canvas.getContext('2d')!
  context.scale(RATIO, RATIO)
  context.fillStyle = background
  context.fillRect(0, 0, width, height)
  figures.plates.forEach((plate, i) => {
    const x = EDGE + (i % columns) * (PLATE.width + EDGE)
    const y = Math.floor(i / columns) * (PLATE.height + TITLE)
    context.save()
    context.translate(x, y)
    drawTitled(context, plate, figures.title, skin, look)
    context.restore()
  })
  context.save()
  context.translate(EDGE, rows * (PLATE.height + TITLE) + EDGE / 2)
  drawLegend(context, input, width - 2 * EDGE)
  context.restore()
}

function drawTitled(
  context: CanvasRenderingContext2D,
  { plate, scene }: PlateFigures,
  title: string,
  skin: Skin,
  look: PictureInput['look'],
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
  context.translate(0, TITLE)
  const frame = fitFrame(scene.rows, scene.columns, PLATE.width, PLATE.height)
  drawPlate(context, scene, frame, skin, { ...look, atlas: null })
}

function drawLegend(
  context: CanvasRenderingContext2D,
  { figures, skin, look, date }: PictureInput,
  width: number,
): void {
  const { scale, categories } = figures
  context.font = `13px ${skin.font}`
  context.textBaseline = 'top'
  context.fillStyle = skin.inkQuiet
  context.textAlign = 'right'
  context.fillText(date, width, 0)
  context.textAlign = 'left'
  if (scale !== null) {
    const colours = colourTexts(look.map)
    colours.forEach((colour, i) => {
      context.fillStyle = colour
      context.fillRect(i, 0, 1, 14)
    })
    context.fillStyle = skin.ink
    const ticks = [scale.low, (scale.low + scale.high) / 2, scale.high]
    ticks.forEach((tick, i) => {
      context.textAlign = (['left', 'center', 'right'] as const)[i]!
      context.fillText(numberText(tick), i * 128, 20)
    })
    return
  }
  const entries = categories?.map((name, i) => ({ colour: categoryColour(i), name }))
  let x = 0
  for (const { colour, name } of entries ?? stateEntries(skin)) {
    const next = x + 24 + context.measureText(name).width + 16
    if (next > width - 140) break
    context.fillStyle = colour
    context.fillRect(x, 0, 14, 14)
    context.fillStyle = skin.ink
    context.fillText(name, x + 20, 1)
    x = next
  }
}

function stateEntries({ states }: Skin): { colour: string; name: string }[] {
  return [
    { colour: states.pass, name: 'pass' },
    { colour: states['cannot-judge'], name: '◇ cannot judge' },
    { colour: states.fail, name: '× fail' },
    { colour: states.unreadable, name: '⧄ unreadable' },
    { colour: states.waiting, name: 'waiting' },
    { colour: states.missing, name: '○ missing' },
  ]
}
