import type { Sha256 } from '#core/brand.ts'
import type { ModelDescription } from '#core/infer/model-description.ts'
import type { Clerk } from '#workstation/inference/registry/clerk.ts'
import type { KeptPackage } from '#workstation/inference/registry/record-models.ts'
import { digestOfBytes } from '#workstation/record/digest.ts'
import type { Agents } from '#workstation/record/agents.ts'
import type { WritableDb } from '#workstation/store/db.ts'

export const AGENTS: Agents = {
  machine: 'scope-3',
  osUser: 'microscope',
  applicationVersion: '0.1.0',
  softwareId: 1,
  personId: 2,
}

/** Somebody at a store, a minute later whenever they do something. */
export function clerkAt(db: WritableDb, folder = ':memory:'): Clerk {
  let minute = 0
  return {
    store: { db, folder },
    agents: AGENTS,
    now: () => new Date(Date.UTC(2026, 2, 1, 10, minute++)),
  }
}

/** What a small network says of itself; it takes a plane of any size and gives two probabilities. */
export function paperDescription(change: Partial<ModelDescription> = {}): ModelDescription {
  const space = (id: string, size: ModelDescription['inputs'][0]['axes'][0]['size']) =>
    ({ id, kind: 'space', size, channelNames: [], scale: 1, unit: null, halo: 0 }) as const
  const batch = {
    id: 'batch',
    kind: 'batch',
    size: { kind: 'fixed', size: 1 },
    channelNames: [],
    scale: 1,
    unit: null,
    halo: 0,
  } as const
  const channel = (names: readonly string[]) =>
    ({ ...batch, id: 'channel', kind: 'channel', channelNames: names }) as const
  return {
    id: 'paper-nuclei',
    version: '1.0.0',
    name: 'Paper nuclei',
    description: 'Finds nuclei on paper.',
    authors: ['Mara Lind'],
    citations: ['Lind 2026'],
    licence: 'CC0-1.0',
    tags: ['nuclei'],
    formatVersion: '0.5.4',
    inputs: [
      {
        id: 'raw',
        description: 'One channel',
        axes: [
          batch,
          channel(['nuclei']),
          space('y', { kind: 'stepped', min: 64, step: 16 }),
          space('x', { kind: 'stepped', min: 64, step: 16 }),
        ],
        dtype: 'float32',
        processing: [
          {
            id: 'scale_range',
            axes: ['y', 'x'],
            minPercentile: 1,
            maxPercentile: 99.8,
            eps: 1e-6,
            reference: null,
          },
        ],
        testTensor: { source: 'test-input.npy', sha256: null },
        optional: false,
      },
    ],
    outputs: [
      {
        id: 'probability',
        description: 'Interior and boundary',
        axes: [
          batch,
          channel(['interior', 'boundary']),
          space('y', { kind: 'reference', tensor: 'raw', axis: 'y', offset: 0 }),
          space('x', { kind: 'reference', tensor: 'raw', axis: 'x', offset: 0 }),
        ],
        dtype: 'float32',
        processing: [{ id: 'sigmoid' }],
        testTensor: { source: 'test-output.npy', sha256: null },
        optional: false,
      },
    ],
    weights: { source: 'weights.onnx', sha256: 'a'.repeat(64) as Sha256, opset: 17 },
    tolerances: [{ relative: 1e-3, absolute: 1e-3, mismatchedPerMillion: 100, outputs: [] }],
    card: null,
    trainingData: null,
    evaluation: [],
    limitations: null,
    use: null,
    ...change,
  }
}

/** A package of which only the rows are there. */
export function paperPackage(
  change: Partial<ModelDescription> = {},
  weights = 'weights',
): KeptPackage {
  const sha256 = digestOfBytes(weights)
  const base = paperDescription(change)
  const description = { ...base, weights: { ...base.weights, sha256 } }
  return {
    description,
    document: `name: ${description.name}\n`,
    contents: digestOfBytes(`${weights} of ${description.name}`),
    files: [
      {
        name: 'weights.onnx',
        kind: 'artifact',
        location: `${sha256.slice(0, 2)}/${sha256}.onnx`,
        sha256,
        bytes: weights.length,
      },
    ],
  }
}
