import type { SurveyedFile } from './survey-folder.ts'

/** The folder of a file, relative to the surveyed one, with forward slashes; '' for that folder itself. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('/'), 0))
}

/** The folders that a folder is in, the innermost first, up to the surveyed one. */
export function foldersAround(folder: string): readonly string[] {
  if (folder === '') return []
  const above = folderOf(folder)
  return [above, ...foldersAround(above)]
}

/** The files in or below each of some folders, in their order; a file belongs to the innermost of them. */
export function filesByFolder(
  folders: Iterable<string>,
  files: readonly SurveyedFile[],
): ReadonlyMap<string, readonly SurveyedFile[]> {
  const owned = new Map<string, SurveyedFile[]>()
  for (const folder of folders) owned.set(folder, [])
  const owners = new Map<string, string | undefined>()
  for (const file of files) {
    const folder = folderOf(file.path)
    if (!owners.has(folder))
      owners.set(
        folder,
        [folder, ...foldersAround(folder)].find(one => owned.has(one)),
      )
    const owner = owners.get(folder)
    if (owner !== undefined) owned.get(owner)!.push(file)
  }
  return owned
}

/** The path of a file as seen from a folder that it is in or below. */
export function pathFrom(folder: string, path: string): string {
  return folder === '' ? path : path.slice(folder.length + 1)
}
