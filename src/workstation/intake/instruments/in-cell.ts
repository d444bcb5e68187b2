import type { Fault } from '#core/fault.ts'
import { assembleAcquisition, folderName, type Acquisition } from '../acquisition.ts'
import { filesByFolder, folderOf, pathFrom } from '../files-by-folder.ts'
import { hasImageName } from '../name-pattern.ts'
import type { PlaneFile } from '../plane-file.ts'
import type { SurveyedFile } from '../survey-folder.ts'
import { indexedInCellPlate, readInCellName, type InCellName } from './in-cell-names.ts'
import type { Instrument, ReadRequest, Reading, Sign } from './instrument.ts'
import { channelNames } from './xdce-settings.ts'
import { readXdce, type XdceIndex } from './xdce.ts'

/**
 * GE, Cytiva and Molecular Devices IN Cell Analyzer: an `.xdce` beside its images.
 *
 * Images in the instrument's own format (`.im`) cannot be read and are left: where they are promised, they are missed.
 */
export const inCell: Instrument = { id: 'in-cell', name: 'IN Cell Analyzer', detect, read }

function detect(files: readonly SurveyedFile[]): readonly Sign[] {
  const signs: Sign[] = []
  const index = files.find(({ path }) => indexedInCellPlate(path) !== null)
  if (index !== undefined)
    signs.push({ by: 'index', sure: 'certain', why: `the index ${index.path}` })
  const image = files.find(file => readInCellName(file) !== null)
  if (image !== undefined)
    signs.push({ by: 'name', sure: 'likely', why: `names like ${image.path}` })
  return signs
}

async function read(request: ReadRequest): Promise<Reading> {
  return request.by === 'index' ? readIndexed(request) : readNamed(request)
}

async function readIndexed({ files, access }: ReadRequest): Promise<Reading> {
  const acquisitions: Acquisition[] = []
  const faults: Fault[] = []
  const used: { readonly folder: string; readonly path: string; readonly index: XdceIndex }[] = []
  const claimed = new Set<string>()
  const indexes = files.filter(({ path }) => indexedInCellPlate(path) !== null)
  const owned = filesByFolder(new Set(indexes.map(({ path }) => folderOf(path))), files)
  for (const file of indexes) {
    const plate = indexedInCellPlate(file.path)!
    const folder = folderOf(file.path)
    const index = await access.remember(inCell.id, file, () => readXdce(access, file.absolute))
    if (!index.ok) {
      faults.push(index.fault)
      continue
    }
    const first = used.find(one => one.folder === folder && shareImages(one.index, index.value))
    if (first !== undefined) {
      const detail = `it lists the images of ${first.path}, which was used`
      faults.push({ kind: 'index-invalid', path: file.absolute, detail })
      continue
    }
    used.push({ folder, path: file.path, index: index.value })
    const left = owned.get(folder)!.filter(({ path }) => !claimed.has(path))
    const run = readRun(left, folder, plate, file, index.value)
    for (const { path } of run.planes) claimed.add(path)
    for (const path of run.ignored) claimed.add(path)
    acquisitions.push(run)
  }
  return { acquisitions, faults }
}

function shareImages(one: XdceIndex, other: XdceIndex): boolean {
  for (const path of other.images.keys()) if (one.images.has(path)) return true
  return false
}

/** What an index lists, and images beside it whose names its settings explain: it may be older than they are. */
function readRun(
  files: readonly SurveyedFile[],
  folder: string,
  plate: string,
  indexFile: SurveyedFile,
  index: XdceIndex,
): Acquisition {
  const planes: PlaneFile[] = []
  const ignored = [indexFile.path]
  for (const file of files) {
    const path = pathFrom(folder, file.path).toLowerCase()
    const listed = index.images.get(path)
    if (index.besides.has(path) || path === `${plate.toLowerCase()}.xlog`) ignored.push(file.path)
    else if (!hasImageName(file)) continue
    else if (listed !== undefined) planes.push({ ...file, page: 0, ...listed })
    else {
      const plane = planeByName(file, plate, index)
      // What is in a folder below may be of another run.
      if (plane !== null && !path.includes('/')) planes.push(plane)
    }
  }
  return assembleAcquisition(
    {
      plate,
      uniqueId: null,
      folder,
      instrument: inCell.id,
      namedBy: 'index',
      format: index.format,
      promised: index.promised,
      facts: index.facts,
    },
    planes,
    ignored,
  )
}

/** Null where the name belongs to another plate, or no wave of the index has its filters. */
function planeByName(file: SurveyedFile, plate: string, index: XdceIndex): PlaneFile | null {
  const named = readInCellName(file)
  if (named === null || (named.plate !== null && named.plate !== plate)) return null
  const { filters, well, site, z, t } = named
  const alike = index.waves.filter(
    ({ excitation, emission }) =>
      same(excitation, filters?.excitation) && same(emission, filters?.emission),
  )
  const wave =
    filters === null && index.waves.length === 1
      ? index.waves[0]
      : (alike.find(one => one.wave === named.wave) ?? alike[0])
  if (wave === undefined) return null
  const offset = index.offsets.get(site)
  const position = offset === undefined ? null : { ...offset, z: null }
  const facts = { pixelSize: index.pixelSize, position, takenAt: null }
  const { name: channel, wave: number } = wave
  return { ...file, page: 0, well, site, channel, wave: number, z, t, projection: false, facts }
}

function same(a: string, b: string | undefined): boolean {
  return a.toLowerCase() === b?.toLowerCase()
}

/** A run for each folder and plate; images of a plate bear its name or lie in its folder. */
function readNamed({ root, files }: ReadRequest): Reading {
  const named = files.flatMap(file => readInCellName(file) ?? [])
  const runs = Map.groupBy(named, ({ file, plate }) => JSON.stringify([folderOf(file.path), plate]))
  const acquisitions = [...runs.values()].map(own => {
    const folder = folderOf(own[0]!.file.path)
    return assembleAcquisition(
      {
        plate: own[0]!.plate ?? folderName(root, folder),
        uniqueId: null,
        folder,
        instrument: inCell.id,
        namedBy: 'name',
        format: null,
        promised: null,
      },
      planesByName(own),
      [],
    )
  })
  return { acquisitions, faults: [] }
}

/** Without an index, waves that are not numbered are in the order of their names. */
function planesByName(named: readonly InCellName[]): readonly PlaneFile[] {
  const filters = named.map(one => one.filters ?? { excitation: '', emission: 'w1' })
  const byFilters = channelNames(filters)
  const names = filters.map(one => byFilters.get(one)!)
  const order = [...new Set(names)].sort()
  const places = new Map(order.map((name, place) => [name, place + 1]))
  const numbers = new Map<string, Set<number | null>>()
  for (const [i, { wave }] of named.entries())
    numbers.set(names[i]!, (numbers.get(names[i]!) ?? new Set()).add(wave))
  return named.map(({ file, well, site, wave: number, z, t }, place) => {
    const name = names[place]!
    const channel = numbers.get(name)!.size === 1 ? name : `${name} (w${number ?? 1})`
    const wave = number ?? places.get(name)!
    return { ...file, page: 0, well, site, channel, wave, z, t, projection: false }
  })
}
