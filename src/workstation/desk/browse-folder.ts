import type { Dirent } from 'node:fs'
import { readdir, readFile, stat } from 'node:fs/promises'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as rest } from 'node:timers/promises'
import type { FolderListing } from '#contract/folders.ts'
import { fail, ok, type FaultOf, type Result } from '#core/fault.ts'
import { hasImageName } from '../intake/name-pattern.ts'
import { isTemporary } from '../temporary-name.ts'
import { mapAtMost } from '../map-at-most.ts'
import type { FolderHandles } from './folder-handles.ts'

/** The place above all drives and mounts; no folder of any disk is called so. */
export const TOP = ''

/** What is in a folder, each folder in it by a handle. */
export async function browseFolder(
  handles: FolderHandles,
  path: string,
): Promise<Result<FolderListing, FaultOf<'folder-offline' | 'folder-not-found'>>> {
  if (path === TOP) return ok(await browseTop(handles))
  try {
    const entries = (await readdir(path, { withFileTypes: true })).filter(
      ({ name }) => !isTemporary(name),
    )
    const folders = await mapAtMost(16, entries, async entry =>
      (await isFolder(path, entry)) ? [entry.name] : [],
    )
    const above = dirname(path)
    return ok({
      handle: handles.handleOf(path),
      path,
      parent: handles.handleOf(above === path ? TOP : above),
      folders: folders
        .flat()
        .sort(byName)
        .map(name => ({ handle: handles.handleOf(join(path, name)), name })),
      images: entries.filter(entry => entry.isFile() && hasImageName({ path: entry.name })).length,
    })
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause)) throw cause
    const code = String(cause.code)
    const gone = code === 'ENOENT' || code === 'ENOTDIR'
    return fail(
      gone ? { kind: 'folder-not-found', path } : { kind: 'folder-offline', path, detail: code },
    )
  }
}

async function isFolder(path: string, entry: Dirent): Promise<boolean> {
  if (!entry.isSymbolicLink()) return entry.isDirectory()
  try {
    return (await stat(join(path, entry.name))).isDirectory()
  } catch {
    return false
  }
}

async function browseTop(handles: FolderHandles): Promise<FolderListing> {
  const home = { name: 'Home', path: homedir() }
  const places = [home, ...(await placesOfMachine())]
  const folders = places.map(({ name, path }) => ({ name, handle: handles.handleOf(path) }))
  return { handle: handles.handleOf(TOP), path: 'This computer', parent: null, folders, images: 0 }
}

interface Place {
  readonly name: string
  readonly path: string
}

async function placesOfMachine(): Promise<readonly Place[]> {
  if (process.platform === 'win32') {
    return present([...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'].map(letter => `${letter}:\\`))
  }
  if (process.platform === 'darwin') {
    return present((await readdir('/Volumes').catch(() => [])).map(name => `/Volumes/${name}`))
  }
  const mounts = await readFile('/proc/self/mounts', 'utf8').catch(() => '')
  return present(['/', ...mountsIn(mounts)])
}

/** Where people's disks and shares are mounted; the others are parts of the system. */
const PEOPLES_MOUNT = /^\/(?:media|mnt|run\/media|data|home|srv|net)\//

/** Mount points of people's disks in the text of /proc/self/mounts, where spaces are written as octal codes. */
export function mountsIn(text: string): readonly string[] {
  const points = text
    .split('\n')
    .map(line => line.split(' ')[1] ?? '')
    .map(point =>
      point.replaceAll(/\\([0-7]{3})/g, (_, octal) =>
        String.fromCharCode(parseInt(octal as string, 8)),
      ),
    )
  return [...new Set(points)].filter(point => PEOPLES_MOUNT.test(`${point}/`)).sort()
}

/** A drive of a share that is away answers late or never; it is left out. */
const PATIENCE_MS = 1_500

async function present(paths: readonly string[]): Promise<readonly Place[]> {
  const places = await Promise.all(
    paths.map(async path => {
      const late = rest(PATIENCE_MS, null, { ref: false })
      const found = await Promise.race([stat(path).catch(() => null), late])
      return found?.isDirectory() === true ? [{ name: path, path }] : []
    }),
  )
  return places.flat()
}

function byName(a: string, b: string): number {
  return a.localeCompare(b, undefined, { numeric: true, sensitivity: 'base' })
}
