import { z } from 'zod'
import { call } from './define.ts'
import { FolderHandle } from './folders.ts'

/** How far a laboratory trusts a registered network. */
export const MODEL_STATES = ['draft', 'qualified', 'in-use', 'retired'] as const
export const ModelState = z.enum(MODEL_STATES)
export type ModelState = z.infer<typeof ModelState>

/**
 * The changes there are. To become qualified, the newest test in the present environment must have passed.
 *
 * Nothing leads back to draft: what was tested once stays known as tested.
 */
export const MODEL_CHANGES: Readonly<Record<ModelState, readonly ModelState[]>> = {
  draft: ['qualified', 'retired'],
  qualified: ['in-use', 'retired'],
  'in-use': ['retired'],
  retired: ['qualified'],
}

/** A registered network by the number of its row. */
export const ModelNumber = z.int().nonnegative()

/** Test tensors that were run once. */
export const ModelTest = z.object({
  testId: z.int().nonnegative(),
  passed: z.boolean(),
  /** Execution provider that served. */
  provider: z.string(),
  /** Runtime, processor and whatever else could change a result, in words. */
  environment: z.string(),
  /** Whether that is the environment of now. */
  here: z.boolean(),
  at: z.iso.datetime(),
  by: z.string(),
  seconds: z.number(),
  peakMegabytes: z.number().nullable(),
  /** Two runs of the same input differ: the network draws its own random numbers. */
  stochastic: z.boolean(),
  /** Sizes of the input that were run beside the test tensors, and what went wrong there. */
  sizesTried: z.array(z.object({ size: z.string(), wrong: z.string().nullable() })),
  outputs: z.array(
    z.object({
      id: z.string(),
      compared: z.number(),
      mismatched: z.number(),
      /** Largest difference, in the output's own unit; null where the network gave what is no number. */
      worst: z.number().nullable(),
      tolerance: z.string(),
      /** What is wrong, in words; null where nothing is. */
      why: z.string().nullable(),
    }),
  ),
})
export type ModelTest = z.infer<typeof ModelTest>

export const ModelSummary = z.object({
  number: ModelNumber,
  /** Its id and version, as recipes name it: `nuclei-1@1.0.0`. */
  reference: z.string(),
  name: z.string(),
  version: z.string(),
  /** What Parfocal does with it; null where its package does not say. */
  task: z.string().nullable(),
  state: ModelState,
  /** The newest test in the environment of now; null where there was none. */
  lastTest: ModelTest.nullable(),
})
export type ModelSummary = z.infer<typeof ModelSummary>

/** A package that ships with Parfocal and is not registered in this store yet. */
export const BundledModel = z.object({ reference: z.string() })

export const ModelList = z.object({
  /** Newest first. */
  models: z.array(ModelSummary),
  bundled: z.array(BundledModel),
})
export type ModelList = z.infer<typeof ModelList>

/** A tensor in words. */
export const TensorLine = z.object({
  id: z.string(),
  description: z.string(),
  /** `float32` */
  dtype: z.string(),
  /** An axis a text: `y: 64 + n · 16`. */
  axes: z.array(z.string()),
  /** A step a text, in order. */
  processing: z.array(z.string()),
})
export type TensorLine = z.infer<typeof TensorLine>

export const EvaluationTable = z.object({
  dataset: z.string(),
  role: z.enum(['train', 'validation', 'test', 'independent', 'unknown']),
  metrics: z.array(z.string()),
  rows: z.array(z.object({ factor: z.string(), values: z.array(z.number()) })),
})
export type EvaluationTable = z.infer<typeof EvaluationTable>

/** A state that a network was brought into. */
export const ModelChange = z.object({
  from: ModelState.nullable(),
  state: ModelState,
  reason: z.string(),
  by: z.string(),
  at: z.iso.datetime(),
})
export type ModelChange = z.infer<typeof ModelChange>

/** All that is known of a registered network. */
export const ModelCard = z.object({
  summary: ModelSummary,
  description: z.string(),
  authors: z.array(z.string()),
  citations: z.array(z.string()),
  /** SPDX identifier. */
  licence: z.string(),
  tags: z.array(z.string()),
  formatVersion: z.string(),
  weights: z.object({ sha256: z.string(), bytes: z.number(), opset: z.int() }),
  /** Typical diameter of a nucleus, pixels; null where it does not matter. */
  diameter: z.number().nullable(),
  classes: z.array(z.string()),
  inputs: z.array(TensorLine),
  outputs: z.array(TensorLine),
  evaluation: z.array(EvaluationTable),
  /** Markdown. */
  card: z.string().nullable(),
  trainingData: z.string().nullable(),
  limitations: z.string().nullable(),
  registered: z.object({ by: z.string(), at: z.iso.datetime() }),
  /** Newest first. */
  tests: z.array(ModelTest),
  /** Newest first. */
  history: z.array(ModelChange),
  /** States that it can be brought into now. */
  changes: z.array(ModelState),
})
export type ModelCard = z.infer<typeof ModelCard>

/** What is in a folder for somebody who looks for a model package. */
export const PackageListing = z.object({
  handle: FolderHandle,
  path: z.string(),
  /** Null at the top. */
  parent: FolderHandle.nullable(),
  folders: z.array(z.object({ handle: FolderHandle, name: z.string() })),
  /** Folders with a description in them, and zip files; the folder itself has an empty name. */
  packages: z.array(z.object({ handle: FolderHandle, name: z.string() })),
})
export type PackageListing = z.infer<typeof PackageListing>

const PACKAGE_FAULTS = [
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
] as const

export const modelCalls = {
  'models.list': call(z.void(), ModelList, []),
  'models.open': call(z.object({ number: ModelNumber }), ModelCard, ['model-not-found']),
  /** What is in a folder; without a handle, the places to begin at. */
  'models.browse': call(z.object({ handle: FolderHandle.nullable() }), PackageListing, [
    'folder-handle-unknown',
    'folder-offline',
    'folder-not-found',
  ]),
  /** Checks a package, runs its test tensors and registers it; one that is registered already is no fault. */
  'models.add': call(
    z.union([
      z.strictObject({ handle: FolderHandle }),
      z.strictObject({ bundled: z.string().min(1).max(300) }),
    ]),
    ModelCard,
    ['folder-handle-unknown', 'model-not-found', ...PACKAGE_FAULTS],
  ),
  /** Runs the test tensors in the environment of now and keeps the result. */
  'models.test': call(z.object({ number: ModelNumber }), ModelCard, [
    'model-not-found',
    'artifact-missing',
    ...PACKAGE_FAULTS,
  ]),
  /** Brings a network into another state; the audit trail keeps why. */
  'models.change': call(
    z.object({
      number: ModelNumber,
      state: ModelState,
      reason: z.string().trim().min(1).max(500),
    }),
    ModelCard,
    ['model-not-found', 'model-not-usable', 'disk-full', 'store-not-writable'],
  ),
} as const
