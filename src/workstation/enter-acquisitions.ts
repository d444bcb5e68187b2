import type { Result } from '#core/fault.ts'
import type { Acquisition } from './intake/acquisition.ts'
import { registerAcquisition, type EnteredRun } from './intake/register-acquisition.ts'
import { transaction } from './store/db.ts'
import { attempt } from './store/store-fault.ts'
import type { Workstation } from './workstation.ts'

/** Enters what intake found in the store, all of it or nothing, and notes by which recipe it is processed. */
export function enterAcquisitions(
  { store, noteRecipe }: Workstation,
  root: string,
  acquisitions: readonly Acquisition[],
): Result<readonly EnteredRun[]> {
  return attempt(store.folder, () => {
    const entered = transaction(store.db, () =>
      acquisitions.map(acquisition => registerAcquisition(store.db, root, acquisition)),
    )
    for (const { run } of entered) noteRecipe(run)
    return entered
  })
}
