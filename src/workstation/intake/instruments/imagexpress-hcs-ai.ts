import type { Fault } from '#core/fault.ts'
import {
  assembleAcquisition,
  folderName,
  type Acquisition,
  type ChannelFacts,
} from '../acquisition.ts'
import { readCsvTable } from '../csv-table.ts'
import { gatherBlocks } from '../gather-blocks.ts'
import type { PlaneAddress, PlaneFile } from '../plane-file.ts'
import type { SurveyedFile } from '../survey-folder.ts'
import { parseJdce, readHcsAiRows, type HcsAiRow, type HcsAiSettings } from './hcs-ai-index.ts'
import {
  groupHcsAiRuns,
  isProtocol,
  isSettings,
  isTable,
  readHcsAiName,
  type HcsAiName,
  type Run,
  type Unit,
  type UnitKind,
} from './hcs-ai-names.ts'
import type { Instrument, ReadRequest, Reading, Sign } from './instrument.ts'

/**
 * Molecular Devices ImageXpress HCS.ai, as MetaXpress Acquire writes it.
 *
 * `<protocol>_<time>/experiment[_z_stack|_montage]/timepoint<t>/<project>_t<t>_<well>_s<s>_w<w>_z<z>.tif`, with a
 * `.jdce` and `image_metadata_<n>.csv` in each `experiment` folder. All of them count from 0; here from 1. Layout and
 * meaning after fractal-uzh-converters and bioio-imagexpress.
 */
export const imagexpressHcsAi: Instrument = {
  id: 'imagexpress-hcs-ai',
  name: 'ImageXpress HCS.ai',
  detect,
  read,
  growingIndex: isTable,
}

/** A JDCE of a plate with a thousand time points has about 100 kB. */
const LARGEST_SETTINGS = 16_000_000

function detect(files: readonly SurveyedFile[]): readonly Sign[] {
  const signs: Sign[] = []
  const settings = files.find(({ path }) => isSettings(path) || isProtocol(path))
  const table = files.find(
    ({ path }) => isTable(path) && /(?:^|\/)experiment\w*\/[^/]+$/i.test(path),
  )
  if (settings !== undefined)
    signs.push({ by: 'index', sure: 'certain', why: `the index ${settings.path}` })
  else if (table !== undefined)
    signs.push({ by: 'index', sure: 'likely', why: `the table ${table.path}` })
  const image = files.find(({ path }) => readHcsAiName(path) !== null)
  if (image !== undefined)
    signs.push({ by: 'name', sure: 'likely', why: `names like ${image.path}` })
  return signs
}

async function read(request: ReadRequest): Promise<Reading> {
  const acquisitions: Acquisition[] = []
  const faults: Fault[] = []
  for (const run of groupHcsAiRuns(request.files)) {
    const units = [...run.units.values()]
    const wanted = units.some(({ images, settings, tables }) =>
      request.by === 'index' ? settings.length + tables.length > 0 : images.length > 0,
    )
    if (!wanted) continue
    const reading = await readRun(request, run)
    faults.push(...reading.faults)
    acquisitions.push(...reading.acquisitions)
  }
  return { acquisitions, faults }
}

interface UnitReading {
  readonly settings: HcsAiSettings | null
  readonly rows: readonly HcsAiRow[]
  /** Index files that were used. */
  readonly used: readonly SurveyedFile[]
  readonly faults: readonly Fault[]
}

async function readRun({ root, access }: ReadRequest, run: Run): Promise<Reading> {
  const units = [...run.units.values()].sort((a, b) => RANK[a.kind] - RANK[b.kind])
  const read = await Promise.all(
    units.map(async unit => ({ unit, ...(await readUnit(access, unit)) })),
  )
  const faults = read.flatMap(one => one.faults)
  const whole = read.some(({ unit }) => unit.kind !== 'montage')
  const counted = read.filter(({ unit }) => !whole || unit.kind !== 'montage')
  const channels = nameChannels(counted)
  const stacked = stackedWaves(counted)
  const places = counted.flatMap(({ unit, settings, rows }) => {
    const place = placing(unit, settings, channels, stacked)
    return { unit, promised: promisedBy(rows, place), claims: claimsOf(unit, rows, place) }
  })
  const claims = places.flatMap(place => place.claims)
  const used = read.flatMap(one => one.used)
  if (used.length + claims.length === 0) return { acquisitions: [], faults }
  const settings = counted.flatMap(one => one.settings ?? [])
  const [first] = settings
  const rows = counted.flatMap(one => one.rows)
  const promised = gatherBlocks(places.flatMap(place => place.promised))
  const head = {
    plate: first?.plate ?? folderName(root, run.folder),
    uniqueId: settings.find(({ barcode }) => barcode !== null)?.barcode ?? null,
    folder: run.folder,
    instrument: imagexpressHcsAi.id,
    namedBy: used.length > 0 ? 'index' : 'name',
    format: first?.format ?? null,
    promised: promised.length === 0 ? null : promised,
  } as const
  const facts = {
    startedAt: first?.startedAt ?? null,
    objective: first?.objective ?? null,
    channels: [...channels].map(([wave, name]) => channelFacts(wave, name, settings, rows)),
  }
  const montages = read.filter(one => !counted.includes(one)).flatMap(({ unit }) => unit.images)
  const beside = [...used, ...montages.map(({ file }) => file), ...run.others]
  const ignored = beside.map(({ path }) => path)
  const acquisition = assembleAcquisition(
    used.length > 0 ? { ...head, facts } : head,
    claims,
    ignored,
  )
  return { acquisitions: [acquisition], faults }
}

/** What is said of the run is taken from the folder of its plain images before that of the stacks. */
const RANK: Readonly<Record<UnitKind, number>> = { plain: 0, stack: 1, montage: 2 }

async function readUnit(access: ReadRequest['access'], unit: Unit): Promise<UnitReading> {
  const faults: Fault[] = []
  const used: SurveyedFile[] = []
  let settings: HcsAiSettings | null = null
  for (const file of unit.settings) {
    const parsed = await access.remember(imagexpressHcsAi.id, file, async () => {
      const start = await access.readStart(file.absolute, LARGEST_SETTINGS)
      return start.ok ? parseJdce(start.value, file.absolute) : start
    })
    if (!parsed.ok) faults.push(parsed.fault)
    else {
      settings ??= parsed.value
      used.push(file)
    }
  }
  const rows: HcsAiRow[] = []
  for (const file of unit.tables) {
    const read = await access.remember(imagexpressHcsAi.id, file, async () => {
      const table = await readCsvTable(access, file.absolute, true)
      return table.ok ? readHcsAiRows(table.value, unit.folder, file.absolute) : table
    })
    if (!read.ok) faults.push(read.fault)
    else {
      for (const row of read.value) rows.push(row)
      used.push(file)
    }
  }
  return { settings, rows, used, faults }
}

/** Names by wave: the JDCE's, else the filter's in the table, else the number. */
function nameChannels(units: readonly UnitRead[]): ReadonlyMap<number, string> {
  const names = new Map<number, string>()
  for (const { settings } of units) {
    for (const { wave, name } of settings?.channels ?? []) {
      if (!names.has(wave)) names.set(wave, name)
    }
  }
  for (const { rows } of units) {
    for (const { wave, filter } of rows) {
      if (names.has(wave) || filter === '') continue
      names.set(wave, [...names.values()].includes(filter) ? `${filter} (w${wave})` : filter)
    }
  }
  return new Map([...names].sort(([a], [b]) => a - b))
}

type UnitRead = UnitReading & { readonly unit: Unit }

/** Waves of which there is a stack: what the plain folder holds of them are projections, though nothing there says so. */
function stackedWaves(units: readonly UnitRead[]): ReadonlySet<number> {
  const stacks = units.filter(({ unit }) => unit.kind === 'stack')
  return new Set(
    stacks.flatMap(({ unit, rows }) => [
      ...rows.map(({ wave }) => wave),
      ...unit.images.map(({ wave }) => wave),
    ]),
  )
}

function placing(
  { kind }: Unit,
  settings: HcsAiSettings | null,
  channels: ReadonlyMap<number, string>,
  stacked: ReadonlySet<number>,
) {
  const projected = new Set(settings?.channels.flatMap(one => (one.projected ? [one.wave] : [])))
  const pixelSize = settings?.pixelSize ?? null
  return (name: HcsAiName, row: HcsAiRow | undefined) => {
    const { well, site, wave, z, t } = row ?? name
    const byFolder = kind === 'plain' && (stacked.has(wave) || projected.has(wave))
    const projection = name.projection || byFolder
    const known = row?.facts ?? { position: null, takenAt: null }
    return {
      well,
      site,
      channel: channels.get(wave) ?? `w${wave}`,
      wave,
      z: projection ? 0 : z,
      t,
      projection,
      ...(row === undefined && pixelSize === null ? {} : { facts: { ...known, pixelSize } }),
    }
  }
}

/** Places by the table; by its name where an image is not in it, or not yet. */
function claimsOf(
  { images }: Unit,
  rows: readonly HcsAiRow[],
  place: ReturnType<typeof placing>,
): readonly PlaneFile[] {
  const byPath = new Map(rows.map(row => [row.path, row]))
  return images.map(({ file, ...name }) => ({
    ...file,
    page: 0,
    ...place(name, byPath.get(file.path)),
  }))
}

/** A row of an image with another name is of no plane that could come. */
function promisedBy(
  rows: readonly HcsAiRow[],
  place: ReturnType<typeof placing>,
): readonly PlaneAddress[] {
  return rows.flatMap(row => {
    const name = readHcsAiName(row.path)
    return name === null ? [] : [place(name, row)]
  })
}

function channelFacts(
  wave: number,
  channel: string,
  settings: readonly HcsAiSettings[],
  rows: readonly HcsAiRow[],
): ChannelFacts {
  const said = settings.flatMap(({ channels }) => channels).find(one => one.wave === wave)
  const exposure = rows.find(row => row.wave === wave && row.exposure !== null)?.exposure ?? null
  const { excitation = null, emission = null } = said ?? {}
  return { channel, excitation, emission, exposure, flatField: null }
}
