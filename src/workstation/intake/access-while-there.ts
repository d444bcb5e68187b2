import { fail, type FaultKind, type Result } from '#core/fault.ts'
import { isSilence, type Ask } from './ask-in-time.ts'
import type { FileLooks } from './file-access.ts'

/** Files cannot be told apart because their folder is away: it is to be tried again when that is back. */
export class FolderAway extends Error {}

/**
 * Looks into the files of a folder that may go away. What an index says would be lost otherwise, and its images be
 * told by their names: so a file that is there no longer, or cannot be opened, is a fault only while the folder is there.
 *
 * @throws FolderAway from each of its answers
 */
export function accessWhileThere(
  looks: FileLooks,
  ask: Ask,
  isAway: () => Promise<boolean>,
): FileLooks {
  const patient = accessInTime(looks, ask)

  async function sure<T>(question: () => Promise<Result<T>>): Promise<Result<T>> {
    const answer = await question()
    if (answer.ok || !PASSING.includes(answer.fault.kind)) return answer
    if (await isAway()) throw new FolderAway()
    // It may have been away for a moment.
    return question()
  }

  return {
    readStart: (path, limit) => sure(() => patient.readStart(path, limit)),
    probeImage: path => sure(() => patient.probeImage(path)),
    readDescription: (path, page) => sure(() => patient.readDescription(path, page)),
  }
}

/** Looks into files of a disk that may stop answering; they are as good as locked then. */
export function accessInTime(looks: FileLooks, ask: Ask): FileLooks {
  async function inTime<T>(path: string, question: () => Promise<Result<T>>): Promise<Result<T>> {
    try {
      return await ask(question)
    } catch (cause) {
      if (!isSilence(cause)) throw cause
      return fail({ kind: 'file-locked', path, detail: 'ETIMEDOUT' })
    }
  }

  return {
    readStart: (path, limit) => inTime(path, () => looks.readStart(path, limit)),
    probeImage: path => inTime(path, () => looks.probeImage(path)),
    readDescription: (path, page) => inTime(path, () => looks.readDescription(path, page)),
  }
}

const PASSING: readonly FaultKind[] = ['file-not-found', 'file-locked']
