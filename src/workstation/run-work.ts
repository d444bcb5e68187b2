import type { FieldId } from '#core/brand.ts'
import type { EnteredRun } from './intake/register-acquisition.ts'
import type { FieldRow } from './store/fields.ts'
import type { AcquisitionRow } from './store/plates.ts'

export type WorkKind = 'judging' | 'analysing'

/** Fields that came, or were known from an earlier session. */
export interface Arrived extends EnteredRun {
  /** How many planes make a field complete; null where nothing promises any. */
  readonly promised: number | null
  /** Whether the folder cannot be seen, so that nothing can be said of a file that is not there. */
  readonly isAway: () => Promise<boolean>
}

/** Work that is not done yet, counted in fields. */
export interface OpenWork {
  readonly run: AcquisitionRow
  readonly kind: WorkKind
  readonly done: number
  readonly of: number
  /** Milliseconds since 1970. */
  readonly since: number
}

export interface WorkCount {
  done: number
  of: number
  readonly since: number
}

/** What is to be done for one imaging run. */
export interface RunWork {
  row: AcquisitionRow
  /** How many planes make a field complete; null where nothing promises any. */
  promised: number | null
  isAway: Arrived['isAway']
  /** Fields of which not all planes have come. */
  readonly incomplete: Map<FieldId, FieldRow>
  /** Fields whose turn came while the run was held. */
  readonly deferred: Map<FieldId, FieldRow>
  /** Nothing has come for a while. */
  calm: boolean
  /** Its files cannot be read for now. */
  held: boolean
  summedUp: boolean
  /** When work on it began, ms. */
  since: number
  counts: Record<WorkKind, WorkCount>
}

export function newRunWork({ run: row, promised, isAway }: Arrived): RunWork {
  return {
    row,
    promised,
    isAway,
    incomplete: new Map(),
    deferred: new Map(),
    calm: false,
    held: false,
    summedUp: false,
    since: performance.now(),
    counts: noCounts(),
  }
}

export function noCounts(): RunWork['counts'] {
  const none = { done: 0, of: 0, since: 0 }
  return { judging: none, analysing: none }
}

/** Counts more work; a new count where the last is done. */
export function countWork(run: RunWork, kind: WorkKind, fields: number): WorkCount {
  const before = run.counts[kind]
  const count = before.done < before.of ? before : { done: 0, of: 0, since: Date.now() }
  run.counts[kind] = count
  count.of += fields
  return count
}

export function isBusy({ counts }: RunWork): boolean {
  return Object.values(counts).some(({ done, of }) => done < of)
}

export function openWorkOf({ row, counts }: RunWork): readonly OpenWork[] {
  return (['judging', 'analysing'] as const)
    .map(kind => ({ run: row, kind, ...counts[kind] }))
    .filter(({ done, of }) => done < of)
}

/** Takes out all fields that wait. */
export function emptied(waiting: Map<FieldId, FieldRow>): readonly FieldRow[] {
  const all = [...waiting.values()]
  waiting.clear()
  return all
}
