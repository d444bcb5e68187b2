import { fail, ok, type Fault, type Result } from '#core/fault.ts'
import { assembleAcquisition, folderName, type Acquisition } from '../acquisition.ts'
import type { FileAccess } from '../file-access.ts'
import type { PlaneFile } from '../plane-file.ts'
import type { SurveyedFile } from '../survey-folder.ts'
import type { Instrument, ReadRequest, Reading, Sign } from './instrument.ts'
import { numberedWell, readScanRDescriptor, type ScanRIndex } from './scan-r-descriptor.ts'
import { readScanRLog, type LoggedPlace } from './scan-r-log.ts'
import { readScanROme, type ScanROme } from './scan-r-ome.ts'
import { readScanRName, scanRFolder, sideFileKind, type ScanRName } from './scan-r-names.ts'

/**
 * Olympus and Evident scan^R: `experiment_descriptor.xml`, a log, and images in `data`; newer software writes OME-XML
 * beside the images instead.
 */
export const scanR: Instrument = {
  id: 'scan-r',
  name: 'scan^R',
  detect,
  read,
  growingIndex: path => sideFileKind(path) === 'log',
}

function detect(files: readonly SurveyedFile[]): readonly Sign[] {
  const signs: Sign[] = []
  const index = files.find(({ path }) => sideFileKind(path) === 'descriptor')
  if (index !== undefined)
    signs.push({ by: 'index', sure: 'certain', why: `the index ${index.path}` })
  const ome = files.find(({ path }) => sideFileKind(path) === 'ome')
  if (index === undefined && ome !== undefined)
    signs.push({ by: 'index', sure: 'likely', why: `the index ${ome.path}` })
  let numbered: ScanRName | null = null
  for (const file of files) {
    const named = readScanRName(file)
    if (named !== null && named.well !== null) {
      signs.push({ by: 'name', sure: 'likely', why: `names like ${file.path}` })
      return signs
    }
    numbered ??= named
  }
  if (numbered !== null) {
    const why = `names like ${numbered.file.path}, which number wells: only an experiment_descriptor.xml says where they are`
    signs.push({ by: 'name', sure: 'likely', why })
  }
  return signs
}

async function read(request: ReadRequest): Promise<Reading> {
  const runs = groupRuns(request.files)
  return request.by === 'index' ? readIndexed(request, runs) : readNamed(request, runs)
}

/** What lies in the folder of one run and in `data` below it. */
interface Run {
  readonly folder: string
  readonly images: ScanRName[]
  descriptor: SurveyedFile | null
  ome: SurveyedFile | null
  readonly logs: SurveyedFile[]
  readonly others: SurveyedFile[]
}

function groupRuns(files: readonly SurveyedFile[]): readonly Run[] {
  const runs = new Map<string, Run>()
  for (const file of files) {
    const kind = sideFileKind(file.path)
    const image = readScanRName(file)
    if (kind === null && image === null) continue
    const folder = scanRFolder(file.path)
    const run = runs.get(folder) ?? newRun(folder)
    runs.set(folder, run)
    if (image !== null) run.images.push(image)
    else if (kind === 'descriptor') run.descriptor ??= file
    else if (kind === 'ome') run.ome ??= file
    else if (kind === 'log') run.logs.push(file)
    else run.others.push(file)
  }
  return [...runs.values()]
}

function newRun(folder: string): Run {
  return { folder, images: [], descriptor: null, ome: null, logs: [], others: [] }
}

async function readIndexed(request: ReadRequest, runs: readonly Run[]): Promise<Reading> {
  const { root, access } = request
  const acquisitions: Acquisition[] = []
  const faults: Fault[] = []
  for (const run of runs) {
    const { descriptor, ome } = run
    if (descriptor === null) {
      if (ome === null) continue
      const said = await access.remember(scanR.id, ome, () => readScanROme(access, ome.absolute))
      if (!said.ok) faults.push(said.fault)
      else acquisitions.push(...assembleOme(root, run, said.value))
      continue
    }
    const index = await access.remember(scanR.id, descriptor, () =>
      readScanRDescriptor(access, descriptor.absolute),
    )
    const placed = index.ok ? placeImages(run, index.value, descriptor) : index
    if (!placed.ok) faults.push(placed.fault)
    else if (index.ok)
      acquisitions.push(await assembleIndexed(root, run, index.value, placed.value, access))
  }
  return { acquisitions, faults }
}

type Placed = ScanRName & { readonly well: string }

/** Wells by their numbers and, where the index does not place these, by the names that images begin with. */
function placeImages(
  run: Run,
  index: ScanRIndex,
  descriptor: SurveyedFile,
): Result<readonly Placed[]> {
  const refuse = (detail: string) =>
    fail({ kind: 'index-invalid', path: descriptor.absolute, detail })
  const placed: Placed[] = []
  for (const image of run.images) {
    const numbered = numberedWell(index, image.number)
    const well = numbered ?? image.well
    if (well === null)
      return refuse(`it does not say where well ${image.number} is, and no name does`)
    if (image.well !== null && image.well !== well)
      return refuse(
        `well ${image.number} is ${well} by it, but ${image.well} by ${image.file.path}`,
      )
    placed.push({ ...image, well })
  }
  return ok(placed)
}

async function assembleIndexed(
  root: string,
  run: Run,
  index: ScanRIndex,
  images: readonly Placed[],
  access: FileAccess,
): Promise<Acquisition> {
  const asked = new Set(images.map(loggedPlace))
  const [log] = run.logs
  const stage = log === undefined ? new Map() : await readScanRLog(access, log.absolute, asked)
  const { pixelSize, channels } = index
  const planes = planesOf(images, new Map(channels.map(({ name, wave }) => [name, wave])))
  const side = [run.descriptor, run.ome, ...run.logs, ...run.others]
  const ignored = side.flatMap(file => file?.path ?? [])
  return assembleAcquisition(
    {
      plate: index.plate ?? folderName(root, run.folder),
      uniqueId: null,
      folder: run.folder,
      instrument: scanR.id,
      namedBy: 'index',
      format: index.format,
      promised: index.promised === null ? null : [index.promised],
      facts: {
        startedAt: null,
        objective: null,
        channels: channels.map(({ name: channel, exposure }) => ({
          channel,
          excitation: null,
          emission: null,
          exposure,
          flatField: null,
        })),
      },
    },
    planes.map((plane, place) => {
      const position = stage.get(loggedPlace(images[place]!)) ?? null
      return { ...plane, facts: { pixelSize, position, takenAt: null } }
    }),
    ignored,
  )
}

/** Wells are where the index or, without a plate in it, the names say; nothing where neither does. */
function assembleOme(root: string, run: Run, ome: ScanROme): readonly Acquisition[] {
  const waves = new Map(ome.channels.map(({ name, wave }) => [name, wave]))
  const planes = run.images.flatMap((image): readonly PlaneFile[] => {
    const { file } = image
    const listed = ome.planes.get(file.path.slice(file.path.lastIndexOf('/') + 1).toLowerCase())
    const well = listed?.well ?? image.well
    if (well === null) return []
    if (listed !== undefined) return [{ ...file, page: 0, ...listed, well }]
    return planesOf([{ ...image, well }], waves)
  })
  if (planes.length === 0 && ome.promised === null) return []
  const side = [run.ome!, ...run.logs, ...run.others]
  return [
    assembleAcquisition(
      {
        plate: folderName(root, run.folder),
        uniqueId: null,
        folder: run.folder,
        instrument: scanR.id,
        namedBy: 'index',
        format: ome.format,
        promised: ome.promised,
        ...(ome.facts === null ? {} : { facts: ome.facts }),
      },
      planes,
      side.map(({ path }) => path),
    ),
  ]
}

/** As the log counts: steps and times from 0. */
function loggedPlace({ number, site, z, t }: ScanRName): LoggedPlace {
  return `${number} ${site} ${z - 1} ${t - 1}`
}

/** Images whose names do not begin with a well are left: without the plate's columns their numbers say nothing. */
function readNamed({ root }: ReadRequest, runs: readonly Run[]): Reading {
  const acquisitions = runs.flatMap(({ folder, images }) => {
    const placed = images.flatMap(image =>
      image.well === null ? [] : [{ ...image, well: image.well }],
    )
    if (placed.length === 0) return []
    return [
      assembleAcquisition(
        {
          plate: folderName(root, folder),
          uniqueId: null,
          folder,
          instrument: scanR.id,
          namedBy: 'name',
          format: null,
          promised: null,
        },
        planesOf(placed, new Map()),
        [],
      ),
    ]
  })
  return { acquisitions, faults: [] }
}

/** Channels that no index numbers follow those that it does, in the order of their names. */
function planesOf(
  images: readonly Placed[],
  waves: ReadonlyMap<string, number>,
): readonly PlaneFile[] {
  const strange = [...new Set(images.map(({ channel }) => channel))].filter(one => !waves.has(one))
  const all = new Map(waves)
  for (const channel of strange.sort()) all.set(channel, all.size + 1)
  return images.map(({ file, well, site, channel, z, t }) => {
    const wave = all.get(channel)!
    return { ...file, page: 0, well, site, channel, wave, z, t, projection: false }
  })
}
