import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { encodeNetwork } from '#workstation/inference/encode-network.ts'
import { writeNpy } from '#workstation/inference/packages/npy.ts'
import { digestOfBytes } from '#workstation/record/digest.ts'
import { writePackage } from './model-packages.ts'

const SIDE = 64

/**
 * Writes a package whose network fails over an image that has a pixel at `limit` counts or above, and takes what is
 * brighter than half of it for an object elsewhere. Its test tensors pass: they have nothing bright.
 */
export function writeChoosyPackage(folder: string, limit: number): string {
  writePackage(folder, { id: 'choosy' })
  const put = (name: string, bytes: Uint8Array): string => {
    writeFileSync(join(folder, name), bytes)
    return digestOfBytes(bytes)
  }
  const digestIn = (name: string): string => digestOfBytes(readFileSync(join(folder, name)))
  const former = { weights: digestIn('weights.onnx'), output: digestIn('test-output.npy') }
  const logit = (i: number): number => (2 * ((i % 97) / 96)) / limit - 1
  const values = Float32Array.from({ length: 2 * SIDE * SIDE }, (_, i) => {
    const own = logit(i % (SIDE * SIDE))
    return 1 / (1 + Math.exp(i < SIDE * SIDE ? own : -own))
  })
  const weights = put('weights.onnx', choosy())
  const output = put('test-output.npy', writeNpy([1, 2, SIDE, SIDE], values))
  const path = join(folder, 'rdf.yaml')
  const description = readFileSync(path, 'utf8')
    .replace(former.weights, weights)
    .replace(former.output, output)
    .replace('gain: 2, offset: -1', `gain: ${2 / limit}, offset: -1`)
  writeFileSync(path, description)
  return folder
}

/** Background and interior; the largest value, 1 at the limit, chooses from a list of one. */
function choosy(): Uint8Array {
  return encodeNetwork({
    inputs: [{ name: 'raw', type: 'float32', shape: [1, 1, 'h', 'w'] }],
    outputs: [{ name: 'probability', type: 'float32', shape: [1, 2, 'h', 'w'] }],
    nodes: [
      { operator: 'ReduceMax', inputs: ['raw'], outputs: ['most'], attributes: { keepdims: 0 } },
      { operator: 'Relu', inputs: ['most'], outputs: ['bright'] },
      { operator: 'Cast', inputs: ['bright'], outputs: ['place'], attributes: { to: 7 } },
      { operator: 'Gather', inputs: ['list', 'place'], outputs: ['nothing'] },
      { operator: 'Conv', inputs: ['raw', 'signs'], outputs: ['both'] },
      { operator: 'Add', inputs: ['both', 'nothing'], outputs: ['probability'] },
    ],
    constants: [
      { name: 'list', dims: [1], data: Float32Array.of(0) },
      { name: 'signs', dims: [2, 1, 1, 1], data: Float32Array.of(-1, 1) },
    ],
  })
}
