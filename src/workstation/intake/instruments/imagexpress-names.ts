import { parseWell, wellName } from '#core/plate/well.ts'
import type { SurveyedFile } from '../survey-folder.ts'

/** What the name and the folders of an ImageXpress image say. Sites, waves and times count from 1. */
export interface NamedImage {
  readonly file: SurveyedFile
  /** Null where the name begins with the well. */
  readonly plate: string | null
  readonly well: string
  readonly site: number
  readonly wave: number
  /** Null where neither name nor folder counts steps. */
  readonly step: number | null
  readonly t: number
  readonly thumbnail: boolean
  /** Site, wave or step is written; `note_t01.tif` alone is no ImageXpress image, although T01 is a well. */
  readonly telling: boolean
}

/**
 * A GUID may be glued to the wave number: `_w12667264a-6432-…` is wave 1. Its shape is fixed, so
 * that one reading alone fits, with two digits for instruments of more than nine waves too.
 * The plate is as short as can be, else `_s12`, `_w10` and `_t04` are taken for wells.
 */
const IMAGE_NAME =
  /^(?:(?<plate>.+?)_)?(?<well>[A-Za-z]{1,2}\d{2})(?:_s(?<site>\d+))?(?:_w(?<wave>\d{1,2}))?(?<thumb>_thumb)?(?:[0-9A-F]{8}(?:-[0-9A-F]{4}){3}-[0-9A-F]{12})?(?:_t(?<t>\d+))?(?:_z(?<z>\d+))?\.tiff?$/i

/** The images lie beside their index, or in `TimePoint_<t>`, `ZStep_<z>` or both below it. */
const COUNTING_FOLDER = /^(?:TimePoint_(?<t>\d+)|ZStep_(?<z>\d+))$/i

/** Null for what is no image of an ImageXpress. */
export function readImageName(file: SurveyedFile): NamedImage | null {
  const { name, folders } = splitPath(file.path)
  const groups = IMAGE_NAME.exec(name)?.groups
  const position = parseWell(groups?.['well'] ?? '')
  if (groups === undefined || position === null) return null
  const counted = folders.map(folder => COUNTING_FOLDER.exec(folder)?.groups)
  const t = counted.findLast(folder => folder?.['t'] !== undefined)?.['t'] ?? groups['t']
  const step = counted.findLast(folder => folder?.['z'] !== undefined)?.['z'] ?? groups['z']
  return {
    file,
    plate: groups['plate'] ?? null,
    well: wellName(position),
    site: Number(groups['site'] ?? 1),
    wave: Number(groups['wave'] ?? 1),
    step: step === undefined ? null : Number(step),
    t: Number(t ?? 1),
    thumbnail: groups['thumb'] !== undefined,
    telling: [groups['site'], groups['wave'], step].some(part => part !== undefined),
  }
}

/** The plate of which a file is the index: `9987` for `9987.HTD` or `9987_meta.HTD`; null for other files. */
export function indexedPlate(path: string): string | null {
  return /^(?<plate>.+?)(?:_meta)?\.HTD$/i.exec(splitPath(path).name)?.groups?.['plate'] ?? null
}

/** The folder of a whole run, above those that count time points and steps and above that of the index. */
export function runFolder(path: string): string {
  const { folders } = splitPath(path)
  if (folders.at(-1)?.toLowerCase() === 'metadata' && indexedPlate(path) !== null) folders.pop()
  while (COUNTING_FOLDER.test(folders.at(-1) ?? '')) folders.pop()
  return folders.join('/')
}

function splitPath(path: string): { readonly name: string; readonly folders: string[] } {
  const folders = path.split('/')
  return { name: folders.pop()!, folders }
}
