import { fail, ok, type Result } from '#core/fault.ts'
import { lastModelTest, type ModelTestRow } from '../../store/models.ts'
import { addModel } from './add-model.ts'
import { bundledPackage, bundledPackages, type BundledPackage } from './bundled-models.ts'
import type { Clerk } from './clerk.ts'
import { findModel } from './find-model.ts'
import { KeptReport } from './kept-report.ts'
import { parseReference, referenceOf } from './model-reference.ts'
import type { ProvingBench } from './proving-bench.ts'
import { changeModelState } from './record-models.ts'
import { testModel } from './test-models.ts'

/**
 * Registers those of the networks that ship with Parfocal and are not in the store yet; they are qualified where their
 * test tensors pass. What is registered stays as it is; what neither is nor ships is `model-not-found`.
 */
export async function ensureBundled(
  clerk: Clerk,
  references: readonly string[],
  bench: ProvingBench,
  packages: readonly BundledPackage[] = bundledPackages(),
): Promise<Result<void>> {
  const { key: environment } = await bench.environment()
  for (const reference of references) {
    if (findModel(clerk.store.db, reference, environment).ok) continue
    const pkg = bundledPackage(parseReference(reference), packages)
    if (pkg === undefined) return fail({ kind: 'model-not-found', model: reference })
    const added = await addModel(clerk, pkg.path, '', bench)
    if (!added.ok) return added
    const { model, test } = added.value
    if (test.passed === 0) continue
    const reason = 'Ships with Parfocal, and its test tensors pass here'
    const wanted = { state: 'qualified', reason, environment: test.environment } as const
    const qualified = changeModelState(clerk, '', model.id, wanted)
    if (!qualified.ok) return qualified
  }
  return ok(undefined)
}

/**
 * Tests the networks that a run will use, where this PC is not what it was when they were tested last: on what serves,
 * and on the CPU, which takes over when that fails in the middle of a plate.
 *
 * `model-differs` for one that fails here, now or when it was tested in this very environment.
 */
export async function qualifyEnvironment(
  clerk: Clerk,
  references: readonly string[],
  bench: ProvingBench,
): Promise<Result<void>> {
  const onCpu = await bench.onCpu()
  for (const one of onCpu === null ? [bench] : [bench, onCpu]) {
    const qualified = await qualifyOn(one, clerk, references)
    if (!qualified.ok) return qualified
  }
  return ok(undefined)
}

async function qualifyOn(
  bench: ProvingBench,
  clerk: Clerk,
  references: readonly string[],
): Promise<Result<void>> {
  const { key: environment, text } = await bench.environment()
  for (const reference of references) {
    const found = findModel(clerk.store.db, reference, environment)
    if (!found.ok) return found
    const { model } = found.value
    const known = lastModelTest(clerk.store.db, model.id, environment)
    const tested = known === undefined ? await testModel(clerk, model, '', bench) : ok(known)
    if (!tested.ok) return tested
    if (tested.value.passed === 1) continue
    const detail = `${differences(tested.value)}; ${text}`
    return fail({ kind: 'model-differs', path: referenceOf(model), detail })
  }
  return ok(undefined)
}

function differences(test: ModelTestRow): string {
  const { outputs, sizesTried } = KeptReport.parse(JSON.parse(test.report))
  const wrongs = [
    ...outputs.map(({ id, why }) => ({ where: id, wrong: why })),
    ...sizesTried.map(({ size, wrong }) => ({ where: `at ${size}`, wrong })),
  ]
  return wrongs
    .filter(({ wrong }) => wrong !== null)
    .map(({ where, wrong }) => `${where}: ${wrong}`)
    .join(', ')
}
