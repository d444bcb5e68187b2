import type {
  ConstantPlan,
  NetworkPlan,
  NodePlan,
} from '../../../../src/workstation/inference/encode-network.ts'

/**
 * Convolutions, pooling, a transposed convolution and a skip, as networks for images have them, with
 * weights that make sums round: the order of additions shows in the bits.
 */
export function smallUnet(): NetworkPlan {
  const constants: ConstantPlan[] = []
  let state = 7
  const weights = (name: string, ...dims: readonly number[]): string => {
    const data = Float32Array.from({ length: dims.reduce((a, b) => a * b, 1) }, () => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0
      return state / 2 ** 32 / 4 - 0.12
    })
    constants.push({ name, dims, data })
    return name
  }
  const same = { kernel_shape: [3, 3], pads: [1, 1, 1, 1] }
  const twice = { kernel_shape: [2, 2], strides: [2, 2] }
  const nodes: NodePlan[] = [
    {
      operator: 'Conv',
      inputs: ['x', weights('w1', 16, 1, 3, 3)],
      outputs: ['c1'],
      attributes: same,
    },
    { operator: 'Relu', inputs: ['c1'], outputs: ['r1'] },
    { operator: 'MaxPool', inputs: ['r1'], outputs: ['p1'], attributes: twice },
    {
      operator: 'Conv',
      inputs: ['p1', weights('w2', 32, 16, 3, 3)],
      outputs: ['c2'],
      attributes: same,
    },
    { operator: 'Relu', inputs: ['c2'], outputs: ['r2'] },
    {
      operator: 'ConvTranspose',
      inputs: ['r2', weights('w3', 32, 16, 2, 2)],
      outputs: ['u1'],
      attributes: twice,
    },
    { operator: 'Add', inputs: ['u1', 'r1'], outputs: ['s1'] },
    {
      operator: 'Conv',
      inputs: ['s1', weights('w4', 3, 16, 3, 3)],
      outputs: ['y'],
      attributes: same,
    },
    { operator: 'GlobalAveragePool', inputs: ['r2'], outputs: ['features'] },
  ]
  const shape = ['n', 1, 'h', 'w']
  return {
    inputs: [{ name: 'x', type: 'float32', shape }],
    outputs: [
      { name: 'y', type: 'float32', shape: ['n', 3, 'h', 'w'] },
      { name: 'features', type: 'float32', shape: ['n', 32, 1, 1] },
    ],
    nodes,
    constants,
  }
}
