import type { AcquisitionId, RecordId } from '#core/brand.ts'
import { createRests, type Rests } from './rests.ts'
import type { FieldRow } from './store/fields.ts'

interface Identified {
  readonly id: RecordId
}

/** What is being done, and what rests until it is tried again, by its identity: nothing is done twice at a time. */
export interface WorkInHand extends Pick<Rests, 'endOf' | 'keep' | 'over'> {
  has(id: RecordId): boolean
  /** Whether it may be begun: it is neither being done nor resting. */
  isFree(id: RecordId): boolean
  isResting(id: RecordId): boolean
  /** Takes work in hand until what is returned is called. */
  begin(work: readonly Identified[]): () => void
  /** What is on record by now is over; the rest met a fault that may pass, and waits. */
  settle(work: readonly Identified[], run: AcquisitionId, field: FieldRow): void
  /** It was done elsewhere. */
  end(work: readonly Identified[]): void
}

export function createWorkInHand(isRecorded: (id: RecordId) => boolean): WorkInHand {
  const inHand = new Set<RecordId>()
  const { begin: rest, end, has: isResting, isOver, keep, endOf, over } = createRests()

  return {
    has: id => inHand.has(id),
    isFree: id => !inHand.has(id) && isOver(id),
    isResting,
    keep,
    endOf,
    over,

    begin(work) {
      for (const { id } of work) inHand.add(id)
      return () => {
        for (const { id } of work) inHand.delete(id)
      }
    },

    settle(work, run, field) {
      for (const { id } of work) {
        if (isRecorded(id)) end(id)
        else rest(id, run, field)
      }
    },

    end(work) {
      for (const { id } of work) end(id)
    },
  }
}
