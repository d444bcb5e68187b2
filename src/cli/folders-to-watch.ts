import { statSync } from 'node:fs'
import { fail, ok, type FaultOf, type Result } from '#core/fault.ts'
import { userPath } from './paths.ts'

/** The folders that somebody named, made absolute. One that is away is watched until it comes; a file never will. */
export function foldersToWatch(
  names: readonly string[],
): Result<readonly string[], FaultOf<'bad-option'>> {
  const paths = names.map(userPath)
  const file = paths.find(isNoFolder)
  if (file === undefined) return ok(paths)
  return fail({
    kind: 'bad-option',
    option: 'FOLDER',
    value: `${file}, which is a file`,
    allowed: 'a folder that a microscope writes to, there already or still to come',
  })
}

function isNoFolder(path: string): boolean {
  try {
    return !statSync(path).isDirectory()
  } catch {
    // Away, or not to be looked at now: watching it says so.
    return false
  }
}
