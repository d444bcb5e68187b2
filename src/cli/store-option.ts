import { homedir } from 'node:os'
import { defaultStoreFolder } from '#workstation/store/location.ts'
import { userPath } from './paths.ts'

/** The store that `--store` names, or the user's own. */
export function storeFrom(option: string | undefined): string {
  if (option !== undefined) return userPath(option)
  return defaultStoreFolder(process.env, process.platform, homedir())
}
