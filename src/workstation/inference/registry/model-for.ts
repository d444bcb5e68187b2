import type { ModelState } from '#contract/models.ts'
import type { Sha256 } from '#core/brand.ts'
import { fail, ok, type Result } from '#core/fault.ts'
import type { ModelDescription } from '#core/infer/model-description.ts'
import type { StoreReader } from '../../store/open-store.ts'
import { findModel } from './find-model.ts'
import { referenceOf } from './model-reference.ts'
import { registeredNetwork } from './test-models.ts'

/** A registered network, ready to be run. */
export interface UsableModel {
  /** `id@version` */
  readonly reference: string
  readonly description: ModelDescription
  readonly weightsPath: string
  readonly sha256: Sha256
  readonly state: ModelState
  /** Where another file of its package lies, as its statistics. */
  readonly pathOf: (name: string) => string
}

/**
 * The network that `id@version` or `id` names, for new work by a recipe of this status.
 *
 * `model-not-found` where none is registered; `model-not-usable` for a retired one, and for a draft where the
 * recipe is none itself; `artifact-missing` where its files are gone. What was done with it before can be
 * reproduced whatever its state: for that, `status` is null.
 */
export function modelFor(
  store: Pick<StoreReader, 'db' | 'folder'>,
  reference: string,
  status: 'draft' | 'locked' | null,
): Result<UsableModel> {
  const found = findModel(store.db, reference, '')
  if (!found.ok) return found
  const { model, state: row } = found.value
  const { state } = row
  const named = referenceOf(model)
  if (status !== null && state === 'retired') {
    const detail = `it was retired (${row.reason})`
    return fail({ kind: 'model-not-usable', model: named, detail })
  }
  if (status === 'locked' && state === 'draft') {
    const detail = 'it is a draft, which only recipes that are drafts may name; qualify it first'
    return fail({ kind: 'model-not-usable', model: named, detail })
  }
  const network = registeredNetwork(store, model)
  if (!network.ok) return network
  const { description, pathOf } = network.value
  const weightsPath = pathOf(description.weights.source)
  return ok({ reference: named, description, weightsPath, sha256: model.weights, state, pathOf })
}
