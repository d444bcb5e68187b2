import type { Fault } from '#core/fault.ts'
import {
  assembleAcquisition,
  folderName,
  type Acquisition,
  type PlaneBlock,
  type RunFacts,
} from '../acquisition.ts'
import { filesByFolder, folderOf, foldersAround, pathFrom } from '../files-by-folder.ts'
import { gatherBlocks } from '../gather-blocks.ts'
import { pathBelow } from '../path-below.ts'
import type { PlaneAddress, PlaneFacts, PlaneFile } from '../plane-file.ts'
import type { SurveyedFile } from '../survey-folder.ts'
import {
  isHarmonyIndex,
  parseHarmonyIndex,
  type HarmonyImage,
  type HarmonyIndex,
} from './harmony-index.ts'
import type { Instrument, ReadRequest, Reading, Sign } from './instrument.ts'
import {
  imageFolder,
  indexedFolder,
  indexRank,
  isColumbusMeasurement,
  isExportExtra,
  isVagueIndex,
  plateOfFolder,
  readImageName,
  runFolder,
  withoutWell,
  type NamedImage,
} from './operetta-names.ts'

/** PerkinElmer/Revvity Opera Phenix and Operetta, as Harmony and Columbus export them. */
export const operetta: Instrument = {
  id: 'operetta',
  name: 'Opera Phenix / Operetta',
  detect,
  read,
}

function detect(files: readonly SurveyedFile[]): readonly Sign[] {
  const signs: Sign[] = []
  const indexes = files.filter(({ path }) => indexRank(path) !== null)
  const index = indexes.find(({ path }) => !isVagueIndex(path)) ?? indexes[0]
  if (index !== undefined) {
    const sure = isVagueIndex(index.path) ? 'possible' : 'certain'
    signs.push({ by: 'index', sure, why: `the index ${index.path}` })
  }
  const image = files.find(file => readImageName(file) !== null)
  if (image !== undefined)
    signs.push({ by: 'name', sure: 'likely', why: `names like ${image.path}` })
  return signs
}

async function read(request: ReadRequest): Promise<Reading> {
  return request.by === 'index' ? readIndexed(request) : readNamed(request)
}

/** What is kept of an index: the same for every survey of its folder. */
interface KnownIndex {
  readonly index: HarmonyIndex
  readonly promised: readonly PlaneBlock[]
  /** By the path below the folder of the images, in lower case: Windows wrote it. */
  readonly byPath: ReadonlyMap<string, readonly HarmonyImage[]>
}

/** An index and its folder; a measurement has several where Columbus gives each time point its own. */
interface Part extends KnownIndex {
  readonly folder: string
  readonly files: readonly SurveyedFile[]
}

async function readIndexed(request: ReadRequest): Promise<Reading> {
  const { files } = request
  const faults: Fault[] = []
  const parts: Part[] = []
  const indexFiles = files.filter(({ path }) => indexRank(path) !== null)
  const columbus = new Set(
    files.filter(({ path }) => isColumbusMeasurement(path)).map(({ path }) => folderOf(path)),
  )
  for (const [folder, copies] of Map.groupBy(indexFiles, ({ path }) => indexedFolder(path))) {
    const reading = await readCopies(request, folder, copies, time(folder, indexFiles, columbus))
    faults.push(...reading.faults)
    if (reading.part !== null) parts.push(reading.part)
  }
  const owned = filesByFolder(
    parts.map(({ folder }) => folder),
    files,
  )
  const runs = Map.groupBy(parts, ({ folder }) => measurementFolder(folder, columbus))
  const acquisitions = [...runs].map(([folder, own]) => assembleRun(request, folder, own, owned))
  return { acquisitions, faults }
}

/** Columbus may put each time point's images and index into a folder of its own, below that of the measurement. */
function measurementFolder(folder: string, columbus: ReadonlySet<string>): string {
  const above = foldersAround(folder).find(ancestor => columbus.has(ancestor))
  return above ?? runFolder(folder)
}

/** Place of a folder among those of its measurement, from 1: the time point, where the index leaves it to the folder. */
function time(
  folder: string,
  indexFiles: readonly SurveyedFile[],
  columbus: ReadonlySet<string>,
): number {
  const measurement = measurementFolder(folder, columbus)
  const folders = new Set(indexFiles.map(({ path }) => indexedFolder(path)))
  const together = [...folders].filter(other => measurementFolder(other, columbus) === measurement)
  return together.sort().indexOf(folder) + 1
}

interface CopiesReading {
  readonly part: Part | null
  readonly faults: readonly Fault[]
}

/** Of several indexes in one folder the first that can be read counts. */
async function readCopies(
  { access }: ReadRequest,
  folder: string,
  copies: readonly SurveyedFile[],
  timePoint: number,
): Promise<CopiesReading> {
  const faults: Fault[] = []
  const usable: SurveyedFile[] = []
  let known: KnownIndex | null = null
  for (const file of copies.toSorted((a, b) => indexRank(a.path)! - indexRank(b.path)!)) {
    const ours = await isHarmonyIndex(access, file.absolute)
    if (!ours && isVagueIndex(file.path)) continue
    if (known !== null && ours) usable.push(file)
    if (known !== null) continue
    const reading = await access.remember(`operetta ${timePoint}`, file, async () => {
      const parsed = await parseHarmonyIndex(access, file.absolute)
      return parsed.ok ? { ok: true as const, value: knownIndex(parsed.value, timePoint) } : parsed
    })
    if (reading.ok) {
      known = reading.value
      usable.push(file)
    } else faults.push(reading.fault)
  }
  return { part: known === null ? null : { ...known, folder, files: usable }, faults }
}

function knownIndex(index: HarmonyIndex, timePoint: number): KnownIndex {
  const images = index.images.map(image => ({ ...image, t: image.t ?? timePoint }))
  const byPath = new Map<string, HarmonyImage[]>()
  for (const image of images) {
    const path = pathBelow('', image.url)?.toLowerCase()
    if (path === undefined) continue
    const sharing = byPath.get(path)
    if (sharing === undefined) byPath.set(path, [image])
    else sharing.push(image)
  }
  // What the plane's file alone says is not needed a second time.
  const promised = gatherBlocks(images.map(image => addressOf(index, image)))
  return { index: { ...index, images: [] }, promised, byPath }
}

function addressOf({ channels }: HarmonyIndex, image: HarmonyImage): PlaneAddress {
  const { well, site, z, t, channel: wave } = image
  return { well, site, channel: channels.get(wave)!.name, wave, z, t: t ?? 1, projection: false }
}

function assembleRun(
  { root, files }: ReadRequest,
  folder: string,
  parts: readonly Part[],
  owned: ReadonlyMap<string, readonly SurveyedFile[]>,
): Acquisition {
  const [{ index }] = parts as [Part, ...Part[]]
  const claims = parts.flatMap(part => claimsOf(part, owned.get(part.folder) ?? []))
  const images = new Set(claims.map(({ path }) => path))
  const indexes = parts.flatMap(part => part.files.map(({ path }) => path))
  const prefix = folder === '' ? '' : `${folder}/`
  const extra = files
    .map(({ path }) => path)
    .filter(path => path.startsWith(prefix) && isExportExtra(path.slice(prefix.length)))
  const ignored = new Set([...indexes, ...extra].filter(path => !images.has(path)))
  return assembleAcquisition(
    {
      plate: index.plate ?? plateOfFolder(folderName(root, folder)),
      uniqueId: index.plateId,
      folder,
      instrument: operetta.id,
      namedBy: 'index',
      format: index.format,
      promised: parts.flatMap(({ promised }) => promised),
      facts: runFacts(parts[0]!),
    },
    claims,
    [...ignored],
  )
}

/** Images that the index does not name bear its names all the same, as where an export was repeated in part. */
function claimsOf(part: Part, files: readonly SurveyedFile[]): readonly PlaneFile[] {
  const { index, byPath, folder } = part
  return files.flatMap((file): readonly PlaneFile[] => {
    const path = pathFrom(folder, file.path).toLowerCase()
    const images = byPath.get(path) ?? byPath.get(withoutWell(path))
    if (images !== undefined)
      return images.map(image => ({
        ...file,
        page: image.page,
        ...addressOf(index, image),
        facts: planeFacts(index, image),
      }))
    const named = readImageName(file)
    return named === null || imageFolder(named.folder) !== folder ? [] : [planeOfName(named, index)]
  })
}

function planeFacts({ channels }: HarmonyIndex, image: HarmonyImage): PlaneFacts {
  const { x, y, focus: z, takenAt } = image
  return {
    pixelSize: channels.get(image.channel)!.pixelSize,
    // Harmony's y grows upwards.
    position: x === null || y === null ? null : { x, y: 0 - y, z },
    takenAt,
  }
}

function runFacts({ index, files }: Part): RunFacts {
  const channels = [...index.channels]
  const lens = channels.find(([, { magnification }]) => magnification !== null)?.[1]
  return {
    startedAt: index.startedAt,
    objective:
      lens === undefined
        ? null
        : {
            name: null,
            magnification: lens.magnification,
            numericalAperture: lens.numericalAperture,
          },
    channels: channels.map(
      ([id, { name: channel, excitation, emission, exposure, flatField }]) => ({
        channel,
        excitation,
        emission,
        exposure,
        flatField: flatField ? `${files[0]!.path}#FlatfieldProfile:${id}` : null,
      }),
    ),
  }
}

function readNamed({ root, files }: ReadRequest): Reading {
  const images = files.flatMap(file => readImageName(file) ?? [])
  const runs = Map.groupBy(images, ({ folder }) => imageFolder(folder))
  const acquisitions = [...runs].map(([images, own]) => {
    const folder = runFolder(images)
    const head = {
      plate: plateOfFolder(folderName(root, folder)),
      uniqueId: null,
      folder,
      instrument: operetta.id,
      namedBy: 'name',
      format: null,
      promised: null,
    } as const
    return assembleAcquisition(
      head,
      own.map(image => planeOfName(image, null)),
      [],
    )
  })
  return { acquisitions, faults: [] }
}

function planeOfName(image: NamedImage, index: HarmonyIndex | null): PlaneFile {
  const { file, well, site, channel: wave, z, t } = image
  const known = index?.channels.get(wave)
  const channel = known?.name ?? `ch${wave}`
  const plane = { ...file, page: 0, well, site, channel, wave, z, t, projection: false }
  if (known === undefined) return plane
  return { ...plane, facts: { pixelSize: known.pixelSize, position: null, takenAt: null } }
}
