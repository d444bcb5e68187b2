import type { FaultKind } from '#core/fault.ts'
import type { FileAccess } from './file-access.ts'
import { hasImageName } from './name-pattern.ts'
import type { Wholeness } from './settle.ts'
import type { SurveyedFile } from './survey-folder.ts'

/** Says of a file that has gone quiet whether all of it is there. */
export type IsWhole = (file: SurveyedFile) => Promise<Wholeness>

/** An image is whole when its structure lies within the file; any other file when it can be opened. */
export function wholeImage(access: Pick<FileAccess, 'readStart' | 'probeImage'>): IsWhole {
  return async file => {
    const looked = hasImageName(file)
      ? await access.probeImage(file.absolute)
      : await access.readStart(file.absolute, 1)
    if (looked.ok) return 'whole'
    if (looked.fault.kind === 'file-locked') return 'locked'
    return HOPELESS.includes(looked.fault.kind) ? 'whole' : 'partial'
  }
}

/** Waiting will not make these readable. */
const HOPELESS: readonly FaultKind[] = ['image-unsupported', 'image-too-large']
