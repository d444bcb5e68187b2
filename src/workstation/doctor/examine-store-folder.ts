import { accessSync, constants, existsSync, statfsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { networkFileSystem } from '../network-folder.ts'

export interface StoreFolder {
  readonly folder: string
  /** Whether there is a store already. */
  readonly exists: boolean
  readonly writable: boolean
  readonly freeBytes: number
  /** The network file system it lies on, where no store can be kept; null for a local disk. */
  readonly network: string | null
}

/** Looks at where results go, without making anything there. */
export function examineStoreFolder(folder: string): StoreFolder {
  const ground = nearestExisting(folder)
  const { bavail, bsize } = statfsSync(ground)
  return {
    folder,
    exists: existsSync(join(folder, 'parfocal.sqlite')),
    writable: isWritable(ground),
    freeBytes: bavail * bsize,
    network: networkFileSystem(ground),
  }
}

/** The folder itself, or the one it would be made in. */
function nearestExisting(folder: string): string {
  let ground = folder
  while (!existsSync(ground) && dirname(ground) !== ground) ground = dirname(ground)
  return ground
}

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK)
    return true
  } catch {
    return false
  }
}
