import { MODEL_CHANGES, type ModelState } from '#contract/models.ts'
import type { Sha256 } from '#core/brand.ts'
import { canonicalJson, type Json } from '#core/canonical.ts'
import { fail, ok, type FaultOf, type Result } from '#core/fault.ts'
import type { ModelDescription } from '#core/infer/model-description.ts'
import { appendAudit } from '../../record/audit-trail.ts'
import { transaction } from '../../store/db.ts'
import {
  appendModel,
  appendModelState,
  appendModelTest,
  modelNow,
  modelRow,
  modelVersion,
  type ModelFileRow,
  type ModelRow,
  type ModelTestRow,
} from '../../store/models.ts'
import { sign, type Clerk } from './clerk.ts'
import { referenceOf } from './model-reference.ts'
import { modelSeal, modelStateSeal, modelTestSeal } from './model-seal.ts'

/** A package whose files are artifacts already. */
export interface KeptPackage {
  readonly description: ModelDescription
  /** The text of the description as it was found. */
  readonly document: string
  /** Over names and hashes of all its files. */
  readonly contents: Sha256
  readonly files: readonly ModelFileRow[]
}

/** Test tensors that were run, as the store keeps it. */
export interface TestRun {
  /** Names whatever could change a result. */
  readonly environment: string
  readonly provider: string
  readonly passed: boolean
  readonly report: Json
}

/**
 * Writes down a network as a draft; the same contents again are the row that is there.
 *
 * Other contents under a registered version are `model-registered-otherwise`.
 */
export function registerModel(
  clerk: Clerk,
  operator: string,
  { description, document, contents, files }: KeptPackage,
): Result<ModelRow> {
  const { db } = clerk.store
  const { id: model, version } = description
  const now = clerk.now()
  const signature = sign(clerk, operator, now)
  return transaction(db, (): Result<ModelRow> => {
    const known = modelVersion(db, model, version)
    if (known !== undefined) {
      if (known.contents === contents) return ok(known)
      return fail({ kind: 'model-registered-otherwise', model: referenceOf(known) })
    }
    const weights = description.weights.sha256
    const text = canonicalJson(description as unknown as Json)
    const row = { model, version, weights, contents, description: text, document, ...signature }
    const id = appendModel(db, row, files)
    appendAudit(db, clerk.agents, now, {
      action: 'register',
      entity: 'model',
      entityId: String(id),
      new: { seal: modelSeal(db, id), model, version, weights, operator: signature.operator },
    })
    bringInto(clerk, id, null, { state: 'draft', reason: 'Registered', testId: null }, signature)
    return ok(modelRow(db, id)!)
  })
}

/** Writes down test tensors that were run. */
export function recordModelTest(
  clerk: Clerk,
  operator: string,
  model: ModelRow,
  { environment, provider, passed, report }: TestRun,
): ModelTestRow {
  const { db } = clerk.store
  const now = clerk.now()
  const row = {
    modelId: model.id,
    environment,
    provider,
    passed: passed ? 1 : 0,
    report: canonicalJson(report),
    ...sign(clerk, operator, now),
  } as const
  return transaction(db, () => {
    const id = appendModelTest(db, row)
    appendAudit(db, clerk.agents, now, {
      action: 'test',
      entity: 'modelTest',
      entityId: String(id),
      new: {
        seal: modelTestSeal(db, id),
        model: referenceOf(model),
        environment,
        provider,
        passed,
        operator: row.operator,
      },
    })
    return { id, ...row }
  })
}

/** A state that somebody wants a network in, and why. */
export interface WantedState {
  readonly state: ModelState
  /** Not blank. */
  readonly reason: string
  /** The environment in which it must have passed its newest test to be qualified. */
  readonly environment: string
}

/** Brings a network into another state, or says why it cannot be. */
export function changeModelState(
  clerk: Clerk,
  operator: string,
  id: number,
  { state, reason, environment }: WantedState,
): Result<void, FaultOf<'model-not-found' | 'model-not-usable'>> {
  const { db } = clerk.store
  const signature = sign(clerk, operator, clerk.now())
  return transaction(db, () => {
    const now = modelNow(db, id, environment)
    if (now === undefined) return fail({ kind: 'model-not-found', model: `number ${id}` })
    const { model, lastTest } = now
    const refuse = (detail: string) =>
      fail({ kind: 'model-not-usable', model: referenceOf(model), detail })
    const from = now.state.state
    if (reason.trim() === '') return refuse('a change of its state needs a reason')
    if (!MODEL_CHANGES[from].includes(state)) {
      const allowed = MODEL_CHANGES[from].join(' or ')
      return refuse(`it is ${from}, and from there it can only become ${allowed}`)
    }
    const rests = state === 'qualified' ? lastTest : undefined
    if (state === 'qualified' && rests === undefined) {
      return refuse('it was not tested on this PC as it is now; test it first')
    }
    if (rests?.passed === 0) {
      return refuse('its newest test on this PC failed; only what passes can be qualified')
    }
    const next = { state, reason: reason.trim(), testId: rests?.id ?? null }
    bringInto(clerk, id, from, next, signature)
    return ok(undefined)
  })
}

function bringInto(
  clerk: Clerk,
  modelId: number,
  from: ModelState | null,
  next: { readonly state: ModelState; readonly reason: string; readonly testId: number | null },
  signature: ReturnType<typeof sign>,
): void {
  const { db } = clerk.store
  const model = modelRow(db, modelId)!
  const id = appendModelState(db, { modelId, ...next, ...signature })
  appendAudit(db, clerk.agents, new Date(signature.at), {
    action: 'change',
    entity: 'modelState',
    entityId: String(id),
    ...(from === null ? {} : { old: { state: from } }),
    new: {
      seal: modelStateSeal(db, id),
      model: referenceOf(model),
      state: next.state,
      operator: signature.operator,
    },
    reason: next.reason,
  })
}
