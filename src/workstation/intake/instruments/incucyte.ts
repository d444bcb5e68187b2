import { assembleAcquisition, folderName, type Acquisition } from '../acquisition.ts'
import type { PlaneFile } from '../plane-file.ts'
import type { SurveyedFile } from '../survey-folder.ts'
import { diagnosticsFolder, readIncucyteName, type IncucyteName } from './incucyte-names.ts'
import type { Instrument, ReadRequest, Reading, Sign } from './instrument.ts'

/**
 * Sartorius (Essen) Incucyte: its archive, a plate for each vessel, and what its software exports; by names alone.
 *
 * Pixel sizes are in the zipped `Diag.log` of each scan, in a form that nothing public describes. Files of its own
 * format (`.icarch`) are left.
 */
export const incucyte: Instrument = { id: 'incucyte', name: 'Incucyte', detect, read }

function detect(files: readonly SurveyedFile[]): readonly Sign[] {
  let named: IncucyteName | null = null
  for (const file of files) {
    const one = readIncucyteName(file)
    if (one?.archived === true)
      return [{ by: 'name', sure: 'certain', why: `an archive with ${file.path}` }]
    named ??= one
  }
  return named === null
    ? []
    : [{ by: 'name', sure: 'likely', why: `names like ${named.file.path}` }]
}

async function read({ root, files, by }: ReadRequest): Promise<Reading> {
  if (by === 'index') return { acquisitions: [], faults: [] }
  const named = files.flatMap(file => readIncucyteName(file) ?? [])
  const diagnostics = Map.groupBy(
    files.filter(({ path }) => diagnosticsFolder(path) !== null),
    ({ path }) => diagnosticsFolder(path)!,
  )
  const runs = Map.groupBy(named, ({ folder, plate, takenAt }) =>
    JSON.stringify([folder, plate, takenAt === null]),
  )
  const acquisitions = [...runs.values()].map(own => {
    const { folder } = own[0]!
    const ignored = (diagnostics.get(folder) ?? []).map(({ path }) => path)
    // They belong to all vessels of their scan; a file is in one run only.
    diagnostics.delete(folder)
    return readRun(root, own, ignored)
  })
  return { acquisitions, faults: [] }
}

function readRun(
  root: string,
  named: readonly IncucyteName[],
  ignored: readonly string[],
): Acquisition {
  const { folder, plate } = named[0]!
  return assembleAcquisition(
    {
      plate: plate ?? folderName(root, folder),
      uniqueId: null,
      folder,
      instrument: incucyte.id,
      namedBy: 'name',
      format: null,
      promised: null,
    },
    planesOf(named),
    ignored,
  )
}

/** As its software shows them; others follow in the order of their names. */
const CHANNELS = ['ph', 'p', 'phase', 'brightfield', 'bf', 'green', 'red', 'orange', 'nir']

/**
 * Scans are counted from 1 in the order of their times, as people count them: the instrument adds only later ones. A
 * scan that is copied in after later ones moves these on by one, and they are told anew.
 */
function planesOf(named: readonly IncucyteName[]): readonly PlaneFile[] {
  const times = [...new Set(named.map(({ time }) => time))].sort((a, b) => a - b)
  const scans = new Map(times.map((time, place) => [time, place + 1]))
  const channels = [...new Set(named.map(channelOf))].sort(
    (a, b) => rankOf(a) - rankOf(b) || (a < b ? -1 : 1),
  )
  const waves = new Map(channels.map((channel, place) => [channel, place + 1]))
  return named.map(one => {
    const { file, well, site, time, takenAt } = one
    const channel = channelOf(one)
    const plane = {
      ...file,
      page: 0,
      well,
      site,
      channel,
      wave: waves.get(channel)!,
      z: 1,
      t: scans.get(time)!,
      projection: false,
    }
    return takenAt === null
      ? plane
      : { ...plane, facts: { pixelSize: null, position: null, takenAt } }
  })
}

function channelOf({ channel }: IncucyteName): string {
  return channel ?? 'w1'
}

function rankOf(channel: string): number {
  const rank = CHANNELS.indexOf(channel.toLowerCase())
  return rank < 0 ? CHANNELS.length : rank
}
