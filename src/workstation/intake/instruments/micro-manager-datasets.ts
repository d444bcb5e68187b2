import type { Fault } from '#core/fault.ts'
import { mapAtMost } from '../../map-at-most.ts'
import type { FileAccess } from '../file-access.ts'
import type { SurveyedFile } from '../survey-folder.ts'
import type { Dataset, DatasetPlane } from './micro-manager-dataset.ts'
import { readOme } from './micro-manager-ome.ts'
import {
  readMicroManagerMetadata,
  type MicroManagerFrame,
  type MicroManagerMetadata,
  type MicroManagerSummary,
} from './micro-manager-metadata.ts'
import {
  isMetadata,
  pathBelow,
  placeOf,
  readPlaneName,
  readStackName,
  split,
  stemOf,
  type PlaneName,
  type StackName,
} from './micro-manager-names.ts'

interface Found {
  readonly datasets: readonly Dataset[]
  readonly faults: readonly Fault[]
}

/** Few, for each may take a gigabyte while it is read. */
const INDEXES_AT_ONCE = 4
const FILES_AT_ONCE = 8

export async function findDatasets(
  files: readonly SurveyedFile[],
  access: FileAccess,
): Promise<Found> {
  const stacks = files.flatMap(file => readStackName(file) ?? [])
  const images = files.flatMap(file => readPlaneName(file) ?? [])
  const wanted = new Set([...stacks.map(metadataOf), ...images.map(metadataBeside)])
  const { indexes, faults } = await readIndexes(
    files.filter(({ path }) => isMetadata(path) && wanted.has(path)),
    access,
  )
  const datasets: Dataset[] = []
  const named = Map.groupBy(stacks, ({ folder, prefix }) => JSON.stringify([folder, prefix]))
  for (const own of named.values()) {
    const paths = new Set(own.map(metadataOf))
    const described = [...paths].flatMap(path => indexes.get(path) ?? [])
    datasets.push(await readStacks(own, described, access))
  }
  const positions = [...Map.groupBy(images, ({ folder }) => folder)].map(([folder, own]) => {
    const index = indexes.get(metadataBeside(own[0]!)) ?? null
    return { ...positionOf(folder, index), images: own, index }
  })
  for (const [folder, own] of Map.groupBy(positions, ({ dataset }) => dataset)) {
    datasets.push(readImages(folder, own))
  }
  const found = datasets.filter(({ planes, described }) => described || planes.length > 0)
  return { datasets: found, faults }
}

async function readIndexes(
  files: readonly SurveyedFile[],
  access: FileAccess,
): Promise<{ readonly indexes: ReadonlyMap<string, Indexed>; readonly faults: readonly Fault[] }> {
  const readings = await mapAtMost(INDEXES_AT_ONCE, files, file =>
    access.remember('micro-manager', file, () => readMicroManagerMetadata(access, file)),
  )
  const indexes = new Map<string, Indexed>()
  const faults: Fault[] = []
  files.forEach((file, i) => {
    const reading = readings[i]!
    if (reading.ok) indexes.set(file.path, { file, metadata: reading.value })
    else faults.push(reading.fault)
  })
  return { indexes, faults }
}

const METADATA = 'metadata.txt'

interface Indexed {
  readonly file: SurveyedFile
  readonly metadata: MicroManagerMetadata
}

/** The stack's name without its part and ending, and `_metadata.txt`. */
function metadataOf({ prefix, position, folder }: StackName): string {
  return pathBelow(folder, `${stemOf({ prefix, position })}_${METADATA}`)
}

function metadataBeside({ folder }: PlaneName): string {
  return pathBelow(folder, METADATA)
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
  const frames = indexes.flatMap(({ metadata }) =>
    metadata.frames.flatMap(frame => {
      const stack = byName.get(frame.fileName ?? '')
      return stack === undefined ? [] : [{ frame, stack }]
    }),
  )
  const used = [...new Set(frames.map(({ stack }) => stack.file))]
  const counts = new Map(
    await mapAtMost(
      FILES_AT_ONCE,
      used,
      async file => [file, await countPages(file, access)] as const,
    ),
  )
  const pages = new Map<SurveyedFile, number>()
  const planes = frames.flatMap(({ frame, stack }): readonly DatasetPlane[] => {
    const { file } = stack
    const page = pages.get(file) ?? 0
    pages.set(file, page + 1)
    if (page >= (counts.get(file) ?? Infinity)) return []
    const position = frame.position ?? stack.position
    const field = pathBelow(folder, stemOf({ prefix, position }))
    return [{ ...framePlane(frame), file, page, position, field }]
  })
  const rest = stacks.filter(({ file }) => !pages.has(file))
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
