import {
  MODEL_CHANGES,
  type ModelCard,
  type ModelChange,
  type ModelSummary,
  type ModelTest,
} from '#contract/models.ts'
import type { ModelDescription } from '#core/infer/model-description.ts'
import type { ReadableDb } from '../../store/db.ts'
import {
  modelFiles,
  modelStates,
  modelTests,
  type ModelNow,
  type ModelRow,
  type ModelStateRow,
  type ModelTestRow,
} from '../../store/models.ts'
import { KeptReport } from './kept-report.ts'
import { referenceOf } from './model-reference.ts'
import { tensorLine } from './tensor-line.ts'

/** What a registered network says of itself. */
export function descriptionOf({ description }: ModelRow): ModelDescription {
  // The row was written from such a description and is sealed.
  return JSON.parse(description) as ModelDescription
}

/** A registered network in a line; `environment` is the one of now. */
export function modelSummary(now: ModelNow, environment: string): ModelSummary {
  const { model, state, lastTest } = now
  const { name, use } = descriptionOf(model)
  return {
    number: model.id,
    reference: referenceOf(model),
    name,
    version: model.version,
    task: use?.task ?? null,
    state: state.state,
    lastTest: lastTest === undefined ? null : modelTest(lastTest, environment),
  }
}

/** All that is known of a registered network; `environment` is the one of now. */
export function modelCard(db: ReadableDb, now: ModelNow, environment: string): ModelCard {
  const { model, state } = now
  const said = descriptionOf(model)
  const weights = modelFiles(db, model.id).find(({ sha256 }) => sha256 === model.weights)
  return {
    summary: modelSummary(now, environment),
    description: said.description,
    authors: [...said.authors],
    citations: [...said.citations],
    licence: said.licence,
    tags: [...said.tags],
    formatVersion: said.formatVersion,
    weights: { sha256: model.weights, bytes: weights?.bytes ?? 0, opset: said.weights.opset },
    diameter: said.use?.diameter ?? null,
    classes: [...(said.use?.classes ?? [])],
    inputs: said.inputs.map(tensorLine),
    outputs: said.outputs.map(tensorLine),
    evaluation: said.evaluation.map(({ dataset, role, metrics, rows }) => ({
      dataset,
      role,
      metrics: [...metrics],
      rows: rows.map(({ factor, values }) => ({ factor, values: [...values] })),
    })),
    card: said.card,
    trainingData: said.trainingData,
    limitations: said.limitations,
    registered: { by: model.operator, at: model.at },
    tests: modelTests(db, model.id).map(test => modelTest(test, environment)),
    history: historyOf(modelStates(db, model.id)),
    changes: [...MODEL_CHANGES[state.state]],
  }
}

export function modelTest(row: ModelTestRow, environment: string): ModelTest {
  const { id: testId, passed, provider, at, operator: by } = row
  const report = KeptReport.parse(JSON.parse(row.report))
  const here = row.environment === environment
  return { testId, passed: passed === 1, provider, here, at, by, ...report }
}

/** Newest first, each with the state before it. */
function historyOf(states: readonly ModelStateRow[]): ModelChange[] {
  return states.map(({ state, reason, operator: by, at }, i) => ({
    from: states[i + 1]?.state ?? null,
    state,
    reason,
    by,
    at,
  }))
}
