import { createHash } from 'node:crypto'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Sha256 } from '../../../../src/core/brand.ts'
import type {
  Axis,
  ModelDescription,
  TensorDescription,
} from '../../../../src/core/infer/model-description.ts'
import type { Tensor } from '../../../../src/core/infer/tensor.ts'
import {
  encodeNetwork,
  type NetworkPlan,
} from '../../../../src/workstation/inference/encode-network.ts'

import { writeNpy } from '../../../../src/workstation/inference/packages/npy.ts'

/** A network with one input `x` and one output `y`, images of one channel, in a folder of its own. */
export interface SmallPackage {
  readonly folder: string
  readonly description: ModelDescription
  readonly pathOf: (name: string) => string
}

interface Contents {
  readonly plan: NetworkPlan
  readonly input: Tensor
  readonly expected: Tensor
  readonly axes?: readonly Axis[]
  readonly processing?: TensorDescription['processing']
}

/** Multiples of 4 from 4 on. */
export const GROWING: readonly Axis[] = [
  axis('batch', 'batch', { kind: 'stepped', min: 1, step: 1 }),
  axis('channel', 'channel', { kind: 'fixed', size: 1 }),
  axis('y', 'space', { kind: 'stepped', min: 4, step: 4 }),
  axis('x', 'space', { kind: 'stepped', min: 4, step: 4 }),
]

export function smallPackage({ plan, input, expected, axes, processing }: Contents): SmallPackage {
  const folder = mkdtempSync(join(tmpdir(), 'parfocal-network-'))
  const weights = encodeNetwork(plan)
  writeFileSync(join(folder, 'weights.onnx'), weights)
  writeFileSync(join(folder, 'x.npy'), writeNpy(input.dims, input.data))
  writeFileSync(join(folder, 'y.npy'), writeNpy(expected.dims, expected.data))
  const fixed = (dims: readonly number[]): readonly Axis[] =>
    dims.map((size, i) => axis(`axis${i}`, 'index', { kind: 'fixed', size }))
  const following: readonly Axis[] | undefined = axes?.map(({ id, kind, size }) =>
    kind === 'space'
      ? axis(id, kind, { kind: 'reference', tensor: 'x', axis: id, offset: 0 })
      : axis(id, kind, size),
  )
  return {
    folder,
    pathOf: name => join(folder, name),
    description: {
      id: 'small',
      version: '1.0.0',
      name: 'A small network',
      description: '',
      authors: [],
      citations: [],
      licence: 'MIT',
      tags: [],
      formatVersion: '0.5.4',
      inputs: [{ ...tensor('x', axes ?? fixed(input.dims)), processing: processing ?? [] }],
      outputs: [tensor('y', following ?? fixed(expected.dims))],
      weights: { source: 'weights.onnx', sha256: sha256(weights), opset: 17 },
      tolerances: [{ relative: 1e-4, absolute: 1e-4, mismatchedPerMillion: 0, outputs: [] }],
      card: null,
      trainingData: null,
      evaluation: [],
      limitations: null,
      use: null,
    },
  }
}

function axis(id: string, kind: Axis['kind'], size: Axis['size']): Axis {
  return { id, kind, size, channelNames: [], scale: 1, unit: null, halo: 0 }
}

function tensor(id: string, axes: readonly Axis[]): TensorDescription {
  return {
    id,
    description: '',
    axes,
    dtype: 'float32',
    processing: [],
    testTensor: { source: `${id}.npy`, sha256: null },
    optional: false,
  }
}

function sha256(bytes: Uint8Array): Sha256 {
  return createHash('sha256').update(bytes).digest('hex') as Sha256
}
