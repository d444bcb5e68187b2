import type { AcquisitionId, RecordId } from '#core/brand.ts'
import type { FieldRow } from './store/fields.ts'

/** What met a fault that may pass, and when it is to be tried again. */
export interface Rests {
  /** Each time for the same thing twice as long. */
  begin(id: RecordId, acquisitionId: AcquisitionId, field: FieldRow): void
  end(id: RecordId): void
  /** Ends the waiting of all of a run; gives their fields. */
  endOf(acquisitionId: AcquisitionId): readonly FieldRow[]
  has(id: RecordId): boolean
  /** Whether it may be tried now: it never met such a fault, or has waited long enough. */
  isOver(id: RecordId): boolean
  /** What has waited long enough. */
  over(): readonly { readonly acquisitionId: AcquisitionId; readonly field: FieldRow }[]
}

const FIRST_PAUSE_MS = 5_000
const LONGEST_PAUSE_MS = 3_600_000

interface Rest {
  readonly acquisitionId: AcquisitionId
  readonly field: FieldRow
  readonly pause: number
  readonly until: number
}

export function createRests(now: () => number = () => performance.now()): Rests {
  const rests = new Map<RecordId, Rest>()

  return {
    begin(id, acquisitionId, field) {
      const before = rests.get(id)
      const pause =
        before === undefined ? FIRST_PAUSE_MS : Math.min(2 * before.pause, LONGEST_PAUSE_MS)
      rests.set(id, { acquisitionId, field, pause, until: now() + pause })
    },

    end(id) {
      rests.delete(id)
    },

    endOf(acquisitionId) {
      const own = [...rests].filter(([, rest]) => rest.acquisitionId === acquisitionId)
      for (const [id] of own) rests.delete(id)
      return own.map(([, { field }]) => field)
    },

    has: id => rests.has(id),
    isOver: id => (rests.get(id)?.until ?? 0) <= now(),
    over: () => [...rests.values()].filter(({ until }) => until <= now()),
  }
}
