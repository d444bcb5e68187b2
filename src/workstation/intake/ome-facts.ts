import { tellApart } from './tell-channels-apart.ts'
import type { Channel, ChannelFacts, PlaneBlock, RunFacts } from './acquisition.ts'
import {
  omePlaneIndex,
  type OmeImage,
  type OmeObjective,
  type OmePlane,
  type OmePosition,
} from './ome-metadata.ts'
import type { LocatedImage } from './ome-sets.ts'
import { momentAfter } from './ome-units.ts'
import type { PlaneFacts, PlaneFile } from './plane-file.ts'

/** Where an image belongs on its plate; null and null where it is in no well. */
export interface OmePlace {
  readonly well: string | null
  readonly site: number | null
  /** Of the field, µm, where its planes have none. */
  readonly position: OmePosition | null
}

export interface PlacedImage {
  readonly located: LocatedImage
  readonly place: OmePlace
}

/** An image's channels in its order. */
export function omeChannels({ channels }: Pick<OmeImage, 'channels'>): readonly Channel[] {
  return tellApart(channels.map(({ name }) => name))
}

/** The planes that are there. Depths, times and sites, which OME counts from 0, count from 1. */
export function omePlaneFiles({ located, place }: PlacedImage): readonly PlaneFile[] {
  const { image, field, planes } = located
  const { well, site } = place
  const channels = omeChannels(image)
  return planes.map(({ file, page, depth, channel, time }) => {
    const { name, wave } = channels[channel]!
    const facts = planeFacts(image, place, omePlaneIndex(image, depth, channel, time))
    const at = { well, site, channel: name, wave, z: depth + 1, t: time + 1, projection: false }
    const plane = { ...file, page, ...at }
    return {
      ...plane,
      ...(well === null && field !== file.path ? { field } : {}),
      ...(facts === null ? {} : { facts }),
    }
  })
}

/**
 * Positions are those of the stage as they are written: OME does not say which way they grow, and programs that lay out
 * fields by them take y downwards.
 */
function planeFacts(image: OmeImage, place: OmePlace, index: number): PlaneFacts | null {
  const note = image.planes.get(index)
  const position = note?.position ?? place.position ?? image.stage
  const takenAt = momentOf(image, note)
  const { pixelSize } = image
  if (pixelSize === null && position === null && takenAt === null) return null
  return { pixelSize, position, takenAt }
}

/** A plane of which no delay is written was taken when its image was, unless there are later ones. */
function momentOf({ acquiredAt, times }: OmeImage, note: OmePlane | undefined): string | null {
  const delay = note?.delay ?? (times === 1 ? 0 : null)
  return acquiredAt === null || delay === null ? null : momentAfter(acquiredAt, delay)
}

/** How a run was imaged; of images that differ the first that says it counts. Undefined where none says anything. */
export function omeRunFacts(
  images: readonly OmeImage[],
  objectives: ReadonlyMap<string, OmeObjective>,
  startedAt: string | null,
): RunFacts | undefined {
  const channels = new Map<string, ChannelFacts>()
  for (const image of images) {
    omeChannels(image).forEach(({ name }, channel) => {
      if (channels.has(name)) return
      const { excitation, emission } = image.channels[channel]!
      const exposure = exposureOf(image, channel)
      channels.set(name, { channel: name, excitation, emission, exposure, flatField: null })
    })
  }
  const used = images.find(({ objective }) => objective !== null)?.objective ?? ''
  const objective = objectives.get(used) ?? null
  const start = momentAfter(startedAt ?? '', 0) ?? earliest(images)
  const said = [...channels.values()].filter(saysAnything)
  if (start === null && objective === null && said.length === 0) return undefined
  return { startedAt: start, objective, channels: [...channels.values()] }
}

function exposureOf(image: OmeImage, channel: number): number | null {
  return image.planes.get(omePlaneIndex(image, 0, channel, 0))?.exposure ?? null
}

function saysAnything({ excitation, emission, exposure }: ChannelFacts): boolean {
  return excitation !== null || emission !== null || exposure !== null
}

function earliest(images: readonly OmeImage[]): string | null {
  const moments = images.flatMap(({ acquiredAt }) => momentAfter(acquiredAt ?? '', 0) ?? [])
  return moments.reduce<string | null>((first, moment) => {
    return first !== null && Date.parse(first) <= Date.parse(moment) ? first : moment
  }, null)
}

/** What images of wells promise, wells and sites of equal images together. */
export function omePromise(placed: readonly PlacedImage[]): readonly PlaneBlock[] {
  const shapes = new Map<string, { image: OmeImage; sites: Map<string, Set<number>> }>()
  for (const { located, place } of placed) {
    const { image } = located
    const { well, site } = place
    if (well === null || site === null) continue
    const key = JSON.stringify([omeChannels(image), image.depths, image.times])
    const { sites } = shapes.get(key) ?? shapes.set(key, { image, sites: new Map() }).get(key)!
    sites.set(well, (sites.get(well) ?? new Set()).add(site))
  }
  return [...shapes.values()].flatMap(({ image, sites }) =>
    promiseSites(sites, {
      channels: omeChannels(image),
      z: upTo(image.depths),
      t: upTo(image.times),
    }),
  )
}

/** Blocks of equal planes, wells that have equal sites together. */
export function promiseSites(
  sites: ReadonlyMap<string, ReadonlySet<number>>,
  planes: Pick<PlaneBlock, 'channels' | 'z' | 't'>,
): readonly PlaneBlock[] {
  return [...Map.groupBy(sites, ([, own]) => [...own].join())].map(([, equal]) => ({
    wells: equal.map(([well]) => well),
    sites: [...equal[0]![1]],
    ...planes,
  }))
}

/** 1 … count. */
export function upTo(count: number): readonly number[] {
  return Array.from({ length: count }, (_, i) => i + 1)
}
