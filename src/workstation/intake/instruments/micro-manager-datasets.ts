import type { Fault, Result } from '#core/fault.ts'
import type { FileAccess } from '../file-access.ts'
import { omePlaneFiles, type PlacedImage } from '../ome-facts.ts'
import { readOmeSets } from '../ome-sets.ts'
import type { PlaneFacts } from '../plane-file.ts'
import type { SurveyedFile } from '../survey-folder.ts'
import {
  readMicroManagerMetadata,
  type MicroManagerFrame,
  type MicroManagerMetadata,
  type MicroManagerSummary,
} from './micro-manager-metadata.ts'
import {
  isMetadata,
  placeOf,
  readPlaneName,
  readStackName,
  split,
  type PlaneName,
  type StackName,
} from './micro-manager-names.ts'

/** One acquisition of Micro-Manager. */
export interface Dataset {
  readonly folder: string
  /** By the names of its stacks. */
  readonly prefix: string | null
  readonly summary: MicroManagerSummary | null
  /** Whether something else than names says where planes are. */
  readonly described: boolean
  readonly planes: readonly DatasetPlane[]
  readonly indexes: readonly SurveyedFile[]
}

/** A plane that is there, counted from 0. */
export interface DatasetPlane {
  readonly file: SurveyedFile
  readonly page: number
  readonly position: string | null
  /** What its field is called where the position is in no well. */
  readonly field: string
  readonly channel: number
  readonly channelName: string | null
  readonly slice: number
  readonly frame: number
  /** ms */
  readonly exposure: number | null
  readonly facts: PlaneFacts | null
}

interface Found {
  readonly datasets: readonly Dataset[]
  readonly faults: readonly Fault[]
}

export async function findDatasets(
  files: readonly SurveyedFile[],
  access: FileAccess,
): Promise<Found> {
  const metadata = new Map(
    files.filter(({ path }) => isMetadata(path)).map(file => [file.path, file]),
  )
  const stacks = files.flatMap(file => readStackName(file) ?? [])
  const images = files.flatMap(file => readPlaneName(file) ?? [])
  const faults: Fault[] = []
  const read = async (file: SurveyedFile | undefined): Promise<Indexed | null> => {
    if (file === undefined) return null
    const reading: Result<MicroManagerMetadata> = await access.remember('micro-manager', file, () =>
      readMicroManagerMetadata(access, file),
    )
    if (reading.ok) return { file, metadata: reading.value }
    faults.push(reading.fault)
    return null
  }
  const datasets: Dataset[] = []
  const named = Map.groupBy(stacks, ({ folder, prefix }) => JSON.stringify([folder, prefix]))
  for (const own of named.values()) {
    const indexes: Indexed[] = []
    for (const path of new Set(own.map(metadataOf))) {
      const index = await read(metadata.get(path))
      if (index !== null) indexes.push(index)
    }
    datasets.push(await readStacks(own, indexes, access))
  }
  const folders = [...Map.groupBy(images, ({ folder }) => folder)]
  const positions = await Promise.all(
    folders.map(async ([folder, own]) => {
      const index = await read(metadata.get(folder === '' ? METADATA : `${folder}/${METADATA}`))
      return { ...positionOf(folder, index), images: own, index }
    }),
  )
  for (const [folder, own] of Map.groupBy(positions, ({ dataset }) => dataset)) {
    datasets.push(readImages(folder, own))
  }
  return {
    datasets: datasets.filter(({ planes, described }) => described || planes.length > 0),
    faults,
  }
}

const METADATA = 'metadata.txt'

interface Indexed {
  readonly file: SurveyedFile
  readonly metadata: MicroManagerMetadata
}

/** The stack's name without its part and ending, and `_metadata.txt`. */
function metadataOf({ file, prefix, position, folder }: StackName): string {
  const stem = stemOf({ prefix, position })
  return file.path.slice(0, folder === '' ? 0 : folder.length + 1) + `${stem}_${METADATA}`
}

function stemOf({ prefix, position }: Pick<StackName, 'prefix' | 'position'>): string {
  return [prefix, 'MMStack', position].filter(part => part !== null).join('_')
}

/**
 * Pages are in the order in which metadata.txt names their file: a frame is written to both at once. What no
 * metadata.txt describes is found by the OME-XML that Micro-Manager writes when it closes the files.
 */
async function readStacks(
  stacks: readonly StackName[],
  indexes: readonly Indexed[],
  access: FileAccess,
): Promise<Dataset> {
  const { folder, prefix } = stacks[0]!
  const byName = new Map(stacks.map(stack => [split(stack.file.path).name, stack]))
  const planes: DatasetPlane[] = []
  const pages = new Map<string, number>()
  const counts = new Map<string, number | null>()
  for (const { metadata } of indexes) {
    for (const frame of metadata.frames) {
      const stack = byName.get(frame.fileName ?? '')
      if (stack === undefined) continue
      const { file } = stack
      const page = pages.get(file.path) ?? 0
      pages.set(file.path, page + 1)
      if (!counts.has(file.path)) counts.set(file.path, await countPages(file, access))
      if (page >= (counts.get(file.path) ?? Infinity)) continue
      const position = frame.position ?? stack.position
      const field = pathBelow(folder, stemOf({ prefix, position }))
      planes.push({ ...framePlane(frame), file, page, position, field })
    }
  }
  const rest = stacks.filter(({ file }) => !pages.has(file.path))
  const ome = rest.length === 0 ? [] : await readOme(rest, access)
  return {
    folder,
    prefix,
    summary: indexes[0]?.metadata.summary ?? null,
    described: indexes.length > 0 || ome.length > 0,
    planes: [...planes, ...ome],
    indexes: indexes.map(({ file }) => file),
  }
}

function countPages(file: SurveyedFile, access: FileAccess): Promise<number | null> {
  return access.remember('micro-manager', file, async () => {
    const probed = await access.probeImage(file.absolute)
    return probed.ok ? probed.value.pages.length : null
  })
}

function framePlane({ channel, channelName, slice, frame, exposure, facts }: MicroManagerFrame) {
  const said = facts.pixelSize !== null || facts.position !== null || facts.takenAt !== null
  return { channel, channelName, slice, frame, exposure, facts: said ? facts : null }
}

async function readOme(
  stacks: readonly StackName[],
  access: FileAccess,
): Promise<readonly DatasetPlane[]> {
  const { sets } = await readOmeSets(
    stacks.map(({ file }) => file),
    access,
  )
  const byPath = new Map(stacks.map(stack => [stack.file.path, stack]))
  return sets.flatMap(({ images }) =>
    images.flatMap(located => {
      const { image, planes } = located
      const stack = byPath.get(planes[0]?.file.path ?? '')
      if (stack === undefined) return []
      const position = stack.position ?? image.stageName
      const placed: PlacedImage = { located, place: { well: null, site: null, position: null } }
      return omePlaneFiles(placed).map((plane, i): DatasetPlane => {
        const { depth, channel, time, file, page } = planes[i]!
        return {
          file,
          page,
          position,
          field: pathBelow(stack.folder, stemOf({ ...stack, position })),
          channel,
          channelName: image.channels[channel]!.name,
          slice: depth,
          frame: time,
          exposure:
            image.planes.get((time * image.channels.length + channel) * image.depths + depth)
              ?.exposure ?? null,
          facts: plane.facts ?? null,
        }
      })
    }),
  )
}

interface PositionFolder {
  /** The acquisition's folder, and what the position is called. */
  readonly dataset: string
  readonly position: string | null
  readonly field: string
}

/** Names that Micro-Manager gives to folders of positions. */
const POSITION = /^(?:(?:\d+-)?Pos[_\d].*|Default)$/

function positionOf(folder: string, index: Indexed | null): PositionFolder {
  const { folder: above, name } = split(folder)
  const summary = index?.metadata.summary
  const said = index?.metadata.frames[0]?.position ?? null
  const known = summary?.positions.includes(name) === true || said === name
  const own = known || placeOf(name) !== null || POSITION.test(name)
  if (!own) return { dataset: folder, position: said, field: folder === '' ? 'Default' : folder }
  return { dataset: above, position: name, field: folder }
}

function readImages(
  folder: string,
  positions: readonly (PositionFolder & {
    readonly images: readonly PlaneName[]
    readonly index: Indexed | null
  })[],
): Dataset {
  const indexes = positions.flatMap(({ index }) => index ?? [])
  const summary = indexes.map(({ metadata }) => metadata.summary).find(one => one !== null) ?? null
  const channels = channelOrder(
    summary,
    positions.flatMap(({ images }) => images),
  )
  const planes = positions.flatMap(({ position, field, images, index }) => {
    const frames = new Map(index?.metadata.frames.map(frame => [frame.fileName, frame]))
    return images.map(({ file, channel, slice, frame }): DatasetPlane => {
      const noted = frames.get(split(file.path).name)
      const number = typeof channel === 'number' ? channel : channels.indexOf(channel)
      return {
        file,
        page: 0,
        position,
        field,
        channel: number,
        channelName: typeof channel === 'number' ? (noted?.channelName ?? null) : channel,
        slice,
        frame,
        exposure: noted?.exposure ?? null,
        facts: noted === undefined ? null : framePlane(noted).facts,
      }
    })
  })
  return {
    folder,
    prefix: null,
    summary,
    described: indexes.length > 0,
    planes,
    indexes: indexes.map(({ file }) => file),
  }
}

/** As the summary has them; 1.4 cuts names in file names at their first hyphen. Others follow in alphabetical order. */
function channelOrder(
  summary: MicroManagerSummary | null,
  images: readonly PlaneName[],
): readonly string[] {
  const named = new Set(
    images.flatMap(({ channel }) => (typeof channel === 'string' ? [channel] : [])),
  )
  const order = (summary?.channels ?? []).map(name =>
    named.has(name) ? name : name.split('-')[0]!,
  )
  return [...order, ...[...named].filter(name => !order.includes(name)).sort()]
}

function pathBelow(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`
}
