import { probeImage } from '../reading/probe-image.ts'
import { readDescription } from '../reading/read-description.ts'
import { rememberReadings, type FileAccess } from './file-access.ts'
import { readStart } from './read-start.ts'

/** How intake looks at real files; each folder that is followed has its own, which remembers what it read. */
export function diskAccess(): FileAccess {
  return { readStart, probeImage, readDescription, remember: rememberReadings() }
}
