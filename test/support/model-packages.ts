import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openPackage } from '#workstation/inference/registry/open-package.ts'
import type { ProvingBench } from '#workstation/inference/registry/proving-bench.ts'
import { digestOfBytes } from '#workstation/record/digest.ts'

export interface PackageChoice {
  readonly id?: string
  readonly version?: string
  /** Bytes that stand for a network. */
  readonly weights?: string
}

/** Writes a package whose description and files are real, and whose weights are no network. @returns its folder. */
export function writePackage(
  folder: string,
  { id = 'paper-nuclei', version = '1.0.0', weights = 'weights' }: PackageChoice = {},
): string {
  mkdirSync(folder, { recursive: true })
  const put = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text)
    return digestOfBytes(text)
  }
  const axes = (channels: string, extra = ''): string => `
      - {type: batch}
      - {type: channel, channel_names: [${channels}]}
      - {type: space, id: y, size: ${extra === '' ? '{min: 64, step: 16}' : '{tensor_id: raw, axis_id: y}'}}
      - {type: space, id: x, size: ${extra === '' ? '{min: 64, step: 16}' : '{tensor_id: raw, axis_id: x}'}}`
  const input = put('test-input.npy', `input of ${weights}`)
  const output = put('test-output.npy', `output of ${weights}`)
  put(
    'rdf.yaml',
    `format_version: 0.5.4
type: model
id: ${id}
version: ${version}
name: Paper nuclei
description: Finds nuclei on paper.
authors: [{name: Mara Lind}]
cite: [{text: Lind 2026, doi: 10.1234/paper}]
license: CC0-1.0
tags: [nuclei]
documentation: README.md
inputs:
  - id: raw
    description: One channel
    axes:${axes('nuclei')}
    data: {type: float32}
    test_tensor: {source: test-input.npy, sha256: ${input}}
    preprocessing:
      - {id: scale_range, kwargs: {axes: [y, x], min_percentile: 1, max_percentile: 99.8}}
outputs:
  - id: probability
    axes:${axes('interior, boundary', 'as input')}
    data: {type: float32}
    test_tensor: {source: test-output.npy, sha256: ${output}}
    postprocessing:
      - {id: sigmoid}
weights:
  onnx: {source: weights.onnx, sha256: ${put('weights.onnx', weights)}, opset_version: 17}
config:
  parfocal: {task: instances-from-boundary, diameter: 24}
`,
  )
  put('README.md', '# Paper nuclei\n\nFinds nuclei **on paper**.\n')
  return folder
}

export interface BenchChoice {
  /** Names the environment. */
  environment?: string
  passes?: boolean
}

/** A bench that reads packages as they are and answers for every network as it is told; it counts how often. */
export function paperBench(choice: BenchChoice = {}) {
  const proved: string[] = []
  const bench: ProvingBench = {
    environment: async () => {
      const key = choice.environment ?? 'runtime-1'
      return { key, text: `ONNX Runtime of ${key}` }
    },
    read: openPackage,
    async prove({ description }) {
      proved.push(`${description.id}@${description.version}`)
      const passed = choice.passes ?? true
      const output = { id: 'probability', compared: 8192, tolerance: '0.001 + 0.001 · value' }
      const outputs = [{ ...output, mismatched: passed ? 0 : 5000, worst: passed ? 0.00002 : 0.7 }]
      const { key: environment, text } = await bench.environment()
      const cost = { seconds: 0.4, peakMegabytes: 120, stochastic: false, sizesTried: ['64 × 64'] }
      const report = { environment: text, ...cost, outputs }
      return { ok: true, value: { environment, provider: 'cpu', passed, report } }
    },
  }
  return { bench, proved, choice }
}
