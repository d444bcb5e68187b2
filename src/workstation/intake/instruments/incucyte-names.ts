import { parseWell, wellName } from '#core/plate/well.ts'
import { folderOf } from '../files-by-folder.ts'
import type { SurveyedFile } from '../survey-folder.ts'

/** What the folders and the name of an Incucyte image say. */
export interface IncucyteName {
  readonly file: SurveyedFile
  /** Of a whole vessel: above the folders of scans, or of channels. */
  readonly folder: string
  /** The vessel's number or the experiment's name; null where there is none. */
  readonly plate: string | null
  /** Beside the instrument's own folders, which nobody else has. */
  readonly archived: boolean
  readonly well: string
  readonly site: number
  /** Null where nothing says it. */
  readonly channel: string | null
  /** What orders the scans of a vessel, ms: since 1970 where dates are written, else since the first scan. */
  readonly time: number
  /** By the clock of the instrument's PC; null where only the time since the first scan is written. */
  readonly takenAt: string | null
}

/** `EssenFiles/ScanData/2505/16/1124/1248/B2-1-C1.tif`: month, day, time and vessel. */
const ARCHIVED =
  /^(?<folder>.*\/)?(?<month>\d{4})\/(?<day>\d{2})\/(?<clock>\d{4})\/(?<vessel>\d{1,6})\/(?<well>[A-Z]{1,2}\d{1,2})-(?<site>\d{1,5})-(?<channel>Ph?|C\d)\.tiff?$/i

/** `R2_green_B2_1_00d02h30m.tif`, `VID1630_A1_1_2019y05m03d_12h00m.tif`. */
const EXPORTED =
  /^(?:(?<experiment>.+?)_)?(?<well>[A-Z]{1,2}\d{1,2})_(?<site>\d{1,5})_(?:(?<days>\d{2,4})d(?<hours>\d{2})h(?<minutes>\d{2})m|(?<date>\d{4}y\d{2}m\d{2}d)_(?<clock>\d{2}h\d{2}m))\.(?:tiff?|png)$/i

const CHANNEL =
  /^(?:phase|ph|green|red|orange|nir|blue|cyan|yellow|brightfield|bf|farred|far-red|c\d)$/i

/**
 * Null for what is no image of an Incucyte.
 *
 * From public readers of archives (Leiden-Cell-Observatory/OMERO_scripts) and of exports, where people write channels as
 * the last part of the experiment's name or as a folder.
 */
export function readIncucyteName(file: SurveyedFile): IncucyteName | null {
  return readArchived(file) ?? readExported(file)
}

function readArchived(file: SurveyedFile): IncucyteName | null {
  const groups = ARCHIVED.exec(file.path)?.groups
  const well = parseWell(groups?.['well'] ?? '')
  if (groups === undefined || well === null) return null
  const { month, day, clock } = groups
  const takenAt = `20${month!.slice(0, 2)}-${month!.slice(2)}-${day}T${clock!.slice(0, 2)}:${clock!.slice(2)}:00`
  const time = Date.parse(`${takenAt}Z`)
  if (Number.isNaN(time)) return null
  const folder = (groups['folder'] ?? '').slice(0, -1)
  return {
    file,
    folder,
    plate: groups['vessel']!,
    archived: /(?:^|\/)EssenFiles\/ScanData$/i.test(folder),
    well: wellName(well),
    site: Number(groups['site']),
    channel: groups['channel']!,
    time,
    takenAt,
  }
}

function readExported(file: SurveyedFile): IncucyteName | null {
  const name = file.path.slice(file.path.lastIndexOf('/') + 1)
  const groups = EXPORTED.exec(name)?.groups
  const well = parseWell(groups?.['well'] ?? '')
  if (groups === undefined || well === null) return null
  const { date, clock } = groups
  const takenAt =
    date === undefined || clock === undefined
      ? null
      : `${date.replaceAll(/[ym]/gi, '-').slice(0, -1)}T${clock.replace(/h/i, ':').slice(0, -1)}:00`
  const elapsed =
    (Number(groups['days']) * 24 + Number(groups['hours'])) * 60 + Number(groups['minutes'])
  const time = takenAt === null ? elapsed * 60_000 : Date.parse(`${takenAt}Z`)
  if (Number.isNaN(time)) return null
  const folders = folderOf(file.path).split('/')
  const channelFolder = CHANNEL.test(folders.at(-1)!) ? folders.pop()! : null
  const { plate, channel } = splitExperiment(groups['experiment'] ?? '')
  return {
    file,
    folder: folders.join('/'),
    plate,
    archived: false,
    well: wellName(well),
    site: Number(groups['site']),
    channel: channel ?? channelFolder,
    time,
    takenAt,
  }
}

/** The last part is the channel where it is a word for one; a cell line or a vessel's number is none. */
function splitExperiment(experiment: string): {
  readonly plate: string | null
  readonly channel: string | null
} {
  const parts = experiment.split('_')
  const last = parts.at(-1)!
  const isChannel = CHANNEL.test(last) || (parts.length > 1 && /^[a-z]+$/.test(last))
  if (isChannel) parts.pop()
  return { plate: parts.join('_') || null, channel: isChannel ? last : null }
}

/** The settings of one scan, zipped, beside the vessels: the folder of the archive it belongs to; null for other files. */
export function diagnosticsFolder(path: string): string | null {
  const groups = /^(?<folder>.*\/)?\d{4}\/\d{2}\/\d{4}\/Diag\.zip$/i.exec(path)?.groups
  return groups === undefined ? null : (groups['folder'] ?? '').slice(0, -1)
}
