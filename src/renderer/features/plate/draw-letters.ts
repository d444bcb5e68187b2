import type { PlateScene } from '#core/plate/plate-scene.ts'
import { WELL_STATES } from '#core/plate/well-state.ts'
import { hasPicture } from './atlas.ts'
import { cornerOf, type PlateFrame } from './plate-frame.ts'
import { inkOn, type Skin } from './skin.ts'
import { fillOf, type WellsLook } from './well-fill.ts'

/** From this size on a number can be read in a well, and a letter beside a mark. */
const NUMBER_FROM = 15
const LETTER_FROM = 28

/** Letters of controls, and numbers of categories. Where wells are too small, a control has a notch in its corner. */
export function drawLetters(
  context: CanvasRenderingContext2D,
  scene: PlateScene,
  frame: PlateFrame,
  skin: Skin,
  look: WellsLook,
): void {
  const { wellSize } = frame.grid
  const { paint } = scene
  context.font = `600 ${Math.max(9, Math.min(12, Math.round(wellSize / 4)))}px ${skin.font}`
  context.textAlign = 'left'
  context.textBaseline = 'top'
  const letters = [...new Set(scene.controls)].filter(letter => letter !== '').sort()
  for (let i = 0; i < scene.states.length; i += 1) {
    const control = scene.controls[i]!
    const category = paint.kind === 'categories' && look.atlas === null ? paint.places[i]! : -1
    const text = category >= 0 ? String(category + 1) : control
    if (text === '') continue
    const { x, y } = cornerOf(frame, i)
    const state = WELL_STATES[scene.states[i]!]!
    const fill = look.atlas === null ? fillOf(scene, i, state, skin, look.map) : null
    const partly = state === 'incomplete' || state === 'waiting'
    const level = paint.kind === 'verdict' && partly
    const onBody = fill !== null && scene.empty[i] === 0 && !level
    const onPicture = look.atlas !== null && hasPicture(look.atlas, scene.columns, i)
    context.fillStyle = onPicture ? '#ffffff' : onBody ? inkOn(fill) : skin.ink
    if (wellSize >= (category >= 0 ? NUMBER_FROM : LETTER_FROM)) {
      context.fillText(text, x + 3, y + 3)
    } else if (control !== '') {
      drawNotch(context, letters.indexOf(control), x, y, wellSize)
    }
  }
}

/** Upper left for the first kind of control, lower left for the next: enough to tell positive from negative ones. */
function drawNotch(
  context: CanvasRenderingContext2D,
  kind: number,
  x: number,
  y: number,
  size: number,
): void {
  const notch = Math.max(3, Math.round(size / 4))
  const from = kind % 2 === 0 ? y : y + size
  const to = kind % 2 === 0 ? from + notch : from - notch
  context.beginPath()
  context.moveTo(x, from)
  context.lineTo(x + notch, from)
  context.lineTo(x, to)
  context.fill()
}
