import { parseWell } from './well.ts'

/** Where an image was taken on its plate. */
export interface ImagePlace {
  /** `B03`; null for a loose image. */
  readonly well: string | null
  readonly site: number | null
  readonly t: number
  readonly z: number
}

/** Along the rows of the plate, then by site, time and depth; images without a well come last. */
export function comparePlaces(a: ImagePlace, b: ImagePlace): number {
  return compareWells(a.well, b.well) || (a.site ?? -1) - (b.site ?? -1) || a.t - b.t || a.z - b.z
}

function compareWells(a: string | null, b: string | null): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null)
  const [first, second] = [parseWell(a), parseWell(b)]
  if (first === null || second === null) return a < b ? -1 : a > b ? 1 : 0
  return first.row - second.row || first.column - second.column
}
