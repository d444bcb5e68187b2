import type { Locator } from 'playwright-core'
import { colourMapOf } from '#core/plate/colour-maps.ts'
import { cameraFor } from '../../src/renderer/features/field/camera.ts'
import { colourAt, pictureOf } from './canvas-picture.ts'

interface MapOfField {
  readonly width: number
  readonly height: number
  readonly pixels: ArrayLike<number>
}

/** What a picture of the canvas leaves out at its edges. */
const RING = 4

/**
 * How many values of a map are another colour where they are on the canvas, which shows the whole field under a map that
 * covers it. The scale bar lies over the lower left corner, which is left out.
 */
export async function wrongOnScreen(
  canvas: Locator,
  map: MapOfField,
  field: { readonly width: number; readonly height: number },
): Promise<number> {
  const picture = await pictureOf(canvas)
  const pane = { width: picture.width + 2 * RING, height: picture.height + 2 * RING }
  const { zoom } = cameraFor('fit', field, pane)
  const { colours } = colourMapOf('magma')
  let wrong = 0
  for (let y = 0; y < map.height; y += 1) {
    for (let x = 0; x < map.width; x += 1) {
      const left = pane.width / 2 + ((x + 0.5) / map.width - 0.5) * field.width * zoom - RING
      const top = pane.height / 2 + ((y + 0.5) / map.height - 0.5) * field.height * zoom - RING
      if (left < 200 && top > picture.height - 60) continue
      const colour = colourAt(picture, Math.floor(left), Math.floor(top))
      const value = map.pixels[y * map.width + x]!
      const expected = colours.subarray(3 * value, 3 * value + 3)
      if (colour.some((part, i) => Math.abs(part - expected[i]!) > 2)) wrong += 1
    }
  }
  return wrong
}
