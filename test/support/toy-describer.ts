import type { Axis, ModelDescription, NetworkUse } from '#core/infer/model-description.ts'
import type { NetworkMember } from '#core/infer/network-member.ts'
import type { Tensor } from '#core/infer/tensor.ts'
import { toyDescription } from './toy-network.ts'

export interface ToyDescriberChoice {
  readonly task?: 'embedding' | 'classification'
  /** Side of the images it takes; null for any multiple of 4. */
  readonly side?: number | null
  readonly diameter?: number | null
  /** The vector from the means of the two features, and from the first pixel of the image. */
  readonly answer?: (means: readonly number[], corner: number) => readonly number[]
  readonly classes?: readonly string[]
  /** How many images it takes at once; null for any number. */
  readonly batch?: number | null
}

export interface ToyDescriber extends NetworkMember {
  /** Every tensor that it was shown. */
  readonly shown: Tensor[]
}

/**
 * A network of two features, how bright and how dark each square of 4 by 4 pixels is beside ½; its answer is the
 * direction of their means unless said otherwise.
 */
export function toyDescriber(choice: ToyDescriberChoice = {}): ToyDescriber {
  const { side = 16, answer = means => directed(means), batch = null } = choice
  const shown: Tensor[] = []
  return {
    description: describe(choice, answer([1, 0], 0).length),
    shown,
    run({ image }) {
      const [count, , height, width] = image!.dims as [number, number, number, number]
      if (side !== null && (width !== side || height !== side)) throw new Error(`${width} pixels`)
      if (batch !== null && count !== batch) throw new Error(`${count} images, not ${batch}`)
      shown.push({ data: image!.data.slice(), dims: image!.dims })
      const cells = (height / 4) * (width / 4)
      const features = new Float32Array(count * 2 * cells)
      const vectors: number[] = []
      for (let n = 0; n < count; n += 1) {
        const own = image!.data.subarray(n * height * width, (n + 1) * height * width)
        const sums = [0, 0]
        for (let cell = 0; cell < cells; cell += 1) {
          const bright = meanOfCell(own, width, cell) - 0.5
          const pair = [Math.max(0, bright), Math.max(0, -bright)]
          for (const [k, value] of pair.entries()) {
            features[(2 * n + k) * cells + cell] = value
            sums[k]! += value / cells
          }
        }
        vectors.push(...answer(sums, own[0]!))
      }
      return Promise.resolve({
        vector: { data: Float32Array.from(vectors), dims: [count, vectors.length / count] },
        features: { data: features, dims: [count, 2, height / 4, width / 4] },
      } satisfies Record<string, Tensor>)
    },
  }
}

/** At length 1. */
export function directed(values: readonly number[]): readonly number[] {
  const length = Math.hypot(...values)
  return values.map(value => value / length)
}

function meanOfCell(image: Float32Array, width: number, cell: number): number {
  const top = 4 * Math.floor(cell / (width / 4))
  const left = 4 * (cell % (width / 4))
  let sum = 0
  for (let y = top; y < top + 4; y += 1) {
    for (let x = left; x < left + 4; x += 1) sum += image[y * width + x]! / 16
  }
  return sum
}

function describe(
  {
    task = 'embedding',
    side = 16,
    diameter = null,
    classes = [],
    batch = null,
  }: ToyDescriberChoice,
  length: number,
): ModelDescription {
  const any = { channelNames: [], scale: 1, unit: null, halo: 0 }
  const axis = (id: string, kind: Axis['kind'], size: number | null): Axis => ({
    ...{ ...any, id, kind },
    size: size === null ? { kind: 'stepped', min: 4, step: 4 } : { kind: 'fixed', size },
  })
  const images = axis('batch', 'batch', batch)
  const plain = toyDescription()
  const output = { description: '', dtype: 'float32', testTensor: null, optional: false }
  const use: NetworkUse = {
    ...{ task, diameter, temperature: 1, dropout: null, features: 'features' },
    ...{ outOfDistribution: null, classes },
  }
  return {
    ...plain,
    inputs: [
      {
        ...plain.inputs[0]!,
        axes: [
          images,
          axis('channel', 'channel', 1),
          axis('y', 'space', side),
          axis('x', 'space', side),
        ],
      },
    ],
    outputs: [
      {
        ...{ ...output, id: 'vector', axes: [images, axis('channel', 'channel', length)] },
        processing: task === 'classification' ? [{ id: 'softmax', axis: 'channel' }] : [],
      },
      {
        ...{ ...output, id: 'features', processing: [] },
        axes: [
          images,
          axis('channel', 'channel', 2),
          axis('y', 'space', null),
          axis('x', 'space', null),
        ],
      },
    ],
    use,
  }
}
