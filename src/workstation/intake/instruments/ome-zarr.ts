import type { Fault } from '#core/fault.ts'
import { assembleAcquisition, folderName, type Acquisition } from '../acquisition.ts'
import { foldersAround, folderOf, pathFrom } from '../files-by-folder.ts'
import type { PlaneFile } from '../plane-file.ts'
import type { SurveyedFile } from '../survey-folder.ts'
import type { Instrument, ReadRequest, Reading, Sign } from './instrument.ts'
import { readNgffImage } from './ngff-image.ts'
import { plateName, readNgffPlate } from './ngff-plate.ts'
import { isGroupMetadata, ngffTree } from './ngff-tree.ts'

/**
 * OME-Zarr 0.4 and 0.5: plates (HCS), and images that belong to none. An array is one file; each of its planes is a page.
 *
 * Smaller sizes of an image, its labels and tables are left aside, as the survey did.
 */
export const omeZarr: Instrument = { id: 'ome-zarr', name: 'OME-Zarr', detect, read }

/** Only the outermost metadata is an index that others wait for: each image has its own, and they come all the time. */
const OUTERMOST = /(?:^|\.zarr\/)(?:\.zattrs|zarr\.json)$/i

function detect(files: readonly SurveyedFile[]): readonly Sign[] {
  const groups = files.filter(isGroupMetadata)
  const outermost = groups.find(({ path }) => OUTERMOST.test(path))
  if (outermost !== undefined) {
    return [{ by: 'index', sure: 'likely', why: `the metadata ${outermost.path}` }]
  }
  const [group] = groups
  return group === undefined
    ? []
    : [{ by: 'name', sure: 'possible', why: `the metadata ${group.path}` }]
}

async function read(request: ReadRequest): Promise<Reading> {
  const { root, files, access } = request
  const tree = ngffTree(files, access)
  const acquisitions: Acquisition[] = []
  const faults: Fault[] = []
  const loose = new Map<string, PlaneFile[]>()
  /** Plates and images, which own what is below them. */
  const taken = new Set<string>()
  const images = new Set<string>()
  for (const folder of [...tree.groups].sort(byDepth)) {
    if (foldersAround(folder).some(around => taken.has(around))) continue
    const group = await tree.read(folder)
    if (!group.ok) faults.push(group.fault)
    else if (group.value?.kind === 'plate') {
      taken.add(folder)
      const reading = await readNgffPlate(request, tree, folder, group.value)
      acquisitions.push(...reading.acquisitions)
      faults.push(...reading.faults)
      for (const image of reading.images) images.add(image)
    } else if (group.value?.kind === 'image') {
      taken.add(folder)
      images.add(folder)
      const image = await readNgffImage(folder, tree, access)
      if (!image.ok) faults.push(image.fault)
      const around = folderOf(folder)
      const field = folder === '' ? folderName(root, '') : folder
      const planes = (image.ok ? (image.value?.planes ?? []) : []).map(plane => ({
        ...plane,
        field,
        well: null,
        site: null,
      }))
      listOf(loose, around).push(...planes)
    }
  }
  for (const [folder, planes] of loose) acquisitions.push(imagesIn(root, folder, planes))
  return { acquisitions: withIgnored(acquisitions, files, taken, images), faults }
}

function listOf<T>(lists: Map<string, T[]>, key: string): T[] {
  const list = lists.get(key) ?? []
  lists.set(key, list)
  return list
}

/** Images that belong to no plate, together with those beside them. */
function imagesIn(root: string, folder: string, planes: readonly PlaneFile[]): Acquisition {
  const head = {
    plate: plateName(folderName(root, folder)),
    uniqueId: null,
    folder,
    instrument: omeZarr.id,
    // Nothing says a place, so two folders of one name are two plates.
    namedBy: 'loose',
    format: null,
    promised: null,
  } as const
  return assembleAcquisition(head, planes, [])
}

const METADATA = new Set(['.zattrs', '.zgroup', '.zmetadata', 'zarr.json'])

/** What belongs to plates and images beside their planes goes to the first run of the folder. */
function withIgnored(
  acquisitions: readonly Acquisition[],
  files: readonly SurveyedFile[],
  taken: ReadonlySet<string>,
  images: ReadonlySet<string>,
): readonly Acquisition[] {
  const planes = new Set(acquisitions.flatMap(run => run.planes.map(({ path }) => path)))
  const ignored = new Map<string, string[]>()
  for (const { path, array } of files) {
    if (planes.has(path)) continue
    const around = [folderOf(path), ...foldersAround(folderOf(path))]
    const owner = around.find(folder => taken.has(folder))
    if (owner === undefined) continue
    const own =
      array === true
        ? around.some(folder => images.has(folder))
        : METADATA.has(path.slice(path.lastIndexOf('/') + 1)) ||
          pathFrom(owner, path).startsWith('OME/')
    if (own) listOf(ignored, owner).push(path)
  }
  return acquisitions.map(run => {
    const owners = [...ignored.keys()].filter(
      owner => owner === run.folder || (run.namedBy === 'loose' && folderOf(owner) === run.folder),
    )
    const paths = owners.flatMap(owner => ignored.get(owner) ?? [])
    for (const owner of owners) ignored.delete(owner)
    return { ...run, ignored: paths.sort() }
  })
}

/** What is around comes before what is within. */
function byDepth(a: string, b: string): number {
  const depth = (folder: string): number => foldersAround(folder).length
  return depth(a) - depth(b) || (a < b ? -1 : 1)
}
