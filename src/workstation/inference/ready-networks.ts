import { statSync } from 'node:fs'
import { fail, ok, type Result } from '#core/fault.ts'
import { networksOf, type Inference } from '#core/infer/inference-params.ts'
import { asTreated, whyNotTogether } from '#core/infer/network-member.ts'
import type { Recipe } from '#core/recipe.ts'
import type { NetworkFile } from '../analysis/job.ts'
import type { StoreReader } from '../store/open-store.ts'
import type { Clerk } from './registry/clerk.ts'
import { modelFor, type UsableModel } from './registry/model-for.ts'
import type { ProvingBench } from './registry/proving-bench.ts'
import { ensureBundled, qualifyEnvironment } from './registry/ready-models.ts'

/**
 * Makes the networks of a recipe ready for new work: registers those that ship with Parfocal, runs test tensors where
 * this PC is not what it was, and refuses what is retired or fails.
 */
export async function readyNetworks(
  clerk: Clerk,
  recipe: Recipe,
  bench: ProvingBench,
): Promise<Result<readonly NetworkFile[]>> {
  if (recipe.infer === undefined) return ok([])
  const references = networksOf(recipe.infer)
  const registered = await ensureBundled(clerk, references, bench)
  if (!registered.ok) return registered
  const found = filesOf(clerk.store, references, recipe.status)
  if (!found.ok) return found
  const misfit = whyMisfit(found.value, recipe.infer)
  if (misfit !== null) {
    return fail({ kind: 'model-not-usable', model: recipe.infer.models.join(', '), detail: misfit })
  }
  const qualified = await qualifyEnvironment(clerk, references, bench)
  return qualified.ok ? found : qualified
}

/** Why the networks that are to find objects cannot do it as the recipe says; null where they can. */
function whyMisfit(files: readonly NetworkFile[], infer: Inference): string | null {
  const members = files.filter(({ reference }) => infer.models.includes(reference))
  return whyNotTogether(
    members.map(({ description }) => asTreated(description, infer)),
    infer,
  )
}

/** The networks of a recipe by which work was done before, whatever became of them since. */
export function recordedNetworks(
  store: Pick<StoreReader, 'db' | 'folder'>,
  { infer }: Recipe,
): Result<readonly NetworkFile[]> {
  return infer === undefined ? ok([]) : filesOf(store, networksOf(infer), null)
}

function filesOf(
  store: Pick<StoreReader, 'db' | 'folder'>,
  references: readonly string[],
  status: Recipe['status'] | null,
): Result<readonly NetworkFile[]> {
  const files: NetworkFile[] = []
  for (const reference of references) {
    const model = modelFor(store, reference, status)
    if (!model.ok) return model
    files.push(fileOf(model.value))
  }
  return ok(files)
}

/** Without what only people read: it goes along with every job. */
function fileOf({ reference, description, weightsPath, sha256, pathOf }: UsableModel): NetworkFile {
  const statistics = description.use?.outOfDistribution ?? null
  return {
    reference,
    description: { ...description, card: null, trainingData: null, evaluation: [] },
    weights: { path: weightsPath, sha256, bytes: statSync(weightsPath).size },
    statistics: statistics === null ? null : pathOf(statistics),
  }
}
