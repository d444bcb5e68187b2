import type { PlateScene } from '#core/plate/plate-scene.ts'
import { WELL_STATES, type WellState } from '#core/plate/well-state.ts'
import { hasPicture } from './atlas.ts'
import { drawLetters } from './draw-letters.ts'
import { drawHoles } from './draw-holes.ts'
import { GLYPH_STATES, glyphWidth, traceGlyph, type GlyphState } from './glyphs.ts'
import { cornerOf, type PlateFrame } from './plate-frame.ts'
import { inkOn, type Skin } from './skin.ts'
import { fillOf, type WellsLook } from './well-fill.ts'

/** From this size on a mark has a corner of its own, so that what the colour says stays in sight. */
const BADGE_FROM = 20
/** From this size on there is room for a share below the mark without hiding a colour that says something else. */
const SHARE_FROM = 12
/** From this size on stripes may be two pixels wide. */
const STRIPES_FROM = 12
/** Marks of large wells need not shout. */
const LARGEST_MARK = 24

/** A shape still to be drawn, with others of its ink. */
interface Mark {
  readonly state: GlyphState
  readonly x: number
  readonly y: number
  readonly side: number
}

/** Draws every well. Marks are collected and drawn together, by shape and ink. */
export function drawWells(
  context: CanvasRenderingContext2D,
  scene: PlateScene,
  frame: PlateFrame,
  skin: Skin,
  look: WellsLook,
): void {
  const marks = new Map<string, Mark[]>()
  const { wellSize } = frame.grid
  const verdicts = scene.paint.kind === 'verdict' && look.atlas === null
  const badges = !verdicts && wellSize >= BADGE_FROM
  for (let i = 0; i < scene.states.length; i += 1) {
    const { x, y } = cornerOf(frame, i)
    const state = WELL_STATES[scene.states[i]!]!
    const fill = look.atlas === null ? fillOf(scene, i, state, skin, look.map) : null
    const hollow = scene.empty[i] === 1
    const marked =
      hasGlyph(state) &&
      state !== 'missing' &&
      (verdicts || (look.marks && !badges && fill !== null))
    const shared = marked && scene.shares[i]! < 1 && (verdicts || wellSize >= SHARE_FROM)
    const bar = shared ? shareBar(wellSize) : 0
    if (look.atlas?.picture && hasPicture(look.atlas, scene.columns, i)) {
      drawPicture(context, look.atlas.picture, look.atlas.size, scene, frame, i)
    } else if (fill === null) drawBare(context, state, x, y, wellSize, skin)
    else if (verdicts && state === 'incomplete') drawLevel(context, scene, i, x, y, wellSize, fill)
    else if (verdicts && state === 'waiting') drawStripes(context, x, y, wellSize, fill)
    else drawBody(context, hollow, x, y, wellSize, bar, fill, skin)
    if (bar > 0) drawShare(context, scene.shares[i]!, x, y, wellSize, bar, fill!)
    if (!hasGlyph(state)) continue
    if (state === 'missing') {
      if (fill === null) collectMark(marks, state, x, y, wellSize, skin.states.missing)
    } else if (marked) {
      const ink = hollow ? (verdicts ? fill! : skin.ink) : inkOn(fill ?? skin.surface)
      collectMark(marks, state, x, y, wellSize, ink, bar)
    } else if (look.marks) {
      drawBadge(context, state, x, y, wellSize, skin)
    }
  }
  strokeMarks(context, marks, wellSize)
  drawHoles(context, scene, frame, skin)
  drawLetters(context, scene, frame, skin, look)
}

function hasGlyph(state: WellState): state is GlyphState {
  return (GLYPH_STATES as readonly WellState[]).includes(state)
}

/** A well with nothing to show: a dot where nobody meant to image, an outline where there should be something. */
function drawBare(
  context: CanvasRenderingContext2D,
  state: WellState,
  x: number,
  y: number,
  size: number,
  skin: Skin,
): void {
  if (state === 'not-imaged') {
    const dot = Math.max(1, Math.min(3, Math.round(size / 10)))
    const inset = Math.floor((size - dot) / 2)
    context.fillStyle = skin.borderStrong
    context.fillRect(x + inset, y + inset, dot, dot)
    return
  }
  context.strokeStyle = state === 'missing' ? skin.border : skin.borderStrong
  context.lineWidth = 1
  context.strokeRect(x + 0.5, y + 0.5, size - 1, size - 1)
  if (state === 'missing') return
  const dash = Math.max(2, Math.min(LARGEST_MARK / 2, Math.round(size / 3)))
  context.fillStyle = skin.inkQuiet
  context.fillRect(x + Math.round((size - dash) / 2), y + Math.floor(size / 2), dash, 1)
}

/** Filled down to the bar of its share; a frame around nothing where a well is empty. */
function drawBody(
  context: CanvasRenderingContext2D,
  empty: boolean,
  x: number,
  y: number,
  size: number,
  bar: number,
  fill: string,
  skin: Skin,
): void {
  const height = bar > 0 ? size - bar - 1 : size
  context.fillStyle = fill
  context.fillRect(x, y, size, height)
  if (!empty) return
  const frame = Math.max(2, Math.round(size / 6))
  const inside = Math.min(size - 2 * frame, height - frame)
  context.fillStyle = skin.surface
  context.fillRect(x + frame, y + frame, size - 2 * frame, inside)
}

/** Lines instead of a body: everything is here, nothing is known of it. */
function drawStripes(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  size: number,
  fill: string,
): void {
  context.fillStyle = fill
  const step = size < STRIPES_FROM ? 2 : 4
  for (let down = 0; down < size; down += step) {
    context.fillRect(x, y + down, size, Math.min(step / 2, size - down))
  }
}

/** Rises with what is here. */
function drawLevel(
  context: CanvasRenderingContext2D,
  scene: PlateScene,
  i: number,
  x: number,
  y: number,
  size: number,
  fill: string,
): void {
  const progress = scene.progress[i]!
  const inner = size - 2
  const level = Math.max(1, Math.round(inner * (Number.isNaN(progress) ? 0.5 : progress)))
  context.strokeStyle = fill
  context.lineWidth = 1
  context.strokeRect(x + 0.5, y + 0.5, size - 1, size - 1)
  context.fillStyle = fill
  context.fillRect(x + 1, y + 1 + inner - level, inner, level)
}

function drawPicture(
  context: CanvasRenderingContext2D,
  picture: CanvasImageSource,
  size: number,
  scene: PlateScene,
  frame: PlateFrame,
  i: number,
): void {
  const { x, y } = cornerOf(frame, i)
  const row = Math.floor(i / scene.columns)
  const column = i % scene.columns
  const { wellSize } = frame.grid
  context.drawImage(picture, column * size, row * size, size, size, x, y, wellSize, wellSize)
}

/** How high the bar is that says how many planes are like the worst. */
function shareBar(size: number): number {
  return Math.max(2, Math.round(size / 8))
}

function drawShare(
  context: CanvasRenderingContext2D,
  share: number,
  x: number,
  y: number,
  size: number,
  height: number,
  fill: string,
): void {
  context.fillStyle = fill
  context.fillRect(x, y + size - height, Math.max(1, Math.round(size * share)), height)
}

function drawBadge(
  context: CanvasRenderingContext2D,
  state: GlyphState,
  x: number,
  y: number,
  size: number,
  skin: Skin,
): void {
  const side = Math.max(10, Math.min(18, Math.round(size / 3)))
  const left = x + size - side
  context.fillStyle = skin.states[state]
  context.fillRect(left, y, side, side)
  const inset = side * 0.26
  context.beginPath()
  traceGlyph(context, state, left + inset, y + inset, side - 2 * inset)
  context.strokeStyle = inkOn(skin.states[state])
  context.lineWidth = 1.5
  context.stroke()
}

function collectMark(
  marks: Map<string, Mark[]>,
  state: GlyphState,
  x: number,
  y: number,
  size: number,
  ink: string,
  bar = 0,
): void {
  const wanted = (size - bar) * (state === 'missing' ? 0.4 : 0.5)
  const side = Math.max(4, Math.min(LARGEST_MARK, wanted))
  const mark = { state, x: x + (size - side) / 2, y: y + (size - bar - side) / 2, side }
  const others = marks.get(ink)
  if (others === undefined) marks.set(ink, [mark])
  else others.push(mark)
}

function strokeMarks(
  context: CanvasRenderingContext2D,
  marks: ReadonlyMap<string, readonly Mark[]>,
  size: number,
): void {
  context.lineWidth = glyphWidth(Math.min(LARGEST_MARK, size / 2))
  for (const [ink, others] of marks) {
    context.beginPath()
    for (const { state, x, y, side } of others) traceGlyph(context, state, x, y, side)
    context.strokeStyle = ink
    context.stroke()
  }
}
