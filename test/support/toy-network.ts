import type { Axis, ModelDescription, NetworkUse } from '#core/infer/model-description.ts'
import type { NetworkMember } from '#core/infer/network-member.ts'
import type { Tensor } from '#core/infer/tensor.ts'
import type { Sha256 } from '#core/brand.ts'

const axis = (id: string, kind: Axis['kind'], rest: Partial<Axis> = {}): Axis => ({
  id,
  kind,
  size: { kind: 'stepped', min: 8, step: 8 },
  channelNames: [],
  scale: 1,
  unit: null,
  halo: 0,
  ...rest,
})

const FIXED = (size: number) => ({ size: { kind: 'fixed', size } as const })

/** A description such as `nuclei` has, of a network that can be written down in a test. */
export function toyDescription(use: Partial<NetworkUse> = {}, channels = 1): ModelDescription {
  const image = [axis('batch', 'batch'), axis('channel', 'channel', FIXED(channels))]
  const space = [axis('y', 'space'), axis('x', 'space')]
  return {
    id: 'toy',
    version: '1.0.0',
    name: 'Toy',
    description: 'Tells bright from dark',
    authors: [],
    citations: [],
    licence: 'CC0-1.0',
    tags: [],
    formatVersion: '0.5.4',
    inputs: [
      {
        ...{ id: 'image', description: '', axes: [...image, ...space], dtype: 'float32' },
        ...{ testTensor: null, optional: false, processing: [] },
      },
      {
        ...{ id: 'dropout', description: '', dtype: 'float32', testTensor: null, optional: false },
        axes: [axis('batch', 'batch'), axis('channel', 'channel', FIXED(4))],
        processing: [],
      },
    ],
    outputs: [
      {
        ...{ id: 'logits', description: '', dtype: 'float32', testTensor: null, optional: false },
        axes: [axis('batch', 'batch'), axis('channel', 'channel', FIXED(3)), ...space],
        processing: [{ id: 'softmax', axis: 'channel' }],
      },
      {
        ...{ id: 'features', description: '', dtype: 'float32', testTensor: null, optional: false },
        axes: [
          axis('batch', 'batch'),
          axis('channel', 'channel', FIXED(1)),
          axis('y', 'space', { scale: 8 }),
          axis('x', 'space', { scale: 8 }),
        ],
        processing: [],
      },
    ],
    weights: { source: 'weights.onnx', sha256: '0'.repeat(64) as Sha256, opset: 13 },
    tolerances: [],
    card: null,
    trainingData: null,
    evaluation: [],
    limitations: null,
    use: {
      task: 'instances-from-boundary',
      diameter: 20,
      temperature: 1,
      dropout: { input: 'dropout', rate: 0.5 },
      features: 'features',
      outOfDistribution: null,
      classes: [],
      ...use,
    },
  }
}

export interface ToyNetwork extends NetworkMember {
  /** Sizes [height, width] of every tile that it was shown, and the dropout masks that came along. */
  readonly shown: { readonly size: readonly number[]; readonly masks: readonly number[] }[]
}

/**
 * A network without a neighbourhood: above the level is interior, below it background. Its first dropout unit holds
 * a bias, so that masks change what it says.
 */
export function toyNetwork(level = 0.5, description = toyDescription()): ToyNetwork {
  const shown: ToyNetwork['shown'] = []
  return {
    description,
    shown,
    run({ image, dropout }) {
      const [count, , height, width] = image!.dims as [number, number, number, number]
      shown.push({ size: [height, width], masks: [...dropout!.data.subarray(0, 4)] })
      const size = height * width
      const logits = new Float32Array(count * 3 * size)
      for (let n = 0; n < count; n += 1) {
        const bias = 0.2 * (dropout!.data[4 * n]! - 1)
        for (let i = 0; i < size; i += 1) {
          const above = image!.data[n * size + i]! - level + bias
          logits[3 * n * size + i] = -10 * above
          logits[(3 * n + 1) * size + i] = 10 * above
          logits[(3 * n + 2) * size + i] = -20
        }
      }
      const coarse = {
        data: new Float32Array((count * size) / 64),
        dims: [count, 1, height / 8, width / 8],
      }
      return Promise.resolve({
        logits: { data: logits, dims: [count, 3, height, width] },
        features: coarse,
      } satisfies Record<string, Tensor>)
    },
  }
}
