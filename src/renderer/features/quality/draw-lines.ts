import type { Axis } from './axis-layout.ts'
import type { JudgedTable } from './judged-table.ts'
import type { Colours } from './colours.ts'

export interface LinePicture {
  readonly table: JudgedTable
  readonly axes: readonly Axis[]
  readonly rows: Int32Array
  readonly width: number
  readonly height: number
  /** Null draws all in one quiet colour. */
  readonly colours: Colours | null
  readonly quiet: string
}

/** Space around the axes, in CSS pixels: planes without the measure pass below them. */
export const AXIS_TOP = 8
export const AXIS_BOTTOM = 22
/** Lines drawn before the screen is let through again, and the longest that may take. */
const LINES_A_FRAME = 1200
const FRAME_MS = 8
const LINES_A_BATCH = 150

/** The middle of an axis's column. */
function axisX(axis: number, axes: number, width: number): number {
  return ((axis + 0.5) / axes) * width
}

export function axisY(height: number, canvasHeight: number): number {
  const inside = canvasHeight - AXIS_TOP - AXIS_BOTTOM
  return Number.isNaN(height) ? canvasHeight - 8 : AXIS_TOP + (1 - height) * inside
}

/**
 * Draws a line for each plane, frame by frame in an order that shows all of them thinned out at first.
 *
 * @returns stops drawing.
 */
export function drawLines(canvas: HTMLCanvasElement, picture: LinePicture): () => void {
  const { width, height, rows } = picture
  const scale = devicePixelRatio
  canvas.width = Math.max(1, Math.round(width * scale))
  canvas.height = Math.max(1, Math.round(height * scale))
  const context = canvas.getContext('2d')!
  context.scale(scale, scale)
  context.lineWidth = 1
  const order = spread(rows.length)
  // Thousands of lines on top of each other have to let each other through.
  const alpha = Math.max(0.06, Math.min(0.8, 180 / Math.max(1, rows.length) ** 0.75))
  let drawn = 0
  let frame = 0

  function step(): void {
    const began = performance.now()
    const end = Math.min(rows.length, drawn + LINES_A_FRAME)
    while (drawn < end && performance.now() - began < FRAME_MS) {
      drawBatch(context, picture, order.subarray(drawn, drawn + LINES_A_BATCH), alpha)
      drawn += LINES_A_BATCH
    }
    if (drawn < rows.length) frame = requestAnimationFrame(step)
  }

  step()
  return () => cancelAnimationFrame(frame)
}

const DRAWN_LAST = ['pass', 'waiting', 'cannot-judge', 'unreadable', 'fail'] as const

function drawBatch(
  context: CanvasRenderingContext2D,
  picture: LinePicture,
  batch: Int32Array,
  alpha: number,
): void {
  const { rows, table, colours, quiet } = picture
  if (colours === null) {
    context.globalAlpha = Math.min(alpha, 0.3)
    context.strokeStyle = quiet
    for (const i of batch) drawLine(context, picture, rows[i]!)
    return
  }
  for (const state of DRAWN_LAST) {
    context.globalAlpha = state === 'pass' ? alpha : Math.min(1, 2.5 * alpha)
    context.strokeStyle = colours.states[state]
    for (const i of batch) {
      if (table.state[rows[i]!] === state) drawLine(context, picture, rows[i]!)
    }
  }
}

function drawLine(
  context: CanvasRenderingContext2D,
  { axes, width, height }: LinePicture,
  row: number,
): void {
  context.beginPath()
  for (let i = 0; i < axes.length; i += 1) {
    const x = axisX(i, axes.length, width)
    const y = axisY(axes[i]!.heights[row]!, height)
    if (i === 0) context.moveTo(x, y)
    else context.lineTo(x, y)
  }
  context.stroke()
}

/** 0 … count − 1 in steps that share no factor with the count: any first part is spread over all. */
export function spread(count: number): Int32Array {
  const order = new Int32Array(count)
  let step = Math.max(1, Math.round(count * 0.618034))
  while (greatestCommonDivisor(step, count) > 1) step += 1
  for (let i = 0, at = 0; i < count; i += 1, at = (at + step) % count) order[i] = at
  return order
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b)
}
