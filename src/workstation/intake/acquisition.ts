import type { Fault } from '#core/fault.ts'
import type { PlateSize } from '#core/plate/well.ts'
import { planeKey, type PlaneFile } from './plane-file.ts'

/** What the planes' places were read from. */
export type NamedBy = 'index' | 'name' | 'map' | 'loose'

export interface Channel {
  readonly wave: number
  readonly name: string
}

/** How a channel was imaged, as an index says it; null where it does not. */
export interface ChannelFacts {
  /** The channel's name. */
  readonly channel: string
  /** Wavelengths, nm: the middle of the filter's band or the laser's line. */
  readonly excitation: number | null
  readonly emission: number | null
  /** ms */
  readonly exposure: number | null
  /** The instrument's own flat field: its file below the surveyed folder, or the element of the index that holds it. */
  readonly flatField: string | null
}

/** How a run was imaged, as its index says it; null where it does not. */
export interface RunFacts {
  /** ISO 8601, with the offset from UTC where the instrument writes one. */
  readonly startedAt: string | null
  readonly objective: {
    readonly name: string | null
    readonly magnification: number | null
    readonly numericalAperture: number | null
  } | null
  readonly channels: readonly ChannelFacts[]
}

/** Planes that an index promises: every combination of these. */
export interface PlaneBlock {
  readonly wells: readonly string[]
  readonly sites: readonly number[]
  readonly channels: readonly Channel[]
  readonly z: readonly number[]
  readonly t: readonly number[]
  /** What the instrument keeps of stacks that it projects: z is 0. */
  readonly projection?: true
}

/** One imaging run of a plate, as a folder holds it. */
export interface Acquisition {
  readonly plate: string
  /** What the instrument calls the plate, which tells plates of one name apart; null when it says nothing. */
  readonly uniqueId: string | null
  /** Relative to the surveyed folder, with forward slashes; '' for that folder itself. */
  readonly folder: string
  /** Id of the instrument, or of the way of naming. */
  readonly instrument: string
  readonly namedBy: NamedBy
  /** The plate by its index, imaged or not; null where no index says it. */
  readonly format: PlateSize | null
  /** Null where no index promises anything. */
  readonly promised: readonly PlaneBlock[] | null
  /** Number of promised planes, whether they arrived or not; null where no index promises a number. */
  readonly expected: number | null
  /** In the instrument's order, promised or seen. */
  readonly channels: readonly Channel[]
  /** Left out where no index says any. */
  readonly facts?: RunFacts
  /** In the order of their paths and pages. */
  readonly planes: readonly PlaneFile[]
  /** Files that belong to the run and hold no plane: its index, its thumbnails. Relative paths. */
  readonly ignored: readonly string[]
  /** Files that claim a plane which another holds. */
  readonly faults: readonly Fault[]
}

export type AcquisitionHead = Pick<
  Acquisition,
  'plate' | 'uniqueId' | 'folder' | 'instrument' | 'namedBy' | 'format' | 'promised' | 'facts'
>

/** Puts a run together. Of files that claim one plane the first by path holds it, the others are at fault. */
export function assembleAcquisition(
  head: AcquisitionHead,
  claims: readonly PlaneFile[],
  ignored: readonly string[],
): Acquisition {
  const holders = new Map<string, PlaneFile>()
  const faults: Fault[] = []
  for (const claim of [...claims].sort(byPathAndPage)) {
    const key = claim.well === null ? `${claim.path} ${claim.page}` : planeKey(claim)
    const holder = holders.get(key)
    if (holder === undefined) holders.set(key, claim)
    else {
      const { absolute: path } = claim
      faults.push({ kind: 'plane-claimed-twice', path, other: holder.absolute })
    }
  }
  const planes = [...holders.values()]
  const expected = head.promised === null ? null : head.promised.reduce(addPlanes, 0)
  const channels = channelsOf(head.promised ?? [], planes)
  return { ...head, expected, channels, planes, ignored: [...ignored].sort(), faults }
}

/** The folder's own name; that of the surveyed folder when it is that folder. */
export function folderName(root: string, folder: string): string {
  const path = folder === '' ? root : folder
  return path.split(/[\\/]/).findLast(part => part !== '') ?? path
}

export function blockSize({ wells, sites, channels, z, t }: PlaneBlock): number {
  return wells.length * sites.length * channels.length * z.length * t.length
}

function addPlanes(sum: number, block: PlaneBlock): number {
  return sum + blockSize(block)
}

function byPathAndPage(a: PlaneFile, b: PlaneFile): number {
  if (a.path !== b.path) return a.path < b.path ? -1 : 1
  return a.page - b.page
}

function channelsOf(
  promised: readonly PlaneBlock[],
  planes: readonly PlaneFile[],
): readonly Channel[] {
  const waves = new Map<string, number>()
  for (const { channels } of promised) {
    for (const { wave, name } of channels) waves.set(name, wave)
  }
  for (const { wave, channel } of planes) {
    if (!waves.has(channel)) waves.set(channel, wave)
  }
  return [...waves]
    .map(([name, wave]) => ({ wave, name }))
    .sort((a, b) => a.wave - b.wave || (a.name < b.name ? -1 : 1))
}
