import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { applyProcessing } from '#core/infer/apply-processing.ts'
import { randomFrom } from '#core/simulate/random.ts'
import { encodeNetwork, type NetworkPlan } from '#workstation/inference/encode-network.ts'
import { writeNpy } from '#workstation/inference/packages/npy.ts'
import { digestOfBytes } from '#workstation/record/digest.ts'
import { axesOf } from './network-axes.ts'

const SIDE = 64
const KERNEL = 8
const CELLS = SIDE / KERNEL
const FEATURES = 6

/** Percentiles that become 0 and 1, as of the networks for nuclei. */
const RANGE = { id: 'scale_range', axes: null, minPercentile: 1, maxPercentile: 99.8 } as const
const RANGE_YAML = '{id: scale_range, kwargs: {min_percentile: 1, max_percentile: 99.8}}'

/** Writes a package whose network finds what is brighter than 0.35 of a field's range. @returns its folder. */
export function writeFinder(folder: string): string {
  const image = ramp()
  const shown = scaled(image)
  const size = SIDE * SIDE
  const given = new Float32Array(3 * size)
  for (let i = 0; i < size; i += 1) {
    const logits = [-LEVEL.gain * (shown[i]! - LEVEL.at), LEVEL.gain * (shown[i]! - LEVEL.at), -20]
    const sum = logits.reduce((total, logit) => total + Math.exp(logit), 0)
    for (const [k, logit] of logits.entries()) given[k * size + i] = Math.exp(logit) / sum
  }
  return writePackage(folder, {
    id: 'bright-nuclei',
    input: { id: 'raw', dims: [1, 1, SIDE, SIDE], data: image, side: '{min: 64, step: 16}' },
    outputs: [
      {
        ...{ id: 'probability', dims: [1, 3, SIDE, SIDE], data: given },
        axes: `
      - {type: channel, channel_names: [background, interior, boundary]}
      - {type: space, id: y, size: {tensor_id: raw, axis_id: y}}
      - {type: space, id: x, size: {tensor_id: raw, axis_id: x}}`,
        steps: '[{id: softmax, kwargs: {axis: channel}}]',
      },
    ],
    network: {
      inputs: [{ name: 'raw', type: 'float32', shape: ['n', 1, 'h', 'w'] }],
      outputs: [{ name: 'probability', type: 'float32', shape: ['n', 3, 'h', 'w'] }],
      nodes: [{ operator: 'Conv', inputs: ['raw', 'gains', 'offsets'], outputs: ['probability'] }],
      constants: [
        { name: 'gains', dims: [3, 1, 1, 1], data: Float32Array.of(-LEVEL.gain, LEVEL.gain, 0) },
        {
          ...{ name: 'offsets', dims: [3] },
          data: Float32Array.of(LEVEL.gain * LEVEL.at, -LEVEL.gain * LEVEL.at, -20),
        },
      ],
    },
    use: 'task: instances-from-boundary, diameter: 20',
  })
}

const LEVEL = { gain: 10, at: 0.35 }

export interface DescriberChoice {
  readonly id: string
  /** Of the weights. */
  readonly seed?: number
}

/** Writes a package whose network embeds crops of 64 pixels into 8 numbers. @returns its folder. */
export function writeEmbedder(folder: string, choice: DescriberChoice): string {
  return writeDescriber(folder, choice, {
    ...{ output: 'embedding', length: 8, normalise: true, use: 'task: embedding' },
  })
}

/** Writes a package whose network tells crops of 64 pixels dim, middling or bright. @returns its folder. */
export function writeClassifier(folder: string, choice: DescriberChoice): string {
  return writeDescriber(folder, choice, {
    ...{ output: 'logits', length: 3, normalise: false },
    use: 'task: classification, classes: [dim, middling, bright]',
  })
}

interface DescriberKind {
  readonly output: string
  readonly length: number
  readonly normalise: boolean
  readonly use: string
}

/** Features are eight by eight sums over squares, rectified; what comes out is linear in their means. */
function writeDescriber(
  folder: string,
  { id, seed = 1 }: DescriberChoice,
  { output, length, normalise, use }: DescriberKind,
): string {
  const random = randomFrom('describer', seed)
  const draw = (count: number, scale: number): Float32Array =>
    Float32Array.from({ length: count }, () => scale * random.normal())
  const kernels = draw(FEATURES * KERNEL * KERNEL, 0.2)
  const weights = draw(FEATURES * length, 1)
  const offsets = draw(length, 0.1)
  const image = ramp()
  const { features, vector } = describe(scaled(image), { kernels, weights, offsets, normalise })
  const linear = normalise ? 'sum' : output
  const names = Array.from({ length }, (_, k) => `${output}_${k}`).join(', ')
  return writePackage(folder, {
    id,
    input: { id: 'crop', dims: [1, 1, SIDE, SIDE], data: image, side: String(SIDE) },
    outputs: [
      {
        ...{ id: output, dims: [1, length], data: vector },
        axes: `\n      - {type: channel, channel_names: [${names}]}`,
        steps: normalise ? '[]' : '[{id: softmax, kwargs: {axis: channel}}]',
      },
      {
        ...{ id: 'features', dims: [1, FEATURES, CELLS, CELLS], data: features },
        axes: `
      - {type: channel, channel_names: [a, b, c, d, e, f]}
      - {type: space, id: y, size: ${CELLS}, scale: ${KERNEL}}
      - {type: space, id: x, size: ${CELLS}, scale: ${KERNEL}}`,
        steps: '[]',
      },
    ],
    network: {
      inputs: [{ name: 'crop', type: 'float32', shape: ['n', 1, SIDE, SIDE] }],
      outputs: [
        { name: output, type: 'float32', shape: ['n', length] },
        { name: 'features', type: 'float32', shape: ['n', FEATURES, CELLS, CELLS] },
      ],
      nodes: [
        {
          ...{ operator: 'Conv', inputs: ['crop', 'kernels'], outputs: ['sums'] },
          attributes: { strides: [KERNEL, KERNEL] },
        },
        { operator: 'Relu', inputs: ['sums'], outputs: ['features'] },
        { operator: 'GlobalAveragePool', inputs: ['features'], outputs: ['pooled'] },
        { operator: 'Flatten', inputs: ['pooled'], outputs: ['means'] },
        { operator: 'MatMul', inputs: ['means', 'weights'], outputs: ['product'] },
        { operator: 'Add', inputs: ['product', 'offsets'], outputs: [linear] },
        ...(normalise
          ? [
              {
                ...{ operator: 'LpNormalization', inputs: [linear], outputs: [output] },
                attributes: { axis: 1, p: 2 },
              },
            ]
          : []),
      ],
      constants: [
        { name: 'kernels', dims: [FEATURES, 1, KERNEL, KERNEL], data: kernels },
        { name: 'weights', dims: [FEATURES, length], data: weights },
        { name: 'offsets', dims: [length], data: offsets },
      ],
    },
    use: `${use}, diameter: 20, features: features`,
  })
}

interface Layers {
  readonly kernels: Float32Array
  readonly weights: Float32Array
  readonly offsets: Float32Array
  readonly normalise: boolean
}

/** What such a network says, without a runtime. */
function describe(image: Float32Array, { kernels, weights, offsets, normalise }: Layers) {
  const features = new Float32Array(FEATURES * CELLS * CELLS)
  const means = new Float64Array(FEATURES)
  for (let i = 0; i < features.length; i += 1) {
    const feature = Math.floor(i / (CELLS * CELLS))
    const top = Math.floor((i % (CELLS * CELLS)) / CELLS) * KERNEL
    const left = (i % CELLS) * KERNEL
    let sum = 0
    for (let k = 0; k < KERNEL * KERNEL; k += 1) {
      const at = (top + Math.floor(k / KERNEL)) * SIDE + left + (k % KERNEL)
      sum += image[at]! * kernels[feature * KERNEL * KERNEL + k]!
    }
    features[i] = Math.max(0, sum)
    means[feature]! += features[i]! / (CELLS * CELLS)
  }
  const sums = Float64Array.from(offsets, (offset, k) =>
    means.reduce((sum, mean, c) => sum + mean * weights[c * offsets.length + k]!, offset),
  )
  if (normalise) {
    const length = Math.hypot(...sums)
    return { features, vector: Float32Array.from(sums, sum => sum / length) }
  }
  const all = sums.reduce((total, sum) => total + Math.exp(sum), 0)
  return { features, vector: Float32Array.from(sums, sum => Math.exp(sum) / all) }
}

interface PackagePlan {
  readonly id: string
  readonly input: TensorPlan & { readonly side: string }
  readonly outputs: readonly (TensorPlan & { readonly axes: string; readonly steps: string })[]
  readonly network: NetworkPlan
  readonly use: string
}

interface TensorPlan {
  readonly id: string
  readonly dims: readonly number[]
  readonly data: Float32Array
}

function writePackage(folder: string, { id, input, outputs, network, use }: PackagePlan): string {
  mkdirSync(folder, { recursive: true })
  const put = (name: string, bytes: Uint8Array): string => {
    writeFileSync(join(folder, name), bytes)
    return `{source: ${name}, sha256: ${digestOfBytes(bytes)}}`
  }
  const npy = ({ id: name, dims, data }: TensorPlan): string =>
    put(`test-${name}.npy`, writeNpy([...dims], data))
  const described = outputs.map(
    output => `
  - id: ${output.id}
    axes:
      - {type: batch}${output.axes}
    data: {type: float32}
    test_tensor: ${npy(output)}
    postprocessing: ${output.steps}`,
  )
  const weights = put('weights.onnx', encodeNetwork(network)).replace('}', ', opset_version: 17}')
  writeFileSync(join(folder, 'README.md'), `# ${id}\n\nFor tests.\n`)
  writeFileSync(
    join(folder, 'rdf.yaml'),
    `format_version: 0.5.4
type: model
id: ${id}
version: 1.0.0
name: ${id}
description: For tests; it has seen no microscope.
authors: [{name: Mara Lind}]
cite: [{text: Lind 2026, doi: 10.1234/paper}]
license: CC0-1.0
tags: [nuclei]
documentation: README.md
inputs:
  - id: ${input.id}
    axes:
      - {type: batch}
      - {type: channel, channel_names: [nuclei]}
      - {type: space, id: y, size: ${input.side}}
      - {type: space, id: x, size: ${input.side}}
    data: {type: float32}
    test_tensor: ${npy(input)}
    preprocessing:
      - ${RANGE_YAML}
outputs:${described.join('')}
weights:
  onnx: ${weights}
config:
  parfocal: {${use}}
`,
  )
  return folder
}

/** A test image: stripes of rising brightness. */
function ramp(): Float32Array {
  return Float32Array.from({ length: SIDE * SIDE }, (_, i) => (i % 97) + Math.floor(i / SIDE))
}

function scaled(image: Float32Array): Float32Array {
  const tensor = { data: image, dims: [1, 1, SIDE, SIDE] }
  const steps = [{ ...RANGE, eps: 1e-6, reference: null }]
  return applyProcessing(tensor, axesOf('batch', 'channel', 'y', 'x'), steps).data
}
