import type { NamedTensors } from '#core/infer/tensor.ts'
import { encodeNetwork } from './encode-network.ts'

/** A network that every provider can run, and what to give it. */
export interface ProbeNetwork {
  readonly name: string
  readonly weights: Uint8Array
  readonly inputs: NamedTensors
}

const SIDE = 16
const CHANNELS = 4

/** One node: whether the provider runs anything at all. */
export function oneNode(): ProbeNetwork {
  const shape = [1, 1, SIDE, SIDE]
  const weights = encodeNetwork({
    inputs: [{ name: 'x', type: 'float32', shape }],
    outputs: [{ name: 'y', type: 'float32', shape }],
    nodes: [{ operator: 'Relu', inputs: ['x'], outputs: ['y'] }],
    constants: [],
  })
  return { name: 'one node', weights, inputs: { x: pattern() } }
}

/**
 * Two convolutions, as every network for images has them: needs the libraries that convolve.
 *
 * All numbers are multiples of powers of two, so few that float32 holds every sum exactly: whoever adds plainly,
 * in whatever order, gets the same bits. test/golden/inference/make_probe.py computes them again.
 */
export function convolutions(): ProbeNetwork {
  const shape = [1, 1, SIDE, SIDE]
  const pads = { kernel_shape: [3, 3], pads: [1, 1, 1, 1] }
  const first = Float32Array.from({ length: CHANNELS * 9 }, (_, i) => (((i * 7) % 11) - 4) / 16)
  const second = Float32Array.from({ length: CHANNELS * 9 }, (_, i) => (((i * 5) % 13) - 6) / 16)
  const weights = encodeNetwork({
    inputs: [{ name: 'x', type: 'float32', shape }],
    outputs: [{ name: 'y', type: 'float32', shape }],
    nodes: [
      { operator: 'Conv', inputs: ['x', 'first'], outputs: ['wide'], attributes: pads },
      { operator: 'Relu', inputs: ['wide'], outputs: ['bent'] },
      { operator: 'Conv', inputs: ['bent', 'second'], outputs: ['y'], attributes: pads },
    ],
    constants: [
      { name: 'first', dims: [CHANNELS, 1, 3, 3], data: first },
      { name: 'second', dims: [1, CHANNELS, 3, 3], data: second },
    ],
  })
  return { name: 'convolutions', weights, inputs: { x: pattern() } }
}

/** Whole multiples of 1/8 between −2 and 2, which every kind of float holds. */
function pattern(): NamedTensors[string] {
  const data = Float32Array.from({ length: SIDE * SIDE }, (_, i) => ((i * 37) % 33) / 8 - 2)
  return { data, dims: [1, 1, SIDE, SIDE] }
}
