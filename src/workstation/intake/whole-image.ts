import type { FaultKind } from '#core/fault.ts'
import { isIndex } from './hold-for-index.ts'
import type { FileAccess } from './file-access.ts'
import { hasImageName } from './name-pattern.ts'
import type { Wholeness } from './settle.ts'
import type { SurveyedFile } from './survey-folder.ts'

/** Says of a file that has gone quiet whether all of it is there. */
export type IsWhole = (file: SurveyedFile) => Promise<Wholeness>

/** An image is whole when its structure lies within the file, an array when all its chunks are there; any other file when it can be opened, an index when there is something in it. */
export function wholeImage(access: Pick<FileAccess, 'readStart' | 'probeImage'>): IsWhole {
  return async file => {
    const image = hasImageName(file) ? await access.probeImage(file.absolute) : null
    // Chunks that hold nothing but the fill value may never be written.
    if (image?.ok === true && (image.value.array?.missingChunks ?? 0) > 0) return 'partial'
    const looked = image ?? (await access.readStart(file.absolute, 1))
    if (looked.ok) return file.bytes === 0 && isIndex(file) ? 'partial' : 'whole'
    // One that is gone by now is seen to be gone: where it is not, something hid it for a moment.
    if (WAITED_FOR.includes(looked.fault.kind)) return 'locked'
    return HOPELESS.includes(looked.fault.kind) ? 'whole' : 'partial'
  }
}

const WAITED_FOR: readonly FaultKind[] = ['file-locked', 'file-not-found', 'file-changed']
/** Waiting will not make these readable. */
const HOPELESS: readonly FaultKind[] = ['image-unsupported', 'image-too-large']
