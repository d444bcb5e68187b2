import { createHash } from 'node:crypto'
import { isAbsolute, join } from 'node:path'
import { fail, ok, type Fault, type FaultOf, type Result } from '#core/fault.ts'
import { parseWell, PLATE_FORMATS } from '#core/plate/well.ts'
import { assembleAcquisition, folderName, type Acquisition } from './acquisition.ts'
import { parseCsvTable, readCsvText, type CsvRow } from './csv-table.ts'
import type { FileAccess } from './file-access.ts'
import { gatherBlocks } from './gather-blocks.ts'
import type { Reading } from './instruments/instrument.ts'
import { PATTERN_GROUPS, readSpelling, type SpeltPlace } from './name-pattern.ts'
import type { PlaneAddress, PlaneFile } from './plane-file.ts'
import type { Survey, SurveyedFile } from './survey-folder.ts'

/** Whether a way of naming is a table that says where each image belongs. */
export function isMap(naming: string): boolean {
  return /\.csv$/i.test(naming)
}

/** Absolute path of a map; one that is written relative is below the folder that it maps. */
export function mapPath(root: string, naming: string): string {
  return isAbsolute(naming) ? naming : join(root, naming)
}

/**
 * Reads the images of a folder by a table that somebody wrote: the last resort, where neither an index nor names help.
 *
 * A row is a plane: `path` below the folder, or the file's name alone, and `plate`, `well` (or `row` and `column`),
 * `site`, `channel`, `z`, `t`, spelt as the groups of a pattern. In the load_data.csv of CellProfiler a row is a field:
 * its `FileName_<channel>` with `PathName_<channel>` are its planes, and `Metadata_` may stand before any heading.
 *
 * A row whose file is not there is a plane that is missing. Rows that make no sense are faults of the table, which say
 * their lines.
 */
export async function readByMap(
  { root, files }: Pick<Survey, 'root' | 'files'>,
  naming: string,
  access: FileAccess,
): Promise<Reading> {
  const path = mapPath(root, naming)
  const read = await readMap(path, access)
  if (!read.ok) return { acquisitions: [], faults: [read.fault] }
  const { places: rows, problems } = read.value
  const own = files.find(({ absolute }) => absolute === path)
  const images = files.filter(file => file !== own)
  const { claims, disputed } = findFiles(rows, images)
  const outside = new Set(rows.filter(row => !claims.has(row) && leaves(row, root)))
  const places = rows.filter(row => !outside.has(row))
  const strays = [...outside].map(({ line }) => ({ line, detail: 'its path leaves the folder' }))
  const plates = Map.groupBy(places, ({ plate }) => plate)
  const acquisitions = [...plates].map(([plate, rows]): Acquisition => {
    const addresses = numberChannels(rows)
    const planes = rows.flatMap((row, i): readonly PlaneFile[] => {
      const file = claims.get(row)
      return file === undefined ? [] : [{ ...file, page: 0, ...addresses[i]! }]
    })
    const head = {
      plate: plate ?? folderName(root, ''),
      uniqueId: null,
      folder: '',
      instrument: 'map',
      namedBy: 'map',
      format: null,
      promised: gatherBlocks(addresses),
    } as const
    return assembleAcquisition(head, planes, own === undefined ? [] : [own.path])
  })
  return { acquisitions, faults: tableFaults(path, [...problems, ...disputed, ...strays]) }
}

interface MappedPlace extends SpeltPlace {
  readonly line: number
  /** Names of folders and of the file, as the table has them. */
  readonly parts: readonly string[]
  /** Whether it leads above the folder from which it begins. */
  readonly upwards: boolean
  /** With forward slashes; null for a relative path, and for folders of CellProfiler, which are of any machine. */
  readonly absolutePath: string | null
}

interface LineProblem {
  readonly line: number
  readonly detail: string
}

interface MapReading {
  readonly places: readonly MappedPlace[]
  readonly problems: readonly LineProblem[]
}

/** Parsed once for each text that it holds, wherever it lies. */
async function readMap(path: string, access: FileAccess): Promise<Result<MapReading>> {
  const text = await readCsvText(access, path)
  if (!text.ok) return text
  const modified = createHash('sha256').update(text.value).digest('hex')
  const version = { path, absolute: path, bytes: text.value.length, modified }
  return access.remember('map', version, async () => {
    const table = await parseCsvTable(text.value, path)
    if (!table.ok) return fail({ ...table.fault, kind: 'table-invalid' })
    const columns = columnsOf(table.value.headings)
    if (typeof columns === 'string') return fail({ kind: 'table-invalid', path, detail: columns })
    if (table.value.rows.length > 0) return ok(readRows(columns, table.value.rows))
    return fail({ kind: 'table-invalid', path, detail: 'it has headings and no rows' })
  })
}

interface MapColumns {
  /** Place of each heading, in lower case and without `Metadata_`. */
  readonly words: ReadonlyMap<string, number>
  /** Columns that name files; of a channel where the heading says it. */
  readonly files: readonly {
    readonly channel: string | null
    readonly file: number
    readonly folder: number | null
  }[]
}

const PATH_HEADINGS = ['path', 'file', 'filename', 'file_name']

/** What is wrong with the headings, where they are not those of a map. */
function columnsOf(headings: readonly string[]): MapColumns | string {
  const words = new Map<string, number>()
  for (const [place, heading] of headings.entries()) {
    const word = heading.toLowerCase().replace(/^metadata_/, '')
    if (!words.has(word)) words.set(word, place)
  }
  const path = PATH_HEADINGS.map(heading => words.get(heading)).find(place => place !== undefined)
  const ofChannels = headings.flatMap((heading, file) => {
    const channel = /^FileName_(?<channel>.+)$/.exec(heading)?.groups?.['channel']
    if (channel === undefined) return []
    const folder = headings.indexOf(`PathName_${channel}`)
    return [{ channel, file, folder: folder < 0 ? null : folder }]
  })
  const files = path === undefined ? ofChannels : [{ channel: null, file: path, folder: null }]
  if (files.length === 0) return 'it has neither a column path nor FileName_<channel>'
  const has = (...some: readonly string[]) => some.some(word => words.has(word))
  if (!has('well') && !(has('row') && has('col', 'column')))
    return 'it has no column well, nor row and column'
  return { words, files }
}

function readRows({ words, files }: MapColumns, rows: readonly CsvRow[]): MapReading {
  const places: MappedPlace[] = []
  const problems: LineProblem[] = []
  const known = PATTERN_GROUPS.filter(group => words.has(group))
  for (const { line, cells } of rows) {
    const spelt = new Map<string, string | undefined>(
      known.map(group => [group, cells[words.get(group)!]]),
    )
    let named = 0
    for (const { channel, file, folder } of files) {
      const name = cells[file] ?? ''
      // A field may lack a channel.
      if (name === '') continue
      named += 1
      if (channel !== null) spelt.set('channel', channel).delete('wave')
      const place = placeIn(spelt)
      const around = cells[folder ?? -1] ?? ''
      if (typeof place === 'string') problems.push({ line, detail: place })
      else
        places.push({
          ...place,
          line,
          ...readPath(around === '' ? name : `${around}/${name}`, channel === null),
        })
      if (typeof place === 'string') break
    }
    if (named === 0) problems.push({ line, detail: 'it names no file' })
  }
  return { places, problems }
}

/** The largest plate there is; names of files reach further, but a table was written by hand. */
const LARGEST_PLATE = PLATE_FORMATS[1536]

function placeIn(spelt: ReadonlyMap<string, string | undefined>): SpeltPlace | string {
  const place = readSpelling(spelt)
  if (typeof place === 'string') return place
  const position = parseWell(place.well)
  const { rows, columns } = LARGEST_PLATE
  const outside = position === null || position.row >= rows || position.column >= columns
  return outside ? `no plate has a well ${place.well}` : place
}

/** As written on any system; what leads upwards is left out of the parts, for the rest tells the file. */
function readPath(
  path: string,
  ofThisMachine: boolean,
): Pick<MappedPlace, 'parts' | 'upwards' | 'absolutePath'> {
  const written = path.replaceAll('\\', '/')
  const all = written.split('/').filter(part => part !== '' && part !== '.')
  let depth = 0
  const upwards = all.some(part => (depth += part === '..' ? -1 : 1) < 0)
  return {
    parts: all.filter(part => part !== '..'),
    upwards,
    absolutePath: ofThisMachine && /^(?:\/|[A-Za-z]:)/.test(written) ? written : null,
  }
}

/** Whether a row without a file names one that cannot come to the folder. */
function leaves({ upwards, absolutePath }: MappedPlace, root: string): boolean {
  const inside = `${root.replaceAll('\\', '/').replace(/\/$/, '')}/`
  return upwards || (absolutePath !== null && !absolutePath.startsWith(inside))
}

/**
 * The file of each row: the one at that path, else the only one whose path ends as the row's does, or the row's as its:
 * tables are carried to other folders, and written on other machines.
 */
function findFiles(
  places: readonly MappedPlace[],
  files: readonly SurveyedFile[],
): { readonly claims: ReadonlyMap<MappedPlace, SurveyedFile>; readonly disputed: LineProblem[] } {
  const byName = Map.groupBy(files, ({ path }) => path.slice(path.lastIndexOf('/') + 1))
  const claims = new Map<MappedPlace, SurveyedFile>()
  const holders = new Map<SurveyedFile, MappedPlace>()
  const disputed: LineProblem[] = []
  for (const place of places) {
    const { line, parts } = place
    const path = parts.join('/')
    const named = byName.get(parts.at(-1) ?? '') ?? []
    const exact = named.find(file => file.path === path)
    const alike = named.filter(file => endsAlike(file.path, path))
    const file = exact ?? (alike.length === 1 ? alike[0]! : undefined)
    const holder = file === undefined ? undefined : holders.get(file)
    if (file === undefined && alike.length > 1) {
      const [one, other] = alike
      disputed.push({ line, detail: `"${path}" may be ${one!.path} or ${other!.path}` })
    } else if (holder !== undefined) {
      disputed.push({ line, detail: `line ${holder.line} names ${file!.path} too` })
    } else if (file !== undefined) {
      claims.set(place, file)
      holders.set(file, place)
    }
  }
  return { claims, disputed }
}

function endsAlike(a: string, b: string): boolean {
  return `/${a}`.endsWith(`/${b}`) || `/${b}`.endsWith(`/${a}`)
}

/** Channels without a number are counted in the order in which the table names them. */
function numberChannels(places: readonly MappedPlace[]): readonly PlaneAddress[] {
  const names = [...new Set(places.map(({ channel }) => channel))]
  const numbers = new Map(names.map((name, i) => [name, i + 1]))
  return places.map(({ well, site, channel, wave, z, t }) => ({
    well,
    site,
    channel,
    wave: wave ?? numbers.get(channel)!,
    z,
    t,
    projection: false,
  }))
}

/** More would be one mistake many times over. */
const MOST_FAULTS = 20

function tableFaults(path: string, problems: readonly LineProblem[]): readonly Fault[] {
  const sorted = problems.toSorted((a, b) => a.line - b.line)
  const details = sorted.slice(0, MOST_FAULTS).map(({ line, detail }) => `line ${line}: ${detail}`)
  const more = sorted.length - MOST_FAULTS
  if (more > 0) details.push(`and ${more} lines more`)
  return details.map((detail): FaultOf<'table-invalid'> => ({
    kind: 'table-invalid',
    path,
    detail,
  }))
}
