import { probeImage } from '../reading/probe-image.ts'
import { readDescription } from '../reading/read-description.ts'
import { rememberReadings, type FileAccess, type FileLooks } from './file-access.ts'
import { readStart } from './read-start.ts'

/** How intake looks at real files. */
export const diskLooks: FileLooks = { readStart, probeImage, readDescription }

/** Real files as instruments see them; each folder that is followed has its own, which remembers what it read. */
export function diskAccess(): FileAccess {
  return rememberReadings(diskLooks)
}
