import { ok, type Fault, type Result } from '#core/fault.ts'
import { mapAtMost } from '../map-at-most.ts'
import type { FileAccess } from './file-access.ts'
import { filesByFolder, folderOf, pathFrom } from './files-by-folder.ts'
import type { OmeImage, OmeXml, TiffBlock } from './ome-metadata.ts'
import { locatePlanes, type LocatedPlane, type OmePixels, type PageClaims } from './ome-planes.ts'
import { beginsAsOme, readOmeFile, readOmeText } from './ome-xml.ts'
import { pathBelow } from './path-below.ts'
import type { SurveyedFile } from './survey-folder.ts'

/** Metadata, and the files of its folder and below that it describes. */
export interface OmeSet {
  /** Relative to the surveyed folder. */
  readonly folder: string
  /** Where the metadata is: a companion, or the first TIFF that holds it. */
  readonly index: SurveyedFile
  readonly xml: OmeXml
  readonly images: readonly LocatedImage[]
}

export interface LocatedImage {
  readonly image: OmeImage
  /** The same for this image whatever has arrived, and of this image alone in the folder. */
  readonly field: string
  readonly planes: readonly LocatedPlane[]
}

export interface OmeSets {
  readonly sets: readonly OmeSet[]
  /** Files that say no more than where their metadata is. */
  readonly members: readonly SurveyedFile[]
  readonly faults: readonly Fault[]
}

const COMPANION = /\.companion\.ome$/i
const FILES_AT_ONCE = 8

export function isCompanion({ path }: Pick<SurveyedFile, 'path'>): boolean {
  return COMPANION.test(path)
}

/**
 * Reads OME-TIFFs and their companions, folder by folder: companions first, then each TIFF that no metadata has named
 * before. A set that repeats its metadata in every file is thus read once. Names in metadata mean files of its own folder;
 * those in a companion may lead into folders below, as Bio-Formats takes them.
 *
 * @param others files that metadata may name, and into which nobody looks for any
 */
export async function readOmeSets(
  files: readonly SurveyedFile[],
  access: FileAccess,
  others: readonly SurveyedFile[] = [],
): Promise<OmeSets> {
  const beside = Map.groupBy(others, ({ path }) => folderOf(path))
  const below = filesByFolder(
    new Set(files.filter(isCompanion).map(({ path }) => folderOf(path))),
    others,
  )
  const sets: OmeSet[] = []
  const members: SurveyedFile[] = []
  const faults: Fault[] = []
  for (const [folder, own] of Map.groupBy(files, ({ path }) => folderOf(path))) {
    const named = below.get(folder) ?? beside.get(folder) ?? []
    const reading = await readFolder(folder, own, named, access)
    sets.push(...reading.sets)
    members.push(...reading.members)
    faults.push(...reading.faults)
  }
  return { sets, members, faults }
}

async function readFolder(
  folder: string,
  files: readonly SurveyedFile[],
  others: readonly SurveyedFile[],
  access: FileAccess,
): Promise<OmeSets> {
  const byName = new Map([...others, ...files].map(file => [pathFrom(folder, file.path), file]))
  const images = files.filter(file => !isCompanion(file))
  const found: { readonly index: SurveyedFile; readonly xml: OmeXml }[] = []
  const members: SurveyedFile[] = []
  const faults: Fault[] = []
  const named = new Set<string>()
  for (const index of [...files.filter(isCompanion), ...images]) {
    if (named.has(index.path)) continue
    const read = await describe(index, access)
    if (!read.ok) faults.push(read.fault)
    else if (read.value !== null && read.value.metadataFile !== null) members.push(index)
    else if (read.value !== null) {
      const xml = read.value
      found.push({ index, xml })
      named.add(index.path)
      for (const { path } of filesNamed(xml, byName)) named.add(path)
    }
  }
  const claims: PageClaims = { taken: new Set(), steps: 0 }
  const sets: OmeSet[] = []
  for (const { index, xml } of found) {
    const pixels = await lookInto(index, xml, byName, access)
    const find = (block: TiffBlock) =>
      pixels.get(fileOf(block, index, xml, byName)?.path ?? '') ?? null
    const fields = nameFields(folder, index, xml)
    const located = xml.images.map((image, i) => ({
      image,
      field: fields[i]!,
      planes: locatePlanes(image, find, claims),
    }))
    sets.push({ folder, index, xml, images: located })
  }
  return { sets, members: members.filter(({ path }) => named.has(path)), faults }
}

/** What a file says of itself; null for one without OME-XML. A file that cannot be read is left for its reader to say. */
function describe(file: SurveyedFile, access: FileAccess): Promise<Result<OmeXml | null>> {
  return access.remember('ome-xml', file, async () => {
    if (isCompanion(file)) return readOmeFile(access, file.absolute)
    const description = await access.readDescription(file.absolute, 0)
    if (!description.ok || !beginsAsOme(description.value)) return ok(null)
    return readOmeText(description.value, file.absolute)
  })
}

function* filesNamed(
  xml: OmeXml,
  byName: ReadonlyMap<string, SurveyedFile>,
): Generator<SurveyedFile> {
  for (const { blocks } of xml.images) {
    for (const { fileName } of blocks) {
      const file = fileName === null ? undefined : byName.get(pathBelow('', fileName) ?? '')
      if (file !== undefined) yield file
    }
  }
}

/** By the file's name; one that was renamed since is known by the identity that it shares with its metadata. */
function fileOf(
  { fileName, uuid }: TiffBlock,
  index: SurveyedFile,
  xml: OmeXml,
  byName: ReadonlyMap<string, SurveyedFile>,
): SurveyedFile | null {
  const own = isCompanion(index) ? null : index
  if (uuid !== null && uuid === xml.uuid) return own
  if (fileName === null) return own
  const file = byName.get(pathBelow('', fileName) ?? '')
  return file === undefined || isCompanion(file) ? null : file
}

/** Counts the pages of the files that are named, where it matters. */
async function lookInto(
  index: SurveyedFile,
  xml: OmeXml,
  byName: ReadonlyMap<string, SurveyedFile>,
  access: FileAccess,
): Promise<ReadonlyMap<string, OmePixels>> {
  const deep = new Map<SurveyedFile, boolean>()
  const use = (file: SurveyedFile | null, beyondFirst: boolean) => {
    if (file !== null) deep.set(file, (deep.get(file) ?? false) || beyondFirst)
  }
  if (!isCompanion(index)) use(index, true)
  for (const { blocks } of xml.images) {
    for (const block of blocks) {
      const beyondFirst = block.page !== 0 || block.count !== 1
      use(fileOf(block, index, xml, byName), beyondFirst)
    }
  }
  const pixels = await mapAtMost(FILES_AT_ONCE, [...deep], async ([file, beyondFirst]) => {
    const pages = beyondFirst ? await countPages(file, access) : { pages: null, count: null }
    return [file.path, { file, ...pages }] as const
  })
  return new Map(pixels)
}

function countPages(file: SurveyedFile, access: FileAccess): Promise<Omit<OmePixels, 'file'>> {
  return access.remember('ome-pages', file, async () => {
    const probed = await access.probeImage(file.absolute)
    if (!probed.ok) return { pages: null, count: null }
    const { pages } = probed.value
    const whole = [...pages.keys()].filter(page => pages[page]!.reduced !== true)
    return { pages: whole, count: pages.length }
  })
}

/**
 * By the path of the file with the first plane, which is that of the image where it has a file for itself; images that
 * begin in one file are counted, from the second on.
 */
function nameFields(folder: string, index: SurveyedFile, xml: OmeXml): readonly string[] {
  const counts = new Map<string, number>()
  return xml.images.map(({ blocks }) => {
    const named = pathBelow(folder, blocks[0]?.fileName ?? '')
    const own = named === null || blocks[0]?.uuid === xml.uuid
    const path = own ? index.path : named
    const count = (counts.get(path) ?? 0) + 1
    counts.set(path, count)
    return count === 1 ? path : `${path}_s${count}`
  })
}
