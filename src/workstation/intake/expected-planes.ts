import { blockSize, type PlaneBlock } from './acquisition.ts'
import { planeKey, type PlaneAddress } from './plane-file.ts'

/** What an index promises, and what has arrived. */
export interface PromisedPlanes {
  readonly promised: readonly PlaneBlock[] | null
  readonly planes: readonly PlaneAddress[]
}

/** The planes that the index promises and that have not arrived, in the index's order. */
export function missingPlanes(acquisition: PromisedPlanes): readonly PlaneAddress[] {
  const arrived = new Set(acquisition.planes.map(planeKey))
  return promisedPlanes(acquisition).filter(plane => !arrived.has(planeKey(plane)))
}

/** How many planes blocks promise of each well; a plane that several promise, as when a plate is imaged again, is one. */
export function expectedByWell(blocks: readonly PlaneBlock[]): ReadonlyMap<string, number> {
  const shapes = new Map<string, PlaneBlock>()
  const shapesOfWell = new Map<string, Set<string>>()
  for (const block of blocks) {
    const { sites, channels, z, t, projection = false } = block
    const shape = JSON.stringify([sites, channels.map(({ name }) => name), z, t, projection])
    shapes.set(shape, block)
    for (const well of block.wells) {
      shapesOfWell.set(well, (shapesOfWell.get(well) ?? new Set()).add(shape))
    }
  }
  const sizes = new Map<string, number>()
  return new Map(
    [...shapesOfWell].map(([well, own]) => {
      const key = [...own].join()
      const size = sizes.get(key) ?? unionSize([...own].map(shape => shapes.get(shape)!))
      sizes.set(key, size)
      return [well, size]
    }),
  )
}

/** Planes of one well that at least one of the blocks promises. */
function unionSize(blocks: readonly PlaneBlock[]): number {
  const promised = blocks.map(block => ({ ...block, wells: ['A01'] }))
  if (promised.length === 1) return blockSize(promised[0]!)
  return new Set(promisedPlanes({ promised }).map(planeKey)).size
}

function promisedPlanes({ promised }: Pick<PromisedPlanes, 'promised'>): readonly PlaneAddress[] {
  const planes: PlaneAddress[] = []
  for (const block of promised ?? []) {
    const projection = block.projection ?? false
    for (const well of block.wells)
      for (const t of block.t)
        for (const site of block.sites)
          for (const { wave, name: channel } of block.channels)
            for (const z of block.z) planes.push({ well, site, channel, wave, z, t, projection })
  }
  return planes
}
