import type { Fault } from '#core/fault.ts'
import {
  assembleAcquisition,
  folderName,
  type Acquisition,
  type ChannelFacts,
  type RunFacts,
} from '../acquisition.ts'
import { promiseSites, upTo } from '../ome-facts.ts'
import type { PlaneFile } from '../plane-file.ts'
import type { SurveyedFile } from '../survey-folder.ts'
import { tellApart } from '../tell-channels-apart.ts'
import type { Instrument, ReadRequest, Reading, Sign } from './instrument.ts'
import { isMetadata, placeOf, readPlaneName, readStackName, split } from './micro-manager-names.ts'
import type { Dataset, DatasetPlane } from './micro-manager-dataset.ts'
import { findDatasets } from './micro-manager-datasets.ts'

/**
 * Micro-Manager 1.4 and 2.0: stacks of OME-TIFF (MMStack) and separate images, with the metadata.txt that is beside
 * them, or the OME-XML in them. Positions that the HCS plugin named are sites of wells. NDTiff is not read.
 */
export const microManager: Instrument = {
  id: 'micro-manager',
  name: 'Micro-Manager',
  detect,
  read,
  // A member at a time, and closed when the acquisition ends.
  growingIndex: isMetadata,
}

/** What Micro-Manager writes beside metadata. */
const BESIDE =
  /(?:^|[/_])(?:DisplaySettings\.json|display_and_comments\.txt|comments\.txt|Acqusition\.xml)$/

function detect(files: readonly SurveyedFile[]): readonly Sign[] {
  const signs: Sign[] = []
  const index = files.find(({ path }) => isMetadata(path))
  if (index !== undefined) {
    const sure = index.path.includes('MMStack') ? 'certain' : 'possible'
    signs.push({ by: 'index', sure, why: `the index ${index.path}` })
  }
  const stack = files.find(file => readStackName(file) !== null)
  const image = stack ?? files.find(file => readPlaneName(file) !== null)
  if (image !== undefined) {
    const sure = stack === undefined ? 'likely' : 'certain'
    signs.push({ by: 'name', sure, why: `names like ${image.path}` })
  }
  return signs
}

async function read(request: ReadRequest): Promise<Reading> {
  const { datasets, faults } = await findDatasets(request.files, request.access)
  const acquisitions: Acquisition[] = []
  const all: Fault[] = [...faults]
  const claimed = new Set<string>()
  for (const dataset of datasets) {
    const own = runsOf(request.root, dataset)
    for (const { planes, ignored } of own) {
      for (const { path } of planes) claimed.add(split(path).folder)
      for (const path of ignored) claimed.add(split(path).folder)
    }
    acquisitions.push(...own)
  }
  const [first, ...others] = acquisitions
  if (first === undefined) return { acquisitions, faults: all }
  const beside = request.files
    .map(({ path }) => path)
    .filter(path => BESIDE.test(path) && claimed.has(split(path).folder))
  const ignored = [...first.ignored, ...beside].sort()
  return { acquisitions: [{ ...first, ignored }, ...others], faults: all }
}

/** The positions in wells, and those that are in none. */
function runsOf(root: string, dataset: Dataset): readonly Acquisition[] {
  const { folder, summary, planes, indexes } = dataset
  const channels = tellApart(channelNames(dataset))
  const facts = runFacts(
    dataset,
    channels.map(({ name }) => name),
  )
  const files = planes.map(plane => planeFile(plane, channels))
  const placed = files.filter(({ well }) => well !== null)
  const loose = files.filter(({ well }) => well === null)
  const promised = promise(dataset)
  const head = {
    uniqueId: null,
    folder,
    instrument: microManager.id,
    format: null,
    ...(facts === null ? {} : { facts }),
  }
  const runs: Acquisition[] = []
  const ignored = indexes.map(({ path }) => path)
  if (placed.length > 0 || promised.length > 0) {
    const plate = dataset.prefix ?? summary?.prefix ?? folderName(root, folder)
    const namedBy = summary === null && !dataset.described ? 'name' : 'index'
    const own = {
      ...head,
      plate,
      namedBy,
      promised: promised.length === 0 ? null : promised,
    } as const
    runs.push(assembleAcquisition(own, placed, ignored))
  }
  if (loose.length > 0) {
    const own = {
      ...head,
      plate: folderName(root, folder),
      namedBy: 'loose',
      promised: null,
    } as const
    runs.push(assembleAcquisition(own, loose, runs.length === 0 ? ignored : []))
  }
  return runs
}

/** By the summary; beyond it by what the planes say. */
function channelNames({ summary, planes }: Dataset): readonly (string | null)[] {
  const names: (string | null)[] = [...(summary?.channels ?? [])]
  for (const { channel, channelName } of planes) names[channel] ||= channelName
  const count = Math.max(summary?.sizes?.channels ?? 0, names.length)
  return Array.from({ length: count }, (_, channel) => names[channel] ?? null)
}

function planeFile(
  { file, page, position, field, channel, slice, frame, facts }: DatasetPlane,
  channels: ReturnType<typeof tellApart>,
): PlaneFile {
  const place = placeOf(position)
  const { wave, name } = channels[channel]!
  return {
    ...file,
    page,
    well: place?.well ?? null,
    site: place?.site ?? null,
    channel: name,
    wave,
    z: slice + 1,
    t: frame + 1,
    projection: false,
    ...(place === null ? { field } : {}),
    ...(facts === null ? {} : { facts }),
  }
}

/** Every position of the summary with everything that was asked for. */
function promise(dataset: Dataset): Acquisition['promised'] & object {
  const { summary, planes } = dataset
  const sizes = summary?.sizes ?? null
  if (summary === null || sizes === null) return []
  const { channels, slices, frames } = sizes
  const sites = new Map<string, Set<number>>()
  for (const position of [...summary.positions, ...planes.map(plane => plane.position)]) {
    const place = placeOf(position)
    if (place !== null) sites.set(place.well, (sites.get(place.well) ?? new Set()).add(place.site))
  }
  return promiseSites(sites, {
    channels: tellApart(channelNames(dataset)).slice(0, channels),
    z: upTo(slices),
    t: upTo(frames),
  })
}

function runFacts({ summary, planes }: Dataset, channels: readonly string[]): RunFacts | null {
  const exposures = new Map<number, number>()
  for (const { channel, exposure } of planes) {
    if (exposure !== null && !exposures.has(channel)) exposures.set(channel, exposure)
  }
  const startedAt = summary?.startedAt ?? null
  if (startedAt === null && exposures.size === 0) return null
  return {
    startedAt,
    objective: null,
    channels: channels.map((channel, i): ChannelFacts => {
      const exposure = exposures.get(i) ?? null
      return { channel, excitation: null, emission: null, exposure, flatField: null }
    }),
  }
}
