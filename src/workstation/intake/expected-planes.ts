import type { Acquisition } from './acquisition.ts'
import { compareWells } from './group-fields.ts'
import { planeKey, type PlaneAddress } from './plane-file.ts'

/** The planes that the index promises and that have not arrived, in the index's order. */
export function missingPlanes(acquisition: Acquisition): readonly PlaneAddress[] {
  const arrived = new Set(acquisition.planes.map(planeKey))
  return promisedPlanes(acquisition).filter(plane => !arrived.has(planeKey(plane)))
}

export interface WellCompleteness {
  readonly well: string
  /** Promised planes; null where no index promises any. */
  readonly expected: number | null
  /** Planes in the folder, with any that were not promised, such as projections. */
  readonly arrived: number
  /** Promised planes that are not in the folder. */
  readonly missing: number
}

/** How far each well has come, in the order of the plate. */
export function completenessByWell(acquisition: Acquisition): readonly WellCompleteness[] {
  const arrived = countByWell(acquisition.planes)
  const promised = countByWell(promisedPlanes(acquisition))
  const missing = countByWell(missingPlanes(acquisition))
  const wells = new Set([...promised.keys(), ...arrived.keys()])
  return [...wells].sort(compareWells).map(well => ({
    well,
    expected: acquisition.promised === null ? null : (promised.get(well) ?? 0),
    arrived: arrived.get(well) ?? 0,
    missing: missing.get(well) ?? 0,
  }))
}

function promisedPlanes({ promised }: Acquisition): readonly PlaneAddress[] {
  const planes: PlaneAddress[] = []
  for (const block of promised ?? []) {
    for (const well of block.wells)
      for (const t of block.t)
        for (const site of block.sites)
          for (const { wave, name: channel } of block.channels)
            for (const z of block.z)
              planes.push({ well, site, channel, wave, z, t, projection: false })
  }
  return planes
}

function countByWell(planes: readonly PlaneAddress[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const { well } of planes) {
    if (well !== null) counts.set(well, (counts.get(well) ?? 0) + 1)
  }
  return counts
}
