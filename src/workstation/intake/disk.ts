import { ok } from '#core/fault.ts'
import { probeImage } from '../reading/probe-image.ts'
import type { FileAccess } from './identify-acquisitions.ts'
import { readStart } from './read-start.ts'

/** How intake looks at real files. */
export const DISK: FileAccess = {
  readStart,
  async probeImage(path) {
    const structure = await probeImage(path)
    return structure.ok ? ok({ pages: structure.value.pages.length }) : structure
  },
}
