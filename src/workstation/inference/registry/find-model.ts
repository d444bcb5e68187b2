import type { ModelState } from '#contract/models.ts'
import { fail, ok, type FaultOf, type Result } from '#core/fault.ts'
import type { ReadableDb } from '../../store/db.ts'
import { modelsNow, type ModelNow } from '../../store/models.ts'
import { parseReference } from './model-reference.ts'

/** Without a version, the state that is trusted most decides, then what was registered last. */
const TRUST: Readonly<Record<ModelState, number>> = {
  'in-use': 3,
  qualified: 2,
  draft: 1,
  retired: 0,
}

/** The registered network that `id@version` or `id` names. */
export function findModel(
  db: ReadableDb,
  reference: string,
  environment: string,
): Result<ModelNow, FaultOf<'model-not-found'>> {
  const { model, version } = parseReference(reference)
  const named = modelsNow(db, environment).filter(
    now => now.model.model === model && (version === null || now.model.version === version),
  )
  const [best] = named.toSorted((a, b) => TRUST[b.state.state] - TRUST[a.state.state])
  return best === undefined ? fail({ kind: 'model-not-found', model: reference }) : ok(best)
}
