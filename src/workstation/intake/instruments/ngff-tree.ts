import { fail, ok, type Fault, type Result } from '#core/fault.ts'
import type { FileAccess } from '../file-access.ts'
import { folderOf, pathFrom } from '../files-by-folder.ts'
import type { SurveyedFile } from '../survey-folder.ts'
import { parseNgffGroup, type NgffGroup } from './ngff-group.ts'

/** The Zarr groups and arrays among some files, and what their metadata says. */
export interface NgffTree {
  /** Folders of groups, relative to the surveyed one. */
  readonly groups: ReadonlySet<string>
  /** The folders of groups directly below one, in the order of their numbers. */
  readonly below: (folder: string) => readonly string[]
  /** The metadata of a group, absolute. */
  readonly metadata: (folder: string) => string
  readonly array: (path: string) => SurveyedFile | undefined
  /** What a group is; null where its metadata has not come. */
  readonly read: (folder: string) => Promise<Result<NgffGroup | null>>
}

/** The metadata of 1536 wells with 25 images in one file has about 30 MB. */
const LARGEST_METADATA = 64 * 2 ** 20

/** Where a group has metadata of Zarr 2 and 3, the newer counts. */
const NAMES = ['.zattrs', 'zarr.json']

export function isGroupMetadata({ path, array }: SurveyedFile): boolean {
  return array !== true && NAMES.includes(path.slice(path.lastIndexOf('/') + 1))
}

export function ngffTree(
  files: readonly SurveyedFile[],
  access: Pick<FileAccess, 'readStart' | 'remember'>,
): NgffTree {
  const groups = new Map<string, SurveyedFile>()
  const arrays = new Map<string, SurveyedFile>()
  for (const file of files) {
    if (file.array === true) arrays.set(file.path, file)
    // In the order of their paths the newer comes later.
    else if (isGroupMetadata(file)) groups.set(folderOf(file.path), file)
  }
  let names: Map<string, string[]> | null = null
  /** The names of the groups directly below each folder. */
  const inside = (): ReadonlyMap<string, readonly string[]> => {
    if (names !== null) return names
    names = new Map()
    for (const folder of groups.keys()) {
      const around = folderOf(folder)
      const name = pathFrom(around, folder)
      const own = names.get(around)
      if (own === undefined) names.set(around, [name])
      else own.push(name)
    }
    return names
  }
  return {
    groups: new Set(groups.keys()),
    below: folder =>
      [...(inside().get(folder) ?? [])].sort((a, b) => a.localeCompare(b, 'en', { numeric: true })),
    metadata: folder => groups.get(folder)?.absolute ?? folder,
    array: path => arrays.get(path),
    read: async folder => {
      const file = groups.get(folder)
      if (file === undefined) return ok(null)
      return access.remember('ome-zarr', file, () => readGroup(file, access))
    },
  }
}

async function readGroup(
  { path, absolute, bytes }: SurveyedFile,
  { readStart }: Pick<FileAccess, 'readStart'>,
): Promise<Result<NgffGroup>> {
  const invalid = (detail: string): Result<never, Fault> =>
    fail({ kind: 'index-invalid', path: absolute, detail })
  if (bytes > LARGEST_METADATA) return invalid(`${bytes} bytes`)
  const start = await readStart(absolute, bytes)
  if (!start.ok) return start
  const reading = parseNgffGroup(path.slice(path.lastIndexOf('/') + 1), start.value)
  return reading.ok ? ok(reading.group) : invalid(reading.problem)
}
