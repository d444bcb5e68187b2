import type { Channel, PlaneBlock } from './acquisition.ts'
import type { PlaneAddress } from './plane-file.ts'

/** Steps of one channel of one field, by time point. */
type Times = Map<number, Set<number>>
type Field = Map<string, Times>

/** Channels of a field that have the same steps at the same times. */
interface FieldPart {
  readonly channels: readonly string[]
  readonly z: readonly number[]
  readonly t: readonly number[]
}

/**
 * Planes that an index lists one by one, as blocks that promise exactly them: wells, fields, channels and times that
 * are alike share a block. Loose images are left out, for blocks have no place for them.
 */
export function gatherBlocks(planes: Iterable<PlaneAddress>): readonly PlaneBlock[] {
  const steps: PlaneAddress[] = []
  const projections: PlaneAddress[] = []
  for (const plane of planes) (plane.projection ? projections : steps).push(plane)
  return [
    ...gatherAlike(steps),
    ...gatherAlike(projections).map(block => ({ ...block, projection: true as const })),
  ]
}

function gatherAlike(planes: readonly PlaneAddress[]): readonly PlaneBlock[] {
  const channels = new Map<string, Channel>()
  const wells = new Map<string, Map<number, Field>>()
  for (const { well, site, channel, wave, z, t } of planes) {
    if (well === null || site === null) continue
    if (!channels.has(channel)) channels.set(channel, { wave, name: channel })
    const fields = entry(wells, well, () => new Map<number, Field>())
    const times = entry(
      entry(fields, site, () => new Map()),
      channel,
      () => new Map(),
    )
    entry(times, t, () => new Set<number>()).add(z)
  }
  return alike(wells, fields => alike(fields, fieldParts)).flatMap(({ keys, shape }) =>
    shape.flatMap(field =>
      field.shape.map(({ channels: names, z, t }) => ({
        wells: keys,
        sites: field.keys.toSorted(ascending),
        channels: names.map(name => channels.get(name)!).sort((a, b) => a.wave - b.wave),
        z,
        t,
      })),
    ),
  )
}

function fieldParts(field: Field): readonly FieldPart[] {
  const steps = (z: Set<number>) => [...z].sort(ascending)
  return alike(field, times => alike(times, steps)).flatMap(({ keys, shape }) =>
    shape.map(time => ({ channels: keys, z: time.shape, t: time.keys.toSorted(ascending) })),
  )
}

/** Keys whose values have the same shape, together. */
function alike<K, V, S>(
  entries: ReadonlyMap<K, V>,
  shapeOf: (value: V) => S,
): readonly { readonly keys: readonly K[]; readonly shape: S }[] {
  const groups = new Map<string, { keys: K[]; shape: S }>()
  for (const [key, value] of entries) {
    const shape = shapeOf(value)
    entry(groups, JSON.stringify(shape), () => ({ keys: [] as K[], shape })).keys.push(key)
  }
  return [...groups.values()]
}

function entry<K, V>(map: Map<K, V>, key: K, create: () => V): V {
  const present = map.get(key)
  if (present !== undefined) return present
  const created = create()
  map.set(key, created)
  return created
}

function ascending(a: number, b: number): number {
  return a - b
}
