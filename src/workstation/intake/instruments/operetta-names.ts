import { wellName } from '#core/plate/well.ts'
import { folderOf } from '../files-by-folder.ts'
import type { SurveyedFile } from '../survey-folder.ts'

/** What the name of a Harmony image says. Sites, planes and time points count from 1. */
export interface NamedImage {
  readonly file: SurveyedFile
  readonly folder: string
  readonly well: string
  readonly site: number
  readonly channel: number
  readonly z: number
  readonly t: number
}

/** `sk` is the time point; `fk` and `fl` count frames of fast series and of fluorescence lifetimes. */
const IMAGE_NAME =
  /^r(?<row>\d{2})c(?<column>\d{2})f(?<site>\d{2,6})p(?<z>\d{2,6})-ch(?<channel>\d{1,4})sk(?<t>\d{1,6})(?:fk\d+)?(?:fl\d+)?\.tiff?$/i

/** Null for what is no image of Harmony. */
export function readImageName(file: SurveyedFile): NamedImage | null {
  const groups = IMAGE_NAME.exec(file.path.slice(file.path.lastIndexOf('/') + 1))?.groups
  if (groups === undefined) return null
  const [row, column] = [Number(groups['row']) - 1, Number(groups['column']) - 1]
  if (row < 0 || row >= 52 || column < 0) return null
  return {
    file,
    folder: folderOf(file.path),
    well: wellName({ row, column }),
    site: Number(groups['site']),
    channel: Number(groups['channel']),
    z: Number(groups['z']),
    t: Number(groups['t']),
  }
}

/** Indexes by preference; that of a measurement is said by several where data were moved between databases. */
const INDEX_NAMES = [
  /^Index\.idx\.xml$/i,
  /^Index\.ref\.xml$/i,
  /^Index\.xml$/i,
  /^[^/]*ImageIndex\.ColumbusIDX\.xml$/i,
]

/** Place in the order of preference; null for other files. */
export function indexRank(path: string): number | null {
  const name = path.slice(path.lastIndexOf('/') + 1)
  const rank = INDEX_NAMES.findIndex(expression => expression.test(name))
  if (rank !== -1) return rank
  return isArchiveIndex(path) ? INDEX_NAMES.length : null
}

/** `Index.xml` is a name that others use too. */
export function isVagueIndex(path: string): boolean {
  return /(?:^|\/)Index\.xml$/i.test(path) || isArchiveIndex(path)
}

/** An archive of Harmony has its index in a folder of its own, with any name: `index/01234567.xml`. */
function isArchiveIndex(path: string): boolean {
  return /(?:^|\/)index\/[^/]+\.xml$/i.test(path)
}

/** The folder that an index speaks of: its own, or in an archive the `images` beside it. */
export function indexedFolder(path: string): string {
  const folder = folderOf(path)
  if (!isArchiveIndex(path)) return folder
  return folder.replace(/index$/i, name => (name.startsWith('I') ? 'Images' : 'images'))
}

/** Says which index files a Columbus measurement has; what is needed is in these. */
export function isColumbusMeasurement(path: string): boolean {
  return /(?:^|\/)MeasurementIndex\.ColumbusIDX\.xml$/i.test(path)
}

/** Files that the export puts beside the images and their index, relative to the run's folder. */
export function isExportExtra(below: string): boolean {
  return /^(?:FFC_Profile|flatfieldcorrection|Assaylayout)\/[^/]+\.xml$|^(?:[^/]+\/)?[^/]+\.ColumbusIDX\.(?:xml|csv|txt)$/i.test(
    below,
  )
}

/** The folder of the whole run: images and index lie in `Images` below it, or in it; archives have a folder a well. */
export function runFolder(folder: string): string {
  return imageFolder(folder).replace(/(?:^|\/)images$/i, '')
}

/** The folder of the images of all wells. */
export function imageFolder(folder: string): string {
  return folder.replace(/(?:^|\/)r\d{2}c\d{2}$/i, '')
}

/** The path of an image below the folder of the images, as an index has it that knows of no folders of wells. */
export function withoutWell(below: string): string {
  return below.replace(/^r\d{2}c\d{2}\//i, '')
}

/** The barcode in `BARCODE__2021-05-02T16_02_51-Measurement 1`, or the folder's name where it has another form. */
export function plateOfFolder(name: string): string {
  return (
    /^(?<plate>.+?)__\d{4}-\d\d-\d\dT\d\d_\d\d_\d\d-Measurement[ _]?\d+$/.exec(name)?.groups?.[
      'plate'
    ] ?? name
  )
}
