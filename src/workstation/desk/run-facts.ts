import type { RunFacts } from '#contract/imaging-facts.ts'
import type { AcquisitionId } from '#core/brand.ts'
import type { ReadableDb } from '../store/db.ts'
import { runFactsOf } from '../store/facts.ts'

/** How a run was imaged, as the contract gives it; null where no index says anything. */
export function runFacts(db: ReadableDb, acquisitionId: AcquisitionId): RunFacts | null {
  const facts = runFactsOf(db, acquisitionId)
  return facts === null ? null : { ...facts, channels: [...facts.channels] }
}
