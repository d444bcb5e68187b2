import { fail, ok, type Fault, type Result } from '#core/fault.ts'
import { mapAtMost } from '../../map-at-most.ts'
import {
  assembleAcquisition,
  folderName,
  type Acquisition,
  type PlaneBlock,
} from '../acquisition.ts'
import { pathBelow } from '../path-below.ts'
import type { PlaneFile } from '../plane-file.ts'
import type { ReadRequest } from './instrument.ts'
import type { NgffAcquisition, NgffPlate } from './ngff-group.ts'
import { readNgffImage, type ArrivedImage, type FieldExtent } from './ngff-image.ts'
import type { NgffTree } from './ngff-tree.ts'

export interface PlateReading {
  readonly acquisitions: readonly Acquisition[]
  readonly faults: readonly Fault[]
  /** Folders of the images of its wells. */
  readonly images: readonly string[]
}

const AT_ONCE = 16
/** Far above any real plate. */
const MOST_IMAGES = 1_000_000
const MOST_PLANES = 10_000_000

/** The runs of a plate, one for each of its acquisitions. */
export async function readNgffPlate(
  request: ReadRequest,
  tree: NgffTree,
  folder: string,
  plate: NgffPlate,
): Promise<PlateReading> {
  const wells = await mapAtMost(AT_ONCE, plate.wells, well => readWell(tree, folder, plate, well))
  const faults = wells.flatMap(well => (well.ok ? [] : [well.fault]))
  const known = wells.flatMap(well => (well.ok ? [well.value] : []))
  const promised = known.flatMap(({ images }) => images)
  if (promised.length > MOST_IMAGES) {
    const path = tree.metadata(folder)
    faults.push({ kind: 'index-invalid', path, detail: `it promises ${promised.length} images` })
    return { acquisitions: [], faults, images: [] }
  }
  const arrived = await mapAtMost(AT_ONCE, promised, async image => {
    if (image.folder === null) return { ...image, arrived: null }
    const read = await readNgffImage(image.folder, tree, request.access)
    if (!read.ok) faults.push(read.fault)
    return { ...image, arrived: read.ok ? read.value : null }
  })
  const listed = plate.acquisitions.length === 0 ? [null] : plate.acquisitions
  const acquisitions = listed.map((acquisition, place) => {
    const own = arrived.filter(image => image.acquisition === (acquisition?.id ?? null))
    return assembleRun(request.root, folder, plate, acquisition, place === 0, own)
  })
  const images = promised.flatMap(image => image.folder ?? [])
  return { acquisitions, faults, images }
}

/** An image that the plate promises, and its place. */
interface PromisedImage {
  readonly well: string
  /** Counted from 1 in the order in which the well lists those of one acquisition. */
  readonly site: number
  readonly acquisition: number | null
  /** Null where nothing says it yet. */
  readonly folder: string | null
}

async function readWell(
  tree: NgffTree,
  plateFolder: string,
  { acquisitions, fieldCount }: NgffPlate,
  { well, path }: NgffPlate['wells'][number],
): Promise<Result<{ readonly images: readonly PromisedImage[] }>> {
  const folder = pathBelow(plateFolder, path)
  if (folder === null) {
    const detail = `the well ${path} leads out of the plate`
    return fail({ kind: 'index-invalid', path: tree.metadata(plateFolder), detail })
  }
  const group = await tree.read(folder)
  if (!group.ok) return group
  const first = acquisitions[0]?.id ?? null
  const ids = new Set(acquisitions.map(({ id }) => id))
  const listed =
    group.value?.kind === 'well'
      ? group.value.images
      : tree.below(folder).map(name => ({ path: name, acquisition: null }))
  const counts = new Map<number | null, number>()
  const seen = new Set<string>()
  const images = listed.flatMap(({ path: name, acquisition }): readonly PromisedImage[] => {
    const image = pathBelow(folder, name)
    if (image === null || seen.has(image)) return []
    seen.add(image)
    const run = acquisition !== null && ids.has(acquisition) ? acquisition : first
    const site = (counts.get(run) ?? 0) + 1
    counts.set(run, site)
    return [{ well, site, acquisition: run, folder: image }]
  })
  if (group.value?.kind === 'well') return ok({ images })
  // The well has not said which images it has; what the plate says of all wells is promised of it.
  const awaited = (acquisitions.length === 0 ? [null] : acquisitions).flatMap(acquisition => {
    const id = acquisition?.id ?? null
    const count = acquisition?.fieldCount ?? (acquisitions.length > 1 ? 0 : (fieldCount ?? 1))
    const there = counts.get(id) ?? 0
    return Array.from({ length: Math.max(0, count - there) }, (_, i) => ({
      well,
      site: there + i + 1,
      acquisition: id,
      folder: null,
    }))
  })
  return ok({ images: [...images, ...awaited] })
}

type Placed = PromisedImage & { readonly arrived: ArrivedImage | null }

function assembleRun(
  root: string,
  folder: string,
  plate: NgffPlate,
  acquisition: NgffAcquisition | null,
  first: boolean,
  images: readonly Placed[],
): Acquisition {
  const placed = arePlaced(images)
  const planes = images.flatMap(({ well, site, arrived }) =>
    (arrived?.planes ?? []).map((plane): PlaneFile => {
      const { facts, ...rest } = plane
      const own = facts === undefined || placed ? facts : { ...facts, position: null }
      return { ...rest, well, site, ...(own === undefined ? {} : { facts: own }) }
    }),
  )
  const startedAt = acquisition?.startedAt ?? null
  return assembleAcquisition(
    {
      plate: plate.name ?? plateName(folderName(root, folder)),
      uniqueId: null,
      // The acquisitions of a plate share its folders: what tells them apart is a folder that is none.
      folder: first ? folder : `${folder === '' ? '' : `${folder}/`}acquisition-${acquisition?.id}`,
      instrument: 'ome-zarr',
      namedBy: 'index',
      format: plate.format,
      promised: promiseOf(images),
      ...(startedAt === null ? {} : { facts: { startedAt, objective: null, channels: [] } }),
    },
    planes,
    [],
  )
}

/** `plate.ome.zarr` → `plate` */
export function plateName(folder: string): string {
  return folder.replace(/(?:\.ome)?\.zarr$/i, '') || folder
}

/** Where all fields of a well are in one place, what they say is where their pixels begin, not where the stage was. */
function arePlaced(images: readonly Placed[]): boolean {
  const places = new Map<string, Set<string>>()
  let fields = 0
  for (const { well, arrived } of images) {
    const position = arrived?.planes[0]?.facts?.position ?? null
    if (position === null) continue
    fields += 1
    const own = places.get(well) ?? new Set()
    places.set(well, own.add(`${position.x} ${position.y}`))
  }
  const distinct = [...places.values()].reduce((count, own) => count + own.size, 0)
  return distinct === fields || distinct > places.size
}

/** What has not come is promised like what came first. Null while nothing has come, or where it is too much. */
function promiseOf(images: readonly Placed[]): readonly PlaneBlock[] | null {
  const usual = images.find(({ arrived }) => arrived !== null)?.arrived?.extent
  if (usual === undefined) return null
  const extents = new Map<string, { extent: FieldExtent; wells: Map<string, number[]> }>()
  let planes = 0
  for (const { well, site, arrived } of images) {
    const extent = arrived?.extent ?? usual
    const key = JSON.stringify(extent)
    const group = extents.get(key) ?? { extent, wells: new Map<string, number[]>() }
    extents.set(key, group)
    const sites = group.wells.get(well) ?? []
    group.wells.set(well, sites)
    sites.push(site)
    planes += extent.channels.length * extent.z.length * extent.t.length
  }
  if (planes > MOST_PLANES) return null
  return [...extents.values()].flatMap(({ extent, wells }) =>
    [...Map.groupBy(wells, ([, sites]) => sites.join())].map(([, alike]) => ({
      wells: alike.map(([well]) => well),
      sites: alike[0]![1],
      ...extent,
    })),
  )
}
