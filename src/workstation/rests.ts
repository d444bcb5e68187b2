import type { AcquisitionId, FieldId, RecordId } from '#core/brand.ts'
import type { FieldRow } from './store/fields.ts'

/** What met a fault that may pass, and when it is to be tried again. */
export interface Rests {
  /** Each time for the same thing twice as long. */
  begin(id: RecordId, acquisitionId: AcquisitionId, field: FieldRow): void
  end(id: RecordId): void
  /** Forgets what of a field is not among these any longer: a newer version of its file came, say. */
  keep(fieldId: FieldId, ids: () => readonly RecordId[]): void
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
  const byField = new Map<FieldId, Set<RecordId>>()

  function end(id: RecordId): void {
    const rest = rests.get(id)
    if (rest === undefined) return
    rests.delete(id)
    const own = byField.get(rest.field.id)!
    own.delete(id)
    if (own.size === 0) byField.delete(rest.field.id)
  }

  return {
    begin(id, acquisitionId, field) {
      const before = rests.get(id)
      const pause =
        before === undefined ? FIRST_PAUSE_MS : Math.min(2 * before.pause, LONGEST_PAUSE_MS)
      rests.set(id, { acquisitionId, field, pause, until: now() + pause })
      byField.set(field.id, (byField.get(field.id) ?? new Set()).add(id))
    },

    end,

    keep(fieldId, ids) {
      const own = byField.get(fieldId)
      if (own === undefined) return
      const kept = new Set(ids())
      for (const id of [...own]) if (!kept.has(id)) end(id)
    },

    endOf(acquisitionId) {
      const own = [...rests].filter(([, rest]) => rest.acquisitionId === acquisitionId)
      for (const [id] of own) end(id)
      return own.map(([, { field }]) => field)
    },

    has: id => rests.has(id),
    isOver: id => (rests.get(id)?.until ?? 0) <= now(),
    over: () => [...rests.values()].filter(({ until }) => until <= now()),
  }
}
