import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { PackageListing } from '#contract/models.ts'
import { ok, type FaultOf, type Result } from '#core/fault.ts'
import { browseFolder, TOP } from './browse-folder.ts'
import type { FolderHandles } from './folder-handles.ts'

/** Names that the description of a package goes by. */
const DESCRIPTION = /^(?:.*\.)?(?:bioimageio|rdf|model)\.yaml$/

/** What is in a folder, and what of it could be a model package: folders with a description, and zip files. */
export async function browsePackages(
  handles: FolderHandles,
  path: string,
): Promise<Result<PackageListing, FaultOf<'folder-offline' | 'folder-not-found'>>> {
  const browsed = await browseFolder(handles, path)
  if (!browsed.ok) return browsed
  const { handle, parent, folders } = browsed.value
  const listing = { handle, path: browsed.value.path, parent, folders }
  if (path === TOP) return ok({ ...listing, packages: [] })
  const entries = await readdir(path, { withFileTypes: true })
  const zips = entries.filter(entry => entry.isFile() && /\.zip$/i.test(entry.name))
  const own = entries.some(entry => entry.isFile() && DESCRIPTION.test(entry.name))
  const described = listing.folders.filter(({ name }) => isPackage(join(path, name)))
  return ok({
    ...listing,
    packages: [
      ...(own ? [{ handle: listing.handle, name: '' }] : []),
      ...described,
      ...zips.map(({ name }) => ({ handle: handles.handleOf(join(path, name)), name })),
    ],
  })
}

/** Looks for the usual names only: a share answers slowly, and there may be a thousand folders. */
function isPackage(folder: string): boolean {
  return ['rdf.yaml', 'bioimageio.yaml'].some(name => existsSync(join(folder, name)))
}
