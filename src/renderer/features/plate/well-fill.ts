import type { ColourMap } from '#core/plate/colour-maps.ts'
import type { PlateScene } from '#core/plate/plate-scene.ts'
import type { WellState } from '#core/plate/well-state.ts'
import type { AtlasWells } from './atlas.ts'
import { colourTexts } from './colour-text.ts'
import { categoryColour, type Skin } from './skin.ts'

/** Thumbnails of wells in one picture, `size` by `size` pixels each. */
export interface Atlas extends AtlasWells {
  /** Null while there is none. */
  readonly picture: CanvasImageSource | null
}

export interface WellsLook {
  readonly map: ColourMap
  /** Whether wells carry the mark of their verdict when their colour says something else. */
  readonly marks: boolean
  readonly atlas: Atlas | null
}

/** The colour of a well, or null where it has none. */
export function fillOf(
  scene: PlateScene,
  i: number,
  state: WellState,
  skin: Skin,
  map: ColourMap,
): string | null {
  const { paint } = scene
  switch (paint.kind) {
    case 'verdict':
      return state === 'not-imaged' || state === 'missing' ? null : skin.states[state]
    case 'values':
      return paint.colours[i]! < 0 ? null : colourTexts(map)[paint.colours[i]!]!
    case 'categories':
      return paint.places[i]! < 0 ? null : categoryColour(paint.places[i]!)
  }
}
