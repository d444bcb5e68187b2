import { parseWell } from '#core/plate/well.ts'
import type { Acquisition } from './acquisition.ts'
import type { PlaneFile } from './plane-file.ts'

/** The planes of one place on the plate at one time. */
export interface Field {
  /** `B03_s1`, `B03_s1_t2`, or the path of a loose image or what an index says of it. No two fields of a run share it, and it never changes. */
  readonly name: string
  readonly well: string | null
  readonly site: number | null
  readonly t: number
  /** By channel, then z; projections last. */
  readonly planes: readonly PlaneFile[]
}

/** Sorts planes into fields: well by well along the rows of the plate, then by site and time. */
export function groupFields({ planes }: Pick<Acquisition, 'planes'>): readonly Field[] {
  const fields = Map.groupBy(planes, fieldName)
  return [...fields]
    .map(([name, own]) => {
      const { well, site, t } = own[0]!
      return { name, well, site, t, planes: own.toSorted(comparePlanes) }
    })
    .sort(compareFields)
}

export function fieldName(plane: PlaneFile): string {
  const { well, site, t } = plane
  const place = well === null ? unplaced(plane) : site === null ? well : `${well}_s${site}`
  // Loose images have time 0.
  return t === 1 || (well === null && t === 0) ? place : `${place}_t${t}`
}

function unplaced({ path, field }: PlaneFile): string {
  return field ?? path
}

/** Along the rows of the plate: A01, A02 … B01 … Z01 … AA01. */
export function compareWells(a: string, b: string): number {
  const [first, second] = [parseWell(a), parseWell(b)]
  if (first === null || second === null) return a < b ? -1 : a > b ? 1 : 0
  return first.row - second.row || first.column - second.column
}

function compareFields(a: Field, b: Field): number {
  const places = compareWells(a.well ?? unplaced(a.planes[0]!), b.well ?? unplaced(b.planes[0]!))
  return places || (a.site ?? 0) - (b.site ?? 0) || a.t - b.t
}

function comparePlanes(a: PlaneFile, b: PlaneFile): number {
  const depth = Number(a.projection) - Number(b.projection) || a.z - b.z
  return a.wave - b.wave || (a.channel < b.channel ? -1 : a.channel > b.channel ? 1 : depth)
}
