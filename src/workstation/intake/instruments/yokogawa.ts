import type { Fault, Result } from '#core/fault.ts'
import type { PlateSize } from '#core/plate/well.ts'
import { assembleAcquisition, folderName, type Acquisition, type RunFacts } from '../acquisition.ts'
import { filesByFolder, folderOf, pathFrom } from '../files-by-folder.ts'
import { pathBelow } from '../path-below.ts'
import type { PlaneFile } from '../plane-file.ts'
import type { SurveyedFile } from '../survey-folder.ts'
import type { Instrument, ReadRequest, Reading, Sign } from './instrument.ts'
import { parseMeasurementData, recordKey, type MeasurementData } from './yokogawa-data.ts'
import {
  parseMeasurementDetail,
  parsePlateInformation,
  type MeasurementDetail,
} from './yokogawa-detail.ts'
import {
  isMeasurementData,
  isMeasurementDetail,
  isMeasurementExtra,
  isMeasurementSetting,
  readImageName,
  type NamedImage,
} from './yokogawa-names.ts'
import {
  nameChannels,
  planOf,
  promisedPlanes,
  type NameChannel,
  type Plan,
} from './yokogawa-promise.ts'
import { parseMeasurementSettings, type MeasurementSettings } from './yokogawa-settings.ts'

/** Yokogawa CellVoyager CV7000 and CV8000, CQ1 and CQ3K; of the CV1000 the names of the images. */
export const yokogawa: Instrument = {
  id: 'yokogawa',
  name: 'Yokogawa CellVoyager',
  detect,
  read,
  growingIndex: isMeasurementData,
}

function detect(files: readonly SurveyedFile[]): readonly Sign[] {
  const signs: Sign[] = []
  const index = files.find(({ path }) => isMeasurementData(path) || isMeasurementDetail(path))
  const setting = index ?? files.find(({ path }) => isMeasurementSetting(path))
  if (setting !== undefined) {
    const sure = setting === index ? 'certain' : 'possible'
    signs.push({ by: 'index', sure, why: `the index ${setting.path}` })
  }
  const image = files.find(({ path }) => readImageName(path, null) !== null)
  if (image !== undefined)
    signs.push({ by: 'name', sure: 'likely', why: `names like ${image.path}` })
  return signs
}

async function read(request: ReadRequest): Promise<Reading> {
  return request.by === 'index' ? readIndexed(request) : readNamed(request)
}

async function readIndexed(request: ReadRequest): Promise<Reading> {
  const { files } = request
  const indexes = files.filter(({ path }) => isMeasurementData(path) || isMeasurementDetail(path))
  const folders = new Set(indexes.map(({ path }) => folderOf(path)))
  const acquisitions: Acquisition[] = []
  const faults: Fault[] = []
  for (const [folder, own] of filesByFolder(folders, files)) {
    const measurement = await readMeasurement(request, folder, own)
    faults.push(...measurement.faults)
    if (measurement.data === null) continue
    acquisitions.push(assembleMeasured(request, folder, own, measurement))
  }
  return { acquisitions, faults }
}

/** What the files of a measurement say; null where they are missing or damaged. */
interface Measurement {
  readonly detail: MeasurementDetail | null
  readonly settings: MeasurementSettings | null
  readonly plan: Plan | null
  readonly plate: string | null
  readonly format: PlateSize | null
  /** Null where the list is damaged, so that names have to do. */
  readonly data: MeasurementData | null
  readonly faults: readonly Fault[]
}

const NOTHING_YET: MeasurementData = { planes: new Map(), listed: [] }

async function readMeasurement(
  { access }: ReadRequest,
  folder: string,
  files: readonly SurveyedFile[],
): Promise<Measurement> {
  const faults: Fault[] = []
  const fileNamed = (name: string | null) => {
    const path = name === null ? null : pathBelow(folder, name)?.toLowerCase()
    return files.find(file => file.path.toLowerCase() === path) ?? null
  }
  const readFile = async <T>(
    file: SurveyedFile | null,
    parse: (from: ReadRequest['access'], path: string) => Promise<Result<T>>,
  ): Promise<T | null> => {
    if (file === null) return null
    const parsed = await access.remember(yokogawa.id, file, () => parse(access, file.absolute))
    if (parsed.ok) return parsed.value
    faults.push(parsed.fault)
    return null
  }
  const detail = await readFile(fileNamed('MeasurementDetail.mrf'), parseMeasurementDetail)
  const settingsFile = fileNamed(detail?.settingsFile ?? null)
  const settings = await readFile(settingsFile, parseMeasurementSettings)
  const plan =
    settings === null || detail === null ? null : planOf(settings, detail, settingsFile!.absolute)
  if (plan?.ok === false) faults.push(plan.fault)
  const plateFile = fileNamed(detail?.plateFile ?? null)
  const information = await readFile(plateFile, parsePlateInformation)
  const dataFile = fileNamed('MeasurementData.mlf')
  // At the start of a measurement the list is there, and empty.
  const begun = dataFile !== null && dataFile.bytes > 0
  const data = begun ? await readFile(dataFile, parseMeasurementData) : NOTHING_YET
  return {
    detail,
    settings,
    plan: plan?.ok === true ? plan.value : null,
    plate: information?.name ?? detail?.plate ?? detail?.title ?? null,
    format: information?.format ?? detail?.format ?? null,
    data,
    faults,
  }
}

function assembleMeasured(
  { root }: ReadRequest,
  folder: string,
  files: readonly SurveyedFile[],
  measurement: Measurement,
): Acquisition {
  const { settings, plan, format, data } = measurement
  const nameChannel = nameChannels(settings)
  const claims = files.flatMap(file => claimOf(file, folder, measurement, nameChannel) ?? [])
  const claimed = new Set(claims.map(({ path }) => path))
  const atFault = new Set(measurement.faults.flatMap(fault => ('path' in fault ? fault.path : [])))
  const ignored = files.filter(({ path, absolute }) => {
    const index = isMeasurementData(path) || isMeasurementDetail(path) || isMeasurementSetting(path)
    const extra = isMeasurementExtra(pathFrom(folder, path))
    return (index || extra) && !claimed.has(path) && !atFault.has(absolute)
  })
  const named = files.flatMap(({ path }) => readImageName(path, format)?.plate ?? [])[0]
  return assembleAcquisition(
    {
      plate: measurement.plate ?? named ?? folderName(root, folder),
      // The ProductID of a plate is that of its kind.
      uniqueId: null,
      folder,
      instrument: yokogawa.id,
      namedBy: 'index',
      format,
      promised: promisedPlanes(plan, data ?? NOTHING_YET, nameChannel),
      facts: runFacts(folder, files, measurement, nameChannel),
    },
    claims,
    ignored.map(({ path }) => path),
  )
}

/** The plane that the list says a file holds; else the one that its name says, for the list may lag behind. */
function claimOf(
  file: SurveyedFile,
  folder: string,
  { data, detail, format }: Measurement,
  nameChannel: NameChannel,
): PlaneFile | null {
  const below = pathFrom(folder, file.path)
  if (!/\.(?:tiff?|png)$/i.test(below)) return null
  const plane = data?.planes.get(recordKey(below))
  if (plane === undefined) {
    const named = readImageName(below, format)
    if (named === null) return null
    const pixelSize = detail?.cameras.get(named.channel)?.pixelSize ?? null
    const facts = { pixelSize, position: null, takenAt: null }
    return { ...planeOfName(file, named, nameChannel), facts }
  }
  const { well, site, z, t, projection, x, y, focus, takenAt } = plane
  const { wave, name: channel } = nameChannel(plane.action, plane.channel)
  const pixelSize = detail?.cameras.get(plane.channel)?.pixelSize ?? null
  // The stage's y grows upwards.
  const position = x === null || y === null ? null : { x, y: 0 - y, z: focus }
  const facts = { pixelSize, position, takenAt }
  return { ...file, page: 0, well, site, channel, wave, z, t, projection, facts }
}

function planeOfName(
  file: SurveyedFile,
  { well, site, z, t, action, channel: number, projection }: NamedImage,
  nameChannel: NameChannel,
): PlaneFile {
  const { wave, name: channel } = nameChannel(action, number)
  return { ...file, page: 0, well, site, channel, wave, z, t, projection }
}

function runFacts(
  folder: string,
  files: readonly SurveyedFile[],
  { detail, settings }: Measurement,
  nameChannel: NameChannel,
): RunFacts {
  const paths = new Set(files.map(({ path }) => path))
  const imaged = new Map<string, number>()
  for (const { actions } of settings?.timelines ?? [])
    for (const [index, { channels }] of actions.entries())
      for (const number of channels) imaged.set(nameChannel(index + 1, number).name, number)
  const lens = settings?.channels.get([...imaged.values()][0] ?? 0)
  return {
    startedAt: detail?.startedAt ?? null,
    objective:
      lens === undefined || (lens.objective === null && lens.magnification === null)
        ? null
        : { name: lens.objective, magnification: lens.magnification, numericalAperture: null },
    channels: [...imaged].map(([channel, number]) => {
      const own = settings?.channels.get(number)
      const shading = pathBelow(folder, detail?.cameras.get(number)?.shadingFile ?? '')
      return {
        channel,
        excitation: own?.excitation ?? null,
        emission: own?.emission ?? null,
        exposure: own?.exposure ?? null,
        flatField: shading !== null && paths.has(shading) ? shading : null,
      }
    }),
  }
}

/** Names that count wells are read with the plate's size alone, which nothing but an index says. */
function readNamed({ root, files }: ReadRequest): Reading {
  const nameChannel = nameChannels(null)
  const images = files.flatMap(file => {
    const image = readImageName(file.path, null)
    return image === null ? [] : [{ file, folder: folderOf(file.path), image }]
  })
  const runs = Map.groupBy(images, ({ folder, image }) => JSON.stringify([folder, image.plate]))
  const acquisitions = [...runs.values()].map(own => {
    const [{ folder, image }] = own as [(typeof own)[number], ...typeof own]
    const head = {
      plate: image.plate ?? folderName(root, folder),
      uniqueId: null,
      folder,
      instrument: yokogawa.id,
      namedBy: 'name',
      format: null,
      promised: null,
    } as const
    const planes = own.map(({ file, image: named }) => planeOfName(file, named, nameChannel))
    return assembleAcquisition(head, planes, [])
  })
  return { acquisitions, faults: [] }
}
