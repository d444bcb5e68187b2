import { parseWell, wellName } from '#core/plate/well.ts'
import type { SurveyedFile } from '../survey-folder.ts'

/** A stack of pages, of one position or of all, or the part of it that the next file goes on with. */
export interface StackName {
  readonly file: SurveyedFile
  readonly folder: string
  /** As the acquisition was called; null where it had no name. */
  readonly prefix: string | null
  /** Null where the stack holds every position. */
  readonly position: string | null
}

/** A file of one plane. All count from 0, as Micro-Manager does. */
export interface PlaneName {
  readonly file: SurveyedFile
  readonly folder: string
  readonly frame: number
  readonly slice: number
  /** Name of the channel (1.4) or its number (2.0). */
  readonly channel: string | number
}

/**
 * Micro-Manager 1.4 and 2.0: `P_1_MMStack_A1-Site_0.ome.tif`, `P_1_MMStack_Pos0_1.ome.tif` for the second part,
 * `P_1_MMStack.ome.tif` or `…_Default.ome.tif` where positions are not split (FileSet.createBaseFilename).
 */
const STACK =
  /^(?:(?<prefix>.+)_)?MMStack(?:_(?<position>[A-Z]{1,2}\d{1,3}-Site_\d+|(?:\d+-)?Pos_?\d+_\d{3}|.+?))?(?:_(?<part>\d{1,3}))?\.ome\.tiff?$/

/** ImageKey.generateFileName of 1.4: frame, the channel's name, slice. */
const PLANE_1 = /^img_(?<frame>\d{9})_(?<channel>.*)_(?<slice>\d{3,9})\.tiff?$/
/** StorageSinglePlaneTiffSeries.createFileName of 2.0: the axes in the order of their names. */
const PLANE_2 =
  /^img(?:_channel(?<channel>\d{3,9}))?(?:_position\d{3,9})?(?:_time(?<frame>\d{9,12}))?(?:_z(?<slice>\d{3,9}))?\.tiff?$/

/** Far above any microscope's. */
export const MOST_CHANNELS = 1000

/** What positions of plates are called by the site generator of the HCS plugin. */
const SITE = /^(?<well>[A-Z]{1,2}\d{1,3})-Site_(?<site>\d{1,5})(?:_.*)?$/

export function readStackName(file: SurveyedFile): StackName | null {
  const { folder, name } = split(file.path)
  const groups = STACK.exec(name)?.groups
  if (groups === undefined) return null
  return { file, folder, prefix: groups['prefix'] ?? null, position: groups['position'] ?? null }
}

export function readPlaneName(file: SurveyedFile): PlaneName | null {
  const { folder, name } = split(file.path)
  const first = PLANE_1.exec(name)?.groups
  const groups = first ?? PLANE_2.exec(name)?.groups
  if (groups === undefined || name.startsWith('img.')) return null
  const channel = first === undefined ? Number(groups['channel'] ?? 0) : (first['channel'] ?? '')
  if (typeof channel === 'number' && channel >= MOST_CHANNELS) return null
  const { frame, slice } = groups
  return { file, folder, frame: Number(frame ?? 0), slice: Number(slice ?? 0), channel }
}

/** `metadata.txt` beside planes, `P_1_MMStack_Pos0_metadata.txt` beside a stack. */
export function isMetadata(path: string): boolean {
  return /(?:^|[/_])metadata\.txt$/.test(path)
}

/** The well and the site, from 1; null for a position that is in no well. */
export function placeOf(
  position: string | null,
): { readonly well: string; readonly site: number } | null {
  const groups = SITE.exec(position ?? '')?.groups
  const well = parseWell(groups?.['well'] ?? '')
  return well === null ? null : { well: wellName(well), site: Number(groups!['site']) + 1 }
}

export function split(path: string): { readonly folder: string; readonly name: string } {
  const slash = path.lastIndexOf('/')
  return { folder: path.slice(0, Math.max(slash, 0)), name: path.slice(slash + 1) }
}

/** What the files of a stack are called before their part and their ending. */
export function stemOf({ prefix, position }: Pick<StackName, 'prefix' | 'position'>): string {
  return [prefix, 'MMStack', position].filter(part => part !== null).join('_')
}

export function pathBelow(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`
}
