import { spreadCells, type CellBodies } from './cell-bodies.ts'
import type { Frame } from './frame.ts'
import { placeNuclei, type PlacedNuclei, type Settlement } from './place-nuclei.ts'
import { randomFrom } from './random.ts'

/** What lies under the objective at one site: cells whose every pixel is known. */
export interface Specimen extends PlacedNuclei {
  readonly frame: Frame
  readonly bodies: CellBodies
}

/** @param key of the site: equal keys grow equal specimens, whatever else is grown. */
export function growSpecimen(
  frame: Frame,
  settlement: Settlement,
  key: readonly (string | number)[],
): Specimen {
  const placed = placeNuclei(frame, settlement, randomFrom(...key, 'nuclei'))
  const bodies = spreadCells(frame, placed, randomFrom(...key, 'bodies'))
  return { frame, ...placed, bodies }
}
