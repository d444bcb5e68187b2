import { parseWell, wellName } from '#core/plate/well.ts'
import type { SurveyedFile } from '../survey-folder.ts'

/** What the name of an IN Cell image says; all numbers count from 1, as in the name. */
export interface InCellName {
  readonly file: SurveyedFile
  /** Null where the name begins with the well. */
  readonly plate: string | null
  readonly well: string
  readonly site: number
  /** Names of the filters; null where only one wave was imaged and the name leaves them out. */
  readonly filters: { readonly excitation: string; readonly emission: string } | null
  /** Number of the wave; null where the name has none. */
  readonly wave: number | null
  readonly z: number
  readonly t: number
}

/**
 * `A - 01(fld 1 wv 390 - Blue).tif`, `P1_B - 02(fld 01 wv Blue - FITC z 3 - time 01 - 0 ms).tif`, `J - 8(fld 8).tif`.
 *
 * From names in public scripts: older software leaves out what there is one of, and `wix` is the wave's number, which
 * alone tells waves through the same filters apart.
 */
const IMAGE_NAME =
  /^(?:(?<plate>.+?)_)?(?<row>[A-Z]{1,2}) ?- ?(?<column>\d{1,3}) ?\(fld ?(?<field>\d{1,5})(?: wv (?<excitation>[^()]{1,60}?) - (?<emission>[^()]{1,60}?))?(?: wix (?<wave>\d{1,3}))?(?: z (?<z>\d{1,5}))?(?: ?- time (?<t>\d{1,6}) - [\d.]{1,15} ?ms)?\)\.tiff?$/i

/** Null for what is no image of an IN Cell. */
export function readInCellName(file: SurveyedFile): InCellName | null {
  const name = file.path.slice(file.path.lastIndexOf('/') + 1)
  const groups = IMAGE_NAME.exec(name)?.groups
  const well = parseWell(`${groups?.['row']}${groups?.['column']}`)
  if (groups === undefined || well === null) return null
  const { plate, excitation, emission } = groups
  return {
    file,
    plate: plate ?? null,
    well: wellName(well),
    site: Number(groups['field']),
    filters: excitation === undefined || emission === undefined ? null : { excitation, emission },
    wave: groups['wave'] === undefined ? null : Number(groups['wave']),
    z: Number(groups['z'] ?? 1),
    t: Number(groups['t'] ?? 1),
  }
}

/** The plate of which a file is the index: `P1` for `P1.xdce`; null for other files. */
export function indexedInCellPlate(path: string): string | null {
  return /(?:^|\/)(?<plate>[^/]+)\.xdce$/i.exec(path)?.groups?.['plate'] ?? null
}
