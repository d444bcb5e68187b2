import { parseWell, wellName } from '#core/plate/well.ts'
import type { SurveyedFile } from '../survey-folder.ts'

/** What the name of a scan^R image says. */
export interface ScanRName {
  readonly file: SurveyedFile
  /** Null where the name does not begin with the well's. */
  readonly well: string | null
  /** Of the well, counted from 1 along the rows of the plate. */
  readonly number: number
  /** Counted from 1 by the instrument too. */
  readonly site: number
  readonly channel: string
  /** Counted from 1; from 0 in the name. */
  readonly z: number
  readonly t: number
}

/** `B2--W00014--P00001--Z00000--T00000--405 nm #1.tif`; older software leaves out the well's name. */
const IMAGE_NAME =
  /^(?<well>[A-Z]{1,2}\d{1,3})?--W(?<number>\d{5})--P(?<site>\d{5})--Z(?<z>\d{5})--T(?<t>\d{5})--(?<channel>[^/]{1,100})\.tiff?$/i

/** Null for what is no image of a scan^R. */
export function readScanRName(file: SurveyedFile): ScanRName | null {
  const name = file.path.slice(file.path.lastIndexOf('/') + 1)
  const groups = IMAGE_NAME.exec(name)?.groups
  if (groups === undefined) return null
  const well = parseWell(groups['well'] ?? '')
  if (groups['well'] !== undefined && well === null) return null
  return {
    file,
    well: well === null ? null : wellName(well),
    number: Number(groups['number']),
    site: Number(groups['site']),
    channel: groups['channel']!,
    z: Number(groups['z']) + 1,
    t: Number(groups['t']) + 1,
  }
}

/** Of files that lie beside the images of a run and are none of them. */
export type ScanRSideFile = 'descriptor' | 'ome' | 'log' | 'other'

const SIDE_FILES: ReadonlyMap<string, ScanRSideFile> = new Map([
  ['experiment_descriptor.xml', 'descriptor'],
  ['acquisitionlog.dat', 'log'],
  ['experiment_descriptor.dat', 'other'],
])

export function sideFileKind(path: string): ScanRSideFile | null {
  // Others write files of that name in folders of other names.
  if (/(?:^|\/)data\/metadata\.ome\.xml$/.test(path)) return 'ome'
  return SIDE_FILES.get(path.slice(path.lastIndexOf('/') + 1).toLowerCase()) ?? null
}

/** The folder of a whole run: images may lie in `data` below it. */
export function scanRFolder(path: string): string {
  const folders = path.split('/').slice(0, -1)
  if (folders.at(-1)?.toLowerCase() === 'data') folders.pop()
  return folders.join('/')
}
