import { stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Fault } from '#core/fault.ts'
import type { FieldDone } from './record/recorder.ts'

/**
 * Whether a field met a fault that says nothing about its files: what could not be found or opened is in a folder that
 * is away, or is there by now; what changed comes in its new version. A file is missing only if the folder that it was
 * in is there without it.
 *
 * @param isAway whether the watched folder is
 */
export async function isDoubtful(
  { planes, analysis }: FieldDone,
  isAway: () => Promise<boolean>,
): Promise<boolean> {
  const outcomes = [
    ...planes.map(({ outcome }) => outcome),
    ...(analysis ? [analysis.outcome] : []),
  ]
  const faults = outcomes.flatMap(({ result }) => (result.ok ? [] : [result.fault]))
  if (faults.some(({ kind }) => kind === 'file-changed')) return true
  const passing = faults.filter(isPassing)
  if (passing.length === 0) return false
  if (await isAway()) return true
  const seen = await Promise.all(passing.map(fault => isMissingFor(fault)))
  return seen.includes(false)
}

type PassingFault = Extract<Fault, { kind: 'file-not-found' | 'file-locked' }>

function isPassing(fault: Fault): fault is PassingFault {
  if (fault.kind === 'file-locked') return !HELD.has(fault.detail)
  return fault.kind === 'file-not-found'
}

/** How a file looks that another program holds; everything else is said by a disk that does not work. */
const HELD: ReadonlySet<string> = new Set(['EBUSY', 'EPERM', 'EACCES'])

/** Whether it is the file that is missing, and not its disk for a moment. */
async function isMissingFor({ kind, path }: PassingFault): Promise<boolean> {
  if (kind === 'file-locked') return false
  return !(await isThere(path)) && (await isThere(dirname(path)))
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}
