import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { encodeNetwork } from '#workstation/inference/encode-network.ts'
import { writeNpy } from '#workstation/inference/packages/npy.ts'
import { openPackage } from '#workstation/inference/registry/open-package.ts'
import type { ProvingBench } from '#workstation/inference/registry/proving-bench.ts'
import { digestOfBytes } from '#workstation/record/digest.ts'

export interface PackageChoice {
  readonly id?: string
  readonly version?: string
  /** What the network multiplies by; another one gives other weights. */
  readonly gain?: number
  /** Test tensors that the network does not give. */
  readonly wrong?: boolean
}

const SIDE = 64

/** Writes a small package that holds all a package can: a network, its test tensors, its card. @returns its folder. */
export function writePackage(
  folder: string,
  { id = 'paper-nuclei', version = '1.0.0', gain = 1, wrong = false }: PackageChoice = {},
): string {
  mkdirSync(folder, { recursive: true })
  const put = (name: string, bytes: Uint8Array | string): string => {
    writeFileSync(join(folder, name), bytes)
    return digestOfBytes(bytes)
  }
  const axes = (channels: string, size: (axis: string) => string): string => `
      - {type: batch}
      - {type: channel, channel_names: [${channels}]}
      - {type: space, id: y, size: ${size('y')}, scale: 0.65, unit: micrometer}
      - {type: space, id: x, size: ${size('x')}, scale: 0.65, unit: micrometer}`
  const image = Float32Array.from({ length: SIDE * SIDE }, (_, i) => (i % 97) / 96)
  const logit = (value: number): number => gain * (2 * value - 1)
  const off = wrong ? 0.25 : 0
  const given = Float32Array.from([
    ...image.map(value => sigmoid(logit(value)) + off),
    ...image.map(value => sigmoid(-logit(value)) + off),
  ])
  const input = put('test-input.npy', writeNpy([1, 1, SIDE, SIDE], image))
  const output = put('test-output.npy', writeNpy([1, 2, SIDE, SIDE], given))
  put(
    'rdf.yaml',
    `format_version: 0.5.4
type: model
id: ${id}
version: ${version}
name: Paper nuclei
description: Tells bright from dark, for tests; it has seen no microscope.
authors: [{name: Mara Lind}]
cite: [{text: Lind 2026, doi: 10.1234/paper}]
license: CC0-1.0
tags: [nuclei, fluorescence]
documentation: README.md
training_data: {id: paper/three-drawings}
inputs:
  - id: raw
    description: Nuclear stain
    axes:${axes('nuclei', () => '{min: 64, step: 16}')}
    data: {type: float32}
    test_tensor: {source: test-input.npy, sha256: ${input}}
    preprocessing:
      - {id: scale_linear, kwargs: {gain: 2, offset: -1}}
outputs:
  - id: probability
    description: Of the interior and of the boundary
    axes:${axes('interior, boundary', axis => `{tensor_id: raw, axis_id: ${axis}}`)}
    data: {type: float32}
    test_tensor: {source: test-output.npy, sha256: ${output}}
    postprocessing:
      - {id: sigmoid}
weights:
  onnx: {source: weights.onnx, sha256: ${put('weights.onnx', opposites(gain))}, opset_version: 17}
config:
  bioimageio:
    bias_risks_limitations: {limitations: Every bright square is a nucleus to it.}
    evaluation:
      - dataset_id: paper/drawings
        dataset_role: independent
        evaluation_factors: [squares, circles, over all]
        metrics: [F1 at 0.5, F1 at 0.7]
        results: [[0.91, 0.52, 0.7155], [0.84, 0.11, 0.475]]
  parfocal: {task: instances-from-boundary, diameter: 24}
`,
  )
  put('README.md', CARD)
  return folder
}

const CARD = `# Paper nuclei

Tells bright from dark. It is **for tests** and has seen no microscope.

## What it is not for

- images with a gradient of light
- anything that somebody will rely on
`

/** Two channels of one image: it, and it with the other sign. */
function opposites(gain: number): Uint8Array {
  return encodeNetwork({
    inputs: [{ name: 'raw', type: 'float32', shape: [1, 1, 'h', 'w'] }],
    outputs: [{ name: 'probability', type: 'float32', shape: [1, 2, 'h', 'w'] }],
    nodes: [{ operator: 'Conv', inputs: ['raw', 'gains'], outputs: ['probability'] }],
    constants: [{ name: 'gains', dims: [2, 1, 1, 1], data: Float32Array.of(gain, -gain) }],
  })
}

function sigmoid(value: number): number {
  return 1 / (1 + Math.exp(-value))
}

export interface BenchChoice {
  /** Names the environment. */
  environment?: string
  passes?: boolean
  /** How the CPU answers; left out, it serves anyway. */
  onCpu?: Omit<BenchChoice, 'onCpu'>
  /** Where what was proved is listed. */
  readonly proved?: string[]
}

/** A bench that reads packages as they are and answers for every network as it is told; it counts how often. */
export function paperBench(choice: BenchChoice = {}) {
  const proved = choice.proved ?? []
  const bench: ProvingBench = {
    environment: async () => {
      const key = choice.environment ?? 'runtime-1'
      return { key, text: `ONNX Runtime of ${key}` }
    },
    onCpu: async () =>
      choice.onCpu === undefined ? null : paperBench({ ...choice.onCpu, proved }).bench,
    read: openPackage,
    async prove({ description }) {
      proved.push(`${description.id}@${description.version}`)
      const passed = choice.passes ?? true
      const output = { id: 'probability', compared: 8192, tolerance: '0.001 + 0.001 · value' }
      const values = passed
        ? { mismatched: 0, worst: 0.00002, why: null }
        : { mismatched: 5000, worst: 0.7, why: '5000 of 8192 values are off' }
      const outputs = [{ ...output, ...values }]
      const { key: environment, text } = await bench.environment()
      const sizesTried = [{ size: '64 × 64', wrong: null }]
      const cost = { seconds: 0.4, peakMegabytes: 120, stochastic: false, sizesTried }
      const report = { environment: text, ...cost, outputs }
      return { ok: true, value: { environment, provider: 'cpu', passed, report } }
    },
  }
  return { bench, proved, choice }
}
