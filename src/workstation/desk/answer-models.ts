import type { ParfocalApi } from '#contract/index.ts'
import type { ModelList } from '#contract/models.ts'
import { fail, ok, type Fault, type FaultKind, type FaultOf, type Result } from '#core/fault.ts'
import { addModel } from '../inference/registry/add-model.ts'
import { bundledPackage, bundledPackages } from '../inference/registry/bundled-models.ts'
import type { Clerk } from '../inference/registry/clerk.ts'
import { modelCard, modelSummary } from '../inference/registry/model-card.ts'
import { parseReference, referenceOf } from '../inference/registry/model-reference.ts'
import type { ProvingBench } from '../inference/registry/proving-bench.ts'
import { changeModelState } from '../inference/registry/record-models.ts'
import { testModel } from '../inference/registry/test-models.ts'
import { modelNow, modelRow, modelsNow, modelVersion } from '../store/models.ts'
import { attemptWrite } from './attempt-write.ts'
import { TOP } from './browse-folder.ts'
import { browsePackages } from './browse-packages.ts'
import { createFolderHandles } from './folder-handles.ts'

type ModelCalls = Extract<keyof ParfocalApi, `models.${string}`>

interface ModelHost {
  /** Who signs; empty for the operating system's user. */
  readonly operator: () => string
  /** Called when networks were registered, tested or brought into another state. */
  readonly changed: (list: ModelList) => void
}

/** What a package or a test can end in; every other fault would be our mistake. */
const EXPECTED = [
  'model-invalid',
  'model-refused',
  'model-registered-otherwise',
  'inference-failed',
  'provider-failed',
  'file-not-found',
  'file-locked',
  'folder-not-found',
  'deadline-exceeded',
  'memory-exceeded',
  'worker-lost',
  'disk-full',
  'store-not-writable',
  'artifact-missing',
] as const satisfies readonly FaultKind[]

/** Answers what the window asks about networks. Registering and testing are on disk before the reply that says so. */
export function modelAnswers(
  clerk: Clerk,
  { operator, changed }: ModelHost,
  bench: ProvingBench,
  handles = createFolderHandles(),
): Pick<ParfocalApi, ModelCalls> {
  const { db, folder } = clerk.store

  async function list(): Promise<ModelList> {
    const { key } = await bench.environment()
    const unregistered = bundledPackages().filter(
      ({ model, version }) => modelVersion(db, model, version) === undefined,
    )
    return {
      models: modelsNow(db, key).map(now => modelSummary(now, key)),
      bundled: unregistered.map(pkg => ({ reference: referenceOf(pkg) })),
    }
  }

  async function cardOf(number: number) {
    const { key } = await bench.environment()
    const now = modelNow(db, number, key)
    return now === undefined ? notFound(number) : ok(modelCard(db, now, key))
  }

  async function tellAndShow(number: number) {
    changed(await list())
    return cardOf(number)
  }

  function pathOf(asked: { readonly handle: string } | { readonly bundled: string }) {
    if ('handle' in asked) {
      const path = handles.pathOf(asked.handle)
      if (path === undefined || path === TOP) return fail({ kind: 'folder-handle-unknown' })
      return ok(path)
    }
    const pkg = bundledPackage(parseReference(asked.bundled))
    return pkg === undefined
      ? fail({ kind: 'model-not-found', model: asked.bundled })
      : ok(pkg.path)
  }

  return {
    'models.list': async () => ok(await list()),

    'models.open': ({ number }) => cardOf(number),

    async 'models.browse'({ handle }) {
      const path = handle === null ? TOP : handles.pathOf(handle)
      if (path === undefined) return fail({ kind: 'folder-handle-unknown' })
      return browsePackages(handles, path)
    },

    async 'models.add'(asked) {
      const path = pathOf(asked)
      if (!path.ok) return path
      const added = expected(await addModel(clerk, path.value, operator(), bench))
      if (added.ok) return tellAndShow(added.value.model.id)
      const { fault } = added
      // Nothing is kept yet that could be gone.
      if (fault.kind === 'artifact-missing') throw new Error(`${fault.path} is gone`)
      return fail(fault)
    },

    async 'models.test'({ number }) {
      const model = modelRow(db, number)
      if (model === undefined) return notFound(number)
      const tested = expected(await testModel(clerk, model, operator(), bench))
      return tested.ok ? tellAndShow(number) : tested
    },

    async 'models.change'({ number, state, reason }) {
      const { key: environment } = await bench.environment()
      const wanted = { state, reason, environment }
      const written = attemptWrite(folder, () =>
        changeModelState(clerk, operator(), number, wanted),
      )
      if (!written.ok) return written
      return written.value.ok ? tellAndShow(number) : written.value
    },
  }
}

function notFound(number: number): Result<never, FaultOf<'model-not-found'>> {
  return fail({ kind: 'model-not-found', model: `number ${number}` })
}

/** A fault that the window explains; whatever else there is should not have happened. */
function expected<T>(result: Result<T>): Result<T, FaultOf<(typeof EXPECTED)[number]>> {
  if (result.ok) return result
  const { fault } = result
  if (isExpected(fault)) return fail(fault)
  throw new Error(`A network could not be handled: ${JSON.stringify(fault)}`)
}

function isExpected(fault: Fault): fault is FaultOf<(typeof EXPECTED)[number]> {
  return (EXPECTED as readonly FaultKind[]).includes(fault.kind)
}
