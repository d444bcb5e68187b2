import { existsSync } from 'node:fs'
import { fail, ok, type Result } from '#core/fault.ts'
import { artifactPath } from '../../record/artifacts.ts'
import type { StoreReader } from '../../store/open-store.ts'
import { attempt } from '../../store/store-fault.ts'
import { modelFiles, type ModelRow, type ModelTestRow } from '../../store/models.ts'
import type { Clerk } from './clerk.ts'
import { descriptionOf } from './model-card.ts'
import type { ProvableNetwork, ProvingBench } from './proving-bench.ts'
import { recordModelTest } from './record-models.ts'

/** Runs the test tensors of a registered network on this PC as it is now, and keeps what they gave. */
export async function testModel(
  clerk: Clerk,
  model: ModelRow,
  operator: string,
  bench: ProvingBench,
): Promise<Result<ModelTestRow>> {
  const network = registeredNetwork(clerk.store, model)
  if (!network.ok) return network
  const proof = await bench.prove(network.value)
  if (!proof.ok) return proof
  return attempt(clerk.store.folder, () => recordModelTest(clerk, operator, model, proof.value))
}

/** A registered network with its files where the store keeps them; `artifact-missing` where one is gone. */
export function registeredNetwork(
  { db, folder }: Pick<StoreReader, 'db' | 'folder'>,
  model: ModelRow,
): Result<ProvableNetwork> {
  const paths = new Map(
    modelFiles(db, model.id).map(({ name, location }) => [name, artifactPath(folder, location)]),
  )
  const gone = [...paths.values()].find(path => !existsSync(path))
  if (gone !== undefined) return fail({ kind: 'artifact-missing', path: gone })
  return ok({
    description: descriptionOf(model),
    pathOf(name) {
      const path = paths.get(name)
      if (path === undefined) throw new Error(`${model.model} was registered without ${name}`)
      return path
    },
  })
}
