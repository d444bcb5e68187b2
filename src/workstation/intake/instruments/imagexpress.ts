import type { Fault } from '#core/fault.ts'
import { mapAtMost } from '../../map-at-most.ts'
import { assembleAcquisition, folderName, type Acquisition, type RunFacts } from '../acquisition.ts'
import type { FileAccess } from '../file-access.ts'
import { lookInside, type Paged } from '../pages-in-depth.ts'
import type { PlaneFile } from '../plane-file.ts'
import type { SurveyedFile } from '../survey-folder.ts'
import { tellApart } from '../tell-channels-apart.ts'
import { parseHtd, type HtdIndex } from './htd.ts'
import { indexedPlate, readImageName, runFolder, type NamedImage } from './imagexpress-names.ts'
import type { Instrument, ReadRequest, Reading, Sign } from './instrument.ts'
import { parseMetaSeriesNotes, type MetaSeriesNotes } from './metaseries-notes.ts'

/** Molecular Devices ImageXpress, as MetaXpress writes and exports it. */
export const imagexpress: Instrument = { id: 'imagexpress', name: 'ImageXpress', detect, read }

/** An HTD of a 1536-well plate has about 15 kB. */
const LARGEST_INDEX = 1_000_000

function detect(files: readonly SurveyedFile[]): readonly Sign[] {
  const signs: Sign[] = []
  const index = files.find(({ path }) => indexedPlate(path) !== null)
  if (index !== undefined)
    signs.push({ by: 'index', sure: 'certain', why: `the index ${index.path}` })
  const image = files.find(file => readImageName(file)?.telling === true)
  if (image !== undefined)
    signs.push({ by: 'name', sure: 'likely', why: `names like ${image.path}` })
  return signs
}

async function read(request: ReadRequest): Promise<Reading> {
  const runs = groupRuns(request.files)
  return request.by === 'index' ? readIndexed(request, runs) : readNamed(request, runs)
}

/** What lies in the folder of one run. */
interface Run {
  readonly folder: string
  readonly images: NamedImage[]
  readonly indexes: { readonly file: SurveyedFile; readonly plate: string }[]
}

function groupRuns(files: readonly SurveyedFile[]): readonly Run[] {
  const runs = new Map<string, Run>()
  for (const file of files) {
    const plate = indexedPlate(file.path)
    const image = readImageName(file)
    if (plate === null && image === null) continue
    const folder = runFolder(file.path)
    const run = runs.get(folder) ?? { folder, images: [], indexes: [] }
    runs.set(folder, run)
    if (plate !== null) run.indexes.push({ file, plate })
    if (image !== null) run.images.push(image)
  }
  return [...runs.values()]
}

async function readIndexed(request: ReadRequest, runs: readonly Run[]): Promise<Reading> {
  const acquisitions: Acquisition[] = []
  const faults: Fault[] = []
  for (const run of runs) {
    for (const [plate, copies] of Map.groupBy(run.indexes, index => index.plate)) {
      const files = copies.map(({ file }) => file)
      const reading = await readCopies(request, files)
      faults.push(...reading.faults)
      if (reading.index === null) continue
      const images = imagesOfPlate(run, plate)
      const paged = await byPages(request.access, images, reading.index)
      faults.push(...paged.faults)
      const named = assemble(run.folder, plate, paged.images, reading.index, reading.agreeing)
      acquisitions.push(await addNotes(request.access, named))
    }
  }
  return { acquisitions, faults }
}

interface CopiesReading {
  readonly index: HtdIndex | null
  readonly agreeing: readonly SurveyedFile[]
  readonly faults: readonly Fault[]
}

/** MetaXpress repeats the index in subfolders. The outermost that can be read counts. */
async function readCopies(
  { access }: ReadRequest,
  copies: readonly SurveyedFile[],
): Promise<CopiesReading> {
  const outermostFirst = copies.toSorted((a, b) => depth(a.path) - depth(b.path))
  const agreeing: SurveyedFile[] = []
  const faults: Fault[] = []
  let index: HtdIndex | null = null
  for (const file of outermostFirst) {
    const start = await access.readStart(file.absolute, LARGEST_INDEX)
    const parsed = start.ok ? parseHtd(start.value, file.absolute) : start
    if (!parsed.ok) faults.push(parsed.fault)
    else if (index === null || parsed.value.uniqueId === index.uniqueId) {
      index ??= parsed.value
      agreeing.push(file)
    } else {
      const detail = `it names another plate than ${agreeing[0]!.path}, which was used`
      faults.push({ kind: 'index-invalid', path: file.absolute, detail })
    }
  }
  return { index, agreeing, faults }
}

/** Those that bear the plate's name; where none does, those of the only other name beside the only index. */
function imagesOfPlate({ images, indexes }: Run, plate: string): readonly NamedImage[] {
  const own = images.filter(image => image.plate === plate)
  if (own.length > 0) return own
  const onlyIndex = indexes.every(index => index.plate === plate)
  return onlyIndex && images.every(image => image.plate === images[0]!.plate) ? images : []
}

async function readNamed(
  { root, chosen, access }: ReadRequest,
  runs: readonly Run[],
): Promise<Reading> {
  const acquisitions: Acquisition[] = []
  const faults: Fault[] = []
  for (const { folder, images } of runs) {
    for (const [plate, own] of Map.groupBy(images, image => image.plate)) {
      if (!chosen && !own.some(image => image.telling)) continue
      const paged = await byPages(access, own, null)
      faults.push(...paged.faults)
      const named = assemble(folder, plate ?? folderName(root, folder), paged.images, null, [])
      if (named.planes.length === 0 && paged.faults.length > 0) continue
      acquisitions.push(await addNotes(access, named))
    }
  }
  return { acquisitions, faults }
}

type PagedImage = Pick<Paged<NamedImage>, keyof NamedImage | 'page'>

/**
 * Every image in every file: MetaXpress writes one a file, but what its files are made into may hold stacks. Where
 * nothing else counts steps, a file of one image beside them is at the first and no projection.
 */
async function byPages(
  access: FileAccess,
  named: readonly NamedImage[],
  index: HtdIndex | null,
): Promise<{ readonly images: readonly PagedImage[]; readonly faults: readonly Fault[] }> {
  const thumbnails = named.filter(image => image.thumbnail).map(image => ({ ...image, page: 0 }))
  const whole = named.filter(image => !image.thumbnail)
  const { images, faults } = await lookInside(access, whole, ({ step }) => step !== null)
  const packed = images.some(({ depth }) => depth !== null)
  const alone = packed && !isStack(named, index) ? 1 : null
  const counted = images.map(image => ({ ...image, step: image.depth ?? image.step ?? alone }))
  return { images: [...counted, ...thumbnails], faults }
}

function isStack(images: readonly NamedImage[], index: HtdIndex | null): boolean {
  return images.some(image => image.step !== null) || (index !== null && index.planes.z.length > 1)
}

function assemble(
  folder: string,
  plate: string,
  images: readonly PagedImage[],
  index: HtdIndex | null,
  indexFiles: readonly SurveyedFile[],
): Acquisition {
  const stack = isStack(images, index)
  const names = new Map(index?.planes.channels.map(({ wave, name }) => [wave, name]))
  const thumbnails = images.filter(image => image.thumbnail)
  const whole = images.filter(image => !image.thumbnail)
  return assembleAcquisition(
    {
      plate,
      uniqueId: index?.uniqueId ?? null,
      folder,
      instrument: imagexpress.id,
      namedBy: index === null ? 'name' : 'index',
      format: index?.format ?? null,
      promised: index === null ? null : [index.planes],
    },
    whole.map(image => planeFile(image, names.get(image.wave) ?? `w${image.wave}`, stack)),
    [...thumbnails.map(({ file }) => file), ...indexFiles].map(({ path }) => path),
  )
}

/** Steps count from 1: MetaXpress keeps the projections of a stack in ZStep_0 or above its steps. */
function planeFile(image: PagedImage, channel: string, stack: boolean): PlaneFile {
  const { file, page, well, site, wave, t, step } = image
  const projection = stack && (step ?? 0) === 0
  const z = projection ? 0 : (step ?? 1)
  return { ...file, page, well, site, channel, wave, z, t, projection }
}

/** Enough to hide the latency of a network share. */
const FILES_AT_ONCE = 32

/** The index says nothing about how planes were imaged; each image has notes of its own. One that cannot be read has none. */
async function addNotes(access: FileAccess, acquisition: Acquisition): Promise<Acquisition> {
  const noted = await mapAtMost(FILES_AT_ONCE, acquisition.planes, async plane => ({
    plane,
    notes: await access.remember(imagexpress.id, plane, () => readNotes(access, plane)),
  }))
  const first = new Map<number, MetaSeriesNotes>()
  for (const { plane, notes } of noted) {
    if (notes !== null && !first.has(plane.wave)) first.set(plane.wave, notes)
  }
  if (first.size === 0) return acquisition
  const channels =
    acquisition.namedBy === 'index' ? acquisition.channels : namesInNotes(acquisition, noted)
  const names = new Map(channels.map(({ wave, name }) => [wave, name]))
  const planes = noted.map(({ plane, notes }) => {
    const named = { ...plane, channel: names.get(plane.wave) ?? plane.channel }
    return notes === null ? named : { ...named, facts: notes.plane }
  })
  return { ...acquisition, channels, facts: runFacts(channels, first), planes }
}

interface NotedPlane {
  readonly plane: PlaneFile
  readonly notes: MetaSeriesNotes | null
}

/**
 * Without an index a wave is called as all of its images that say anything call it, as the index would: what comes later
 * changes that only where it contradicts.
 */
function namesInNotes(
  { channels }: Acquisition,
  noted: readonly NotedPlane[],
): Acquisition['channels'] {
  const settings = new Map<number, Set<string>>()
  for (const { plane, notes } of noted) {
    if (notes === null || notes.setting === null) continue
    const own = settings.get(plane.wave) ?? new Set()
    settings.set(plane.wave, own.add(notes.setting))
  }
  const named = channels.map(({ wave }) => {
    const [setting = null, ...others] = settings.get(wave) ?? []
    return others.length === 0 ? setting : null
  })
  return tellApart(
    named,
    channels.map(({ wave }) => wave),
  )
}

async function readNotes(
  { readDescription }: FileAccess,
  { absolute }: SurveyedFile,
): Promise<MetaSeriesNotes | null> {
  const description = await readDescription(absolute, 0)
  return description.ok ? parseMetaSeriesNotes(description.value) : null
}

/** When the run began is not said: each image says when it was taken. */
function runFacts(
  channels: Acquisition['channels'],
  notes: ReadonlyMap<number, MetaSeriesNotes>,
): RunFacts {
  return {
    startedAt: null,
    objective: [...notes.values()].find(({ objective }) => objective !== null)?.objective ?? null,
    channels: channels.map(({ wave, name: channel }) => {
      const { emission = null, exposure = null } = notes.get(wave) ?? {}
      return { channel, excitation: null, emission, exposure, flatField: null }
    }),
  }
}

function depth(path: string): number {
  return path.split('/').length
}
