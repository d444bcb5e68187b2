import type { NetworkPlan } from '../../../../src/workstation/inference/encode-network.ts'

const X = [{ name: 'x', type: 'float32', shape: [1] }] as const
const Y = [{ name: 'y', type: 'float32', shape: [1] }] as const

/** A loop whose condition stays true. */
export const ENDLESS: NetworkPlan = {
  inputs: X,
  outputs: Y,
  constants: [{ name: 'yes', dims: [], data: Uint8Array.of(1) }],
  nodes: [
    {
      operator: 'Loop',
      inputs: ['', 'yes', 'x'],
      outputs: ['y'],
      attributes: {
        body: {
          inputs: [
            { name: 'turn', type: 'int64', shape: [] },
            { name: 'go', type: 'bool', shape: [] },
            { name: 'before', type: 'float32', shape: [1] },
          ],
          outputs: [
            { name: 'goOn', type: 'bool', shape: [] },
            { name: 'after', type: 'float32', shape: [1] },
          ],
          nodes: [
            { operator: 'Identity', inputs: ['go'], outputs: ['goOn'] },
            { operator: 'Identity', inputs: ['before'], outputs: ['after'] },
          ],
          constants: [],
        },
      },
    },
  ],
}

/** Asks for a tensor of `side`² numbers and gives the largest of them; adding `x` keeps it from being folded. */
export function allocating(side: bigint): NetworkPlan {
  return {
    inputs: X,
    outputs: [{ name: 'y', type: 'float32', shape: [] }],
    constants: [{ name: 'side', dims: [2], data: BigInt64Array.of(side, side) }],
    nodes: [
      { operator: 'Shape', inputs: ['x'], outputs: ['one'] },
      { operator: 'Mul', inputs: ['side', 'one'], outputs: ['size'] },
      { operator: 'ConstantOfShape', inputs: ['size'], outputs: ['field'] },
      { operator: 'Add', inputs: ['field', 'x'], outputs: ['sum'] },
      { operator: 'ReduceMax', inputs: ['sum'], outputs: ['y'], attributes: { keepdims: 0 } },
    ],
  }
}
