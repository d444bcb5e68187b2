import type { ColourMap } from '#core/plate/colour-maps.ts'

const texts = new WeakMap<ColourMap, readonly string[]>()

/** A map's 256 colours as a canvas takes them, made once. */
export function colourTexts(map: ColourMap): readonly string[] {
  const known = texts.get(map)
  if (known !== undefined) return known
  const made = Array.from({ length: 256 }, (_, i) => {
    const [red, green, blue] = map.colours.subarray(3 * i, 3 * i + 3)
    return `#${((red! << 16) | (green! << 8) | blue!).toString(16).padStart(6, '0')}`
  })
  texts.set(map, made)
  return made
}
