import { canonicalJson, type Json } from '#core/canonical.ts'
import { fail, ok, type Result } from '#core/fault.ts'
import { storeFault } from '../../store/store-fault.ts'
import { modelVersion, type ModelRow, type ModelTestRow } from '../../store/models.ts'
import type { Clerk } from './clerk.ts'
import { keepPackage } from './keep-package.ts'
import type { OpenPackage, ProvingBench } from './proving-bench.ts'
import { recordModelTest, registerModel } from './record-models.ts'

export interface AddedModel {
  readonly model: ModelRow
  /** What its test tensors gave; it is registered as a draft even where they failed. */
  readonly test: ModelTestRow
  /** The same package was registered before. */
  readonly known: boolean
}

/**
 * Reads a package, runs it and its test tensors in a process of its own, and registers it as a draft.
 *
 * What cannot be run within the budget is not registered.
 */
export async function addModel(
  clerk: Clerk,
  path: string,
  operator: string,
  bench: ProvingBench,
): Promise<Result<AddedModel>> {
  const read = await bench.read(path)
  if (!read.ok) return read
  const pkg = read.value
  try {
    const unsaid = whyNotJson(pkg)
    if (unsaid !== null) return fail({ kind: 'model-invalid', path, detail: unsaid })
    return await addPackage(clerk, pkg, operator, bench)
  } catch (cause) {
    const fault = storeFault(cause, clerk.store.folder)
    if (fault === null) throw cause
    return { ok: false, fault }
  } finally {
    await pkg.close()
  }
}

/** A description that has no one JSON cannot be kept: it says NaN, or half a letter. */
function whyNotJson({ description }: OpenPackage): string | null {
  try {
    canonicalJson(description as unknown as Json)
    return null
  } catch (cause) {
    if (cause instanceof RangeError) return cause.message
    throw cause
  }
}

async function addPackage(
  clerk: Clerk,
  pkg: OpenPackage,
  operator: string,
  bench: ProvingBench,
): Promise<Result<AddedModel>> {
  const { id, version } = pkg.description
  const known = modelVersion(clerk.store.db, id, version) !== undefined
  const proof = await bench.prove(pkg)
  if (!proof.ok) return proof
  const kept = await keepPackage(clerk.store.folder, pkg)
  const registered = registerModel(clerk, operator, kept)
  if (!registered.ok) return registered
  const model = registered.value
  const test = recordModelTest(clerk, operator, model, proof.value)
  return ok({ model, test, known })
}
