import type { PlateId } from '#core/brand.ts'
import type { ReadableDb } from '../store/db.ts'
import type { Tell } from './desk.ts'
import { plateSummary, wellRows } from './plate-picture.ts'

/** Tells how plates stand when they change. */
export interface PlateNews {
  /** Something about these wells changed; null for what belongs to no well. */
  changed(plateId: PlateId, wells: Iterable<string | null>): void
  close(): void
}

/** Between two pictures of one plate: often enough for the eye. */
const LEAST_PAUSE_MS = 200
/** Drawing up the picture of a large plate may take this share of the time at most. */
const SHARE = 0.1

/** At once for the first change, then all changes of a while together. */
export function createPlateNews(
  db: ReadableDb,
  tell: Tell,
  onMistake: (cause: unknown) => void,
): PlateNews {
  const waiting = new Map<PlateId, Set<string>>()
  const pauses = new Map<PlateId, NodeJS.Timeout>()

  function draw(plateId: PlateId): void {
    const wells = waiting.get(plateId)
    waiting.delete(plateId)
    pauses.delete(plateId)
    if (wells === undefined) return
    const began = performance.now()
    try {
      const summary = plateSummary(db, plateId)
      if (summary !== undefined) {
        tell('plate.changed', { summary, wells: [...wellRows(db, plateId, [...wells])] })
      }
    } catch (cause) {
      onMistake(cause)
    }
    const pause = Math.max(LEAST_PAUSE_MS, (performance.now() - began) / SHARE)
    pauses.set(plateId, setTimeout(draw, pause, plateId))
  }

  return {
    changed(plateId, wells) {
      const all = waiting.get(plateId) ?? new Set()
      waiting.set(plateId, all)
      for (const well of wells) if (well !== null) all.add(well)
      // Not within the call: what changed may still be in a transaction.
      if (!pauses.has(plateId)) pauses.set(plateId, setTimeout(draw, 0, plateId))
    },

    close() {
      for (const pause of pauses.values()) clearTimeout(pause)
      waiting.clear()
    },
  }
}
