import { homedir } from 'node:os'
import { isAbsolute, relative } from 'node:path'
import { fail, ok, type Result } from '#core/fault.ts'
import { defaultStoreFolder } from '#workstation/store/location.ts'
import { userPath } from './paths.ts'

/** The store that `--store` names, or the user's own; never one inside the raw data. */
export function storeFrom(
  option: string | undefined,
  rawFolders: readonly string[],
): Result<string> {
  const store = option === undefined ? ownStore() : userPath(option)
  const around = rawFolders.map(userPath).find(folder => isInside(store, folder))
  if (around === undefined) return ok(store)
  return fail({
    kind: 'store-misplaced',
    path: store,
    detail: `it is inside the raw data, ${around}`,
  })
}

/** The store in the user's data folder. */
export function ownStore(): string {
  return defaultStoreFolder(process.env, process.platform, homedir())
}

function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path)
  return !way.startsWith('..') && !isAbsolute(way)
}
