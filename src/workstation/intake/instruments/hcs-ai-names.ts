import { parseWell, wellName } from '#core/plate/well.ts'
import type { SurveyedFile } from '../survey-folder.ts'

/** A plane's place as the name of its file says it; numbers count from 1, where the instrument counts from 0. */
export interface HcsAiName {
  readonly path: string
  readonly well: string
  readonly site: number
  readonly wave: number
  readonly z: number
  readonly t: number
  /** The name says that it is a projection; most projections do not. */
  readonly projection: boolean
}

/** `stack` holds all steps of what `plain` may hold projections of; a `montage` is made of images that are there too. */
export type UnitKind = 'plain' | 'stack' | 'montage'

/** One `experiment` folder. */
export interface Unit {
  /** Relative to the surveyed folder. */
  readonly folder: string
  readonly kind: UnitKind
  readonly images: (HcsAiName & { readonly file: SurveyedFile })[]
  readonly settings: SurveyedFile[]
  readonly tables: SurveyedFile[]
}

export interface Run {
  readonly folder: string
  readonly units: Map<string, Unit>
  /** Files beside the images. */
  readonly others: SurveyedFile[]
}

const IMAGE_NAME =
  /^.+?(?<projection>_projection)?_t(?<t>\d{1,6})_(?<well>[A-Z]{1,2}\d{2})_s(?<site>\d{1,6})_w(?<wave>\d{1,2})_z(?<z>\d{1,6})\.tiff?$/i
const TABLE_NAME = /(?:^|\/)image_metadata_\d+\.csv$/i
/** Statistics of one image, in a file beside it. */
const STATISTICS_NAME = /\.tiff?\.statistics\.json$/i

export function isSettings(path: string): boolean {
  return /\.jdce$/i.test(path)
}

export function isProtocol(path: string): boolean {
  return /\.mxprotocol$/i.test(path)
}

export function isTable(path: string): boolean {
  return TABLE_NAME.test(path)
}

/** Null for what is no image of an ImageXpress HCS.ai. */
export function readHcsAiName(path: string): HcsAiName | null {
  const groups = IMAGE_NAME.exec(nameOf(path))?.groups
  const well = parseWell(groups?.['well'] ?? '')
  if (groups === undefined || well === null) return null
  const number = (group: string): number => Number(groups[group]) + 1
  return {
    path,
    well: wellName(well),
    site: number('site'),
    wave: number('wave'),
    z: number('z'),
    t: number('t'),
    projection: groups['projection'] !== undefined,
  }
}

/** Runs with what lies in their folders; a protocol without images or an index is no run. */
export function groupHcsAiRuns(files: readonly SurveyedFile[]): readonly Run[] {
  const runs = new Map<string, Run>()
  const beside: SurveyedFile[] = []
  const unitOf = (path: string): Unit => {
    const folder = unitFolder(path)
    const above = runFolder(folder)
    const run = runs.get(above) ?? { folder: above, units: new Map(), others: [] }
    runs.set(above, run)
    const unit = run.units.get(folder) ?? emptyUnit(folder)
    run.units.set(folder, unit)
    return unit
  }
  for (const file of files) {
    const name = readHcsAiName(file.path)
    if (name !== null) unitOf(file.path).images.push({ ...name, file })
    else if (isSettings(file.path)) unitOf(file.path).settings.push(file)
    else if (isTable(file.path)) unitOf(file.path).tables.push(file)
    else beside.push(file)
  }
  for (const file of beside) {
    const folder = besideRun(file.path)
    if (folder !== null) runs.get(folder)?.others.push(file)
  }
  return [...runs.values()]
}

function emptyUnit(folder: string): Unit {
  const suffix = /^experiment_(z_stack|montage)$/i.exec(nameOf(folder))?.[1]?.toLowerCase()
  const kind = suffix === 'z_stack' ? 'stack' : suffix === 'montage' ? 'montage' : 'plain'
  return { folder, kind, images: [], settings: [], tables: [] }
}

/** The `experiment` folder: that of the index, above those that count time points. */
function unitFolder(path: string): string {
  return folderOf(path).replace(/(?:^|\/)timepoint\d+$/i, '')
}

function runFolder(unit: string): string {
  return /^experiment(?:_\w+)?$/i.test(nameOf(unit)) ? folderOf(unit) : unit
}

/** The run of a file that holds no plane: its protocol, statistics, what the autofocus wrote; null for others. */
function besideRun(path: string): string | null {
  const folder = folderOf(path)
  if (isProtocol(path)) return folder
  if (STATISTICS_NAME.test(path)) return runFolder(unitFolder(path))
  return nameOf(folder).toLowerCase() === 'autofocus' ? folderOf(folder) : null
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('/'), 0))
}
