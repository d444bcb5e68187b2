import type { OmeImage, TiffBlock } from './ome-metadata.ts'
import type { SurveyedFile } from './survey-folder.ts'

/** A plane of an image, counted from 0, and the page that holds it. */
export interface LocatedPlane {
  readonly file: SurveyedFile
  readonly page: number
  readonly depth: number
  readonly channel: number
  readonly time: number
}

/** A file that metadata names, and which of its pages are planes; null where the file could not be looked into. */
export interface OmePixels {
  readonly file: SurveyedFile
  readonly pages: readonly number[] | null
  /** Pages in the chain of directories. */
  readonly count: number | null
}

/** What images of one folder have found so far. */
export interface PageClaims {
  /** By path and page. */
  readonly taken: Set<string>
  steps: number
}

/** Blocks that reach over the same pages again and again are followed no further. */
const MOST_STEPS = 10_000_000

/**
 * Where the planes of an image are, as far as files and pages are there.
 *
 * `IFD` counts the directories in the file's main chain, as in the OME-TIFF specification: the levels of a pyramid that
 * lie in SubIFDs do not count, and those that lie in the chain are counted and never taken unless they are named. A page
 * is one plane: the first that names it has it. Micro-Manager names one again for planes that were never taken.
 *
 * @param find the file that a block means; null where it is not there
 * @param claims pages that planes have already; those that are found are added
 */
export function locatePlanes(
  image: OmeImage,
  find: (block: TiffBlock) => OmePixels | null,
  claims: PageClaims,
): readonly LocatedPlane[] {
  const planes: LocatedPlane[] = []
  const total = image.depths * image.channels.length * image.times
  const held = new Set<number>()
  for (const block of blocksOf(image)) {
    const pixels = find(block)
    const first = placeInOrder(image, block)
    if (pixels === null || first === null) continue
    const { file, pages, count } = pixels
    const most = Math.min(block.count ?? total, total - first)
    for (let i = 0; i < most && claims.steps < MOST_STEPS; i += 1) {
      claims.steps += 1
      const page = block.page === null && pages !== null ? pages[i] : (block.page ?? 0) + i
      if (page === undefined || (count !== null && page >= count)) break
      const place = first + i
      const key = `${file.path} ${page}`
      if (held.has(place) || claims.taken.has(key)) continue
      held.add(place)
      claims.taken.add(key)
      planes.push({ file, page, ...atPlace(image, place) })
    }
  }
  return planes
}

/** Without any block a TIFF's pages are the planes of its only image. */
function blocksOf({ blocks, elsewhere }: OmeImage): readonly TiffBlock[] {
  if (blocks.length > 0 || elsewhere) return blocks
  return [{ depth: 0, channel: 0, time: 0, page: null, count: null, fileName: null, uuid: null }]
}

function placeInOrder(image: OmeImage, block: TiffBlock): number | null {
  const { depth, time } = block
  const channels = image.channels.length
  // Some writers count the samples of colour images here.
  const inside = block.channel < channels
  const channel = inside ? block.channel : Math.floor(block.channel / image.samples)
  if (depth >= image.depths || channel >= channels || time >= image.times) return null
  let place = 0
  let stride = 1
  for (const axis of image.order) {
    place += stride * (axis === 'Z' ? depth : axis === 'C' ? channel : time)
    stride *= sizeOf(image, axis)
  }
  return place
}

function atPlace(image: OmeImage, place: number): Omit<LocatedPlane, 'file' | 'page'> {
  const at: Record<string, number> = { Z: 0, C: 0, T: 0 }
  let left = place
  for (const axis of image.order) {
    at[axis] = left % sizeOf(image, axis)
    left = Math.floor(left / sizeOf(image, axis))
  }
  return { depth: at['Z']!, channel: at['C']!, time: at['T']! }
}

function sizeOf({ depths, channels, times }: OmeImage, axis: string): number {
  return axis === 'Z' ? depths : axis === 'C' ? channels.length : times
}
