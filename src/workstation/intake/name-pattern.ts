import { fail, ok, type FaultOf, type Result } from '#core/fault.ts'
import { parseWell, rowName, wellName } from '#core/plate/well.ts'
import { assembleAcquisition, folderName } from './acquisition.ts'
import type { FileAccess } from './file-access.ts'
import type { Reading } from './instruments/instrument.ts'
import { lookInside, type Paged } from './pages-in-depth.ts'
import type { PlaneFile } from './plane-file.ts'
import type { SurveyedFile } from './survey-folder.ts'

/** A regular expression whose named groups say where a plane belongs. */
export interface NamePattern {
  readonly expression: RegExp
  /** Applied to the path below the surveyed folder rather than to the name alone. */
  readonly wholePath: boolean
}

/** Spellings of each part; group names are compared in lower case, as CellProfiler's are capitalised. */
const PARTS = {
  plate: ['plate'],
  well: ['well'],
  row: ['row'],
  column: ['col', 'column'],
  site: ['site', 'field'],
  channel: ['channel'],
  wave: ['wave', 'channelnumber'],
  z: ['z'],
  t: ['t'],
} as const

type Part = keyof typeof PARTS

export const PATTERN_GROUPS = Object.values(PARTS).flat()

/** Formats of which Parfocal reads images. */
const IMAGE_NAME = /\.(?:tiff?|tf[28]|btf|png)$/i

/** A Zarr array is an image whatever its name. */
export function hasImageName({ path, array }: Pick<SurveyedFile, 'path' | 'array'>): boolean {
  return array === true || IMAGE_NAME.test(path)
}

/** Reads a pattern as a person writes it; Python's `(?P<well>…)` is understood. */
export function parsePattern(text: string): Result<NamePattern, FaultOf<'bad-option'>> {
  const refuse = (allowed: string) =>
    fail({ kind: 'bad-option', option: '--naming', value: text, allowed })
  const named = text.replaceAll('(?P<', '(?<')
  let expression: RegExp
  try {
    expression = new RegExp(named)
  } catch (cause) {
    // The engine repeats the pattern, which whoever wrote it has before them.
    const reason = (cause as Error).message.replace(
      /^Invalid regular expression: \/.*\/[a-z]*: /s,
      '',
    )
    return refuse(`a regular expression (${reason})`)
  }
  const groups = [...named.matchAll(/\(\?<([A-Za-z_]\w*)>/g)].map(match => match[1]!.toLowerCase())
  const has = (part: Part) => PARTS[part].some(name => groups.includes(name))
  const strange = groups.find(group => !PATTERN_GROUPS.some(name => name === group))
  if (strange !== undefined || !(has('well') || (has('row') && has('column')))) {
    return refuse(`named groups ${PATTERN_GROUPS.join(', ')}, with well or row and col among them`)
  }
  return ok({ expression, wholePath: text.includes('/') })
}

/**
 * The runs that one pattern finds, a plate and folder each; a pattern on paths finds a run a plate. The pages of a file
 * whose name has no depth are its focal planes, from 1.
 */
export async function readByPattern(
  pattern: NamePattern,
  instrument: string,
  root: string,
  files: readonly SurveyedFile[],
  access: FileAccess,
): Promise<Reading> {
  const named = files.flatMap(file => readName(pattern, file) ?? [])
  const { images, faults } = await lookInside(access, named, ({ namesDepth }) => namesDepth)
  const runs = Map.groupBy(images, ({ plate, folder }) =>
    JSON.stringify(pattern.wholePath ? plate : [plate, folder]),
  )
  const acquisitions = [...runs.values()].map(run => {
    const folder = commonFolder(run.map(image => image.folder))
    const plate = run[0]!.plate ?? folderName(root, folder)
    const head = {
      plate,
      uniqueId: null,
      folder,
      instrument,
      namedBy: 'name',
      format: null,
      promised: null,
    } as const
    return assembleAcquisition(head, planesOf(run), [])
  })
  return { acquisitions, faults }
}

/** A place as words say it: groups of a pattern, or cells of a table. */
export interface SpeltPlace {
  readonly plate: string | null
  readonly well: string
  readonly channel: string
  /** Null where the channel has a name and no number. */
  readonly wave: number | null
  readonly site: number
  readonly z: number
  readonly t: number
}

interface NamedImage extends SpeltPlace {
  readonly file: SurveyedFile
  readonly folder: string
  /** Whether the name itself says the depth. */
  readonly namesDepth: boolean
}

/** Null for what the pattern does not match, and where what it matched is no well or no number. */
function readName({ expression, wholePath }: NamePattern, file: SurveyedFile): NamedImage | null {
  if (!hasImageName(file)) return null
  const slash = file.path.lastIndexOf('/')
  const groups = expression.exec(wholePath ? file.path : file.path.slice(slash + 1))?.groups
  if (groups === undefined) return null
  const spelt = new Map(Object.entries(groups).map(([name, text]) => [name.toLowerCase(), text]))
  const place = readSpelling(spelt)
  if (typeof place === 'string') return null
  const namesDepth = isText(spelt.get('z'))
  return { file, folder: file.path.slice(0, Math.max(slash, 0)), namesDepth, ...place }
}

/**
 * What words say of a plane's place, by PATTERN_GROUPS in lower case; what is not said is the first and only one. Where
 * a word makes no sense, what is wrong with it.
 */
export function readSpelling(spelt: ReadonlyMap<string, string | undefined>): SpeltPlace | string {
  const part = (name: Part) => PARTS[name].map(group => spelt.get(group)).find(isText)
  const spelling = part('well') ?? `${rowLetters(part('row'))}${part('column')}`
  const well = parseWell(spelling)
  if (well === null) return `"${spelling}" is no well`
  const numbers = { site: part('site') ?? '1', z: part('z') ?? '1', t: part('t') ?? '1' }
  const odd = Object.entries(numbers).find(([, text]) => !Number.isSafeInteger(Number(text)))
  if (odd !== undefined) return `${odd[0]} "${odd[1]}" is no number`
  const wave = part('wave') ?? (part('channel') === undefined ? '1' : undefined)
  return {
    plate: part('plate') ?? null,
    well: wellName(well),
    channel: part('channel') ?? (isNumber(wave) ? `w${Number(wave)}` : wave!),
    wave: isNumber(wave) ? Number(wave) : null,
    site: Number(numbers.site),
    z: Number(numbers.z),
    t: Number(numbers.t),
  }
}

/** Rows may be counted from 1, as Operetta's names do: 2 is B. */
function rowLetters(row: string | undefined): string {
  return isNumber(row) && Number(row) >= 1 ? rowName(Number(row) - 1) : `${row}`
}

/** Channels without a number are put in the order of their names. */
function planesOf(images: readonly Paged<NamedImage>[]): readonly PlaneFile[] {
  const names = [...new Set(images.map(({ channel }) => channel))].sort()
  const places = new Map(names.map((name, index) => [name, index + 1]))
  return images.map(({ file, page, depth, well, site, channel, wave, z, t }) => ({
    ...file,
    page,
    well,
    site,
    channel,
    wave: wave ?? places.get(channel)!,
    z: depth ?? z,
    t,
    projection: false,
  }))
}

function commonFolder(folders: readonly string[]): string {
  const [first, ...others] = [...new Set(folders)].map(folder => folder.split('/'))
  const shared = first!.findIndex((name, depth) => others.some(other => other[depth] !== name))
  return first!.slice(0, shared === -1 ? first!.length : shared).join('/')
}

function isText(text: string | undefined): text is string {
  return text !== undefined && text !== ''
}

function isNumber(text: string | undefined): text is string {
  return text !== undefined && /^\d{1,9}$/.test(text)
}
