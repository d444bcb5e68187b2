import { COLOUR_TABLES } from './colour-tables.ts'

export type ColourMapName = keyof typeof COLOUR_TABLES

export interface ColourMap {
  readonly name: ColourMapName
  /** What people choose it by. */
  readonly title: string
  /** A diverging map has a middle that means "as the rest": for values around zero. */
  readonly kind: 'sequential' | 'diverging'
  /** 256 colours from low to high: red, green, blue. */
  readonly colours: Uint8Array
}

/** Perceptually even and told apart by people who do not see red or green. */
export const COLOUR_MAPS: readonly ColourMap[] = [
  colourMap('viridis', 'Viridis', 'sequential'),
  colourMap('cividis', 'Cividis', 'sequential'),
  colourMap('magma', 'Magma', 'sequential'),
  colourMap('coolwarm', 'Cool to warm', 'diverging'),
  colourMap('PuOr_r', 'Purple to orange', 'diverging'),
]

export function colourMapOf(name: ColourMapName): ColourMap {
  return COLOUR_MAPS.find(map => map.name === name)!
}

function colourMap(name: ColourMapName, title: string, kind: ColourMap['kind']): ColourMap {
  const table = COLOUR_TABLES[name]
  const colours = new Uint8Array(table.length / 2)
  for (let i = 0; i < colours.length; i += 1) {
    colours[i] = Number.parseInt(table.slice(2 * i, 2 * i + 2), 16)
  }
  return Object.freeze({ name, title, kind, colours })
}
