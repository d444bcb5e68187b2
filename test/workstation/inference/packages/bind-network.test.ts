import { describe, expect, test } from 'vitest'
import { bindNetwork } from '#workstation/inference/packages/bind-network.ts'
import { describeModel } from '#workstation/inference/packages/describe-model.ts'
import type { OnnxValue } from '#workstation/inference/packages/onnx-value.ts'
import { readYaml } from '#workstation/inference/packages/read-yaml.ts'
import { scanOnnx, type OnnxSummary } from '#workstation/inference/packages/scan-onnx.ts'
import { fixture } from './fixture.ts'
import { editedDescription, type Edit } from './make-package.ts'

function summary(changes: Partial<OnnxSummary> = {}): OnnxSummary {
  const scanned = scanOnnx(fixture('edges/weights.onnx'))
  if (!scanned.ok) throw new Error(JSON.stringify(scanned.fault))
  return { ...scanned.value, ...changes }
}

function value(name: string, ...dims: readonly (number | string | null)[]): OnnxValue {
  return { name, type: 'float32', dims }
}

function bind(changes: Partial<OnnxSummary>, ...edits: readonly Edit[]) {
  const { description, opset } = describeModel(readYaml(editedDescription(...edits)))
  return bindNetwork(summary(changes), { ...description, weights: { opset } }, 'weights.onnx')
}

function complaint(changes: Partial<OnnxSummary>, ...edits: readonly Edit[]): string {
  const bound = bind(changes, ...edits)
  if (bound.ok || !('detail' in bound.fault)) throw new Error('it was taken')
  return `${bound.fault.kind}: ${bound.fault.detail}`
}

const SIZE = 'size: { min: 8, step: 8 }'
const sixtyFour: Edit = [
  /size: \{ min: 8, step: 8 \}([^]+)size: \{ min: 8, step: 8 \}/,
  'size: 64$1size: 64',
]

describe('the tensors of a description in the network', () => {
  test('by position, where the network has names of its own', () => {
    const bound = bind({})
    expect(bound).toMatchObject({
      ok: true,
      value: {
        inputs: [{ tensor: 'image', value: { name: 'x', dims: [1, 1, 'h', 'w'] } }],
        outputs: [{ tensor: 'edges', value: { name: 'y' } }],
        extraInputs: [],
        remarks: [],
      },
    })
  })

  test('by name, where the names are the same', () => {
    const outputs = [value('features', 1, 64, 'h', 'w'), value('edges', 1, 1, 'h', 'w')]
    const bound = bind({ outputs })
    expect(bound.ok && bound.value.outputs[0]!.value.name).toBe('edges')
  })

  test('dropout masks and features may be the network’s alone', () => {
    const use: Edit = [
      'task: semantic',
      'task: semantic\n    features: f\n    dropout: { input: mask, rate: 0.1 }',
    ]
    const inputs = [value('mask', 1, 16), value('x', 1, 1, 'h', 'w')]
    const outputs = [value('y', 1, 1, 'h', 'w'), value('f', 1, 8, null, null)]
    const bound = bind({ inputs, outputs }, use)
    expect(bound).toMatchObject({
      ok: true,
      value: {
        inputs: [{ tensor: 'image', value: { name: 'x' } }],
        extraInputs: [{ name: 'mask' }],
      },
    })
    expect(complaint({ inputs }, use)).toMatch(
      /config\.parfocal\.features is "f"; allowed: one of y/,
    )
    expect(complaint({ outputs }, use)).toMatch(/dropout\.input is "mask"; allowed: one of x/)
  })

  test('fixed sizes that both state', () => {
    expect(
      bind({ inputs: [value('x', 1, 1, 64, 64)], outputs: [value('y', 1, 1, 64, 64)] }, sixtyFour)
        .ok,
    ).toBe(true)
  })

  test.each<readonly [string, Partial<OnnxSummary>, readonly Edit[], RegExp]>([
    [
      'an input that nobody gives',
      { inputs: [value('x', 1), value('z', 1)] },
      [],
      /the network has the inputs x, z; the description has image/,
    ],
    [
      'no output',
      { outputs: [] },
      [],
      /the network has the outputs none; the description has edges/,
    ],
    [
      'another rank',
      { inputs: [value('x', 1, 'h', 'w')] },
      [],
      /image has the axes batch, channel, y, x; x of the network has 3/,
    ],
    [
      'another number of channels',
      { inputs: [value('x', 1, 3, 'h', 'w')] },
      [],
      /image\.channel is 1; the network takes 3 only/,
    ],
    [
      'sizes that the network does not take',
      { inputs: [value('x', 1, 1, 64, 'w')] },
      [],
      /image\.y is 8 \+ n · 8; the network takes 64 only/,
    ],
    [
      'another fixed size',
      { inputs: [value('x', 1, 1, 64, 32)] },
      [sixtyFour],
      /image\.x is 64; the network takes 32 only/,
    ],
    [
      'an output of another size',
      { outputs: [value('y', 1, 1, 60, 64)] },
      [sixtyFour],
      /edges\.y is 64; the network takes 60 only/,
    ],
  ])('%s', (_, changes, edits, message) => {
    expect(complaint(changes, ...edits)).toMatch(message)
  })

  test('what changes no number is remarked upon', () => {
    const noisy = { stochastic: ['RandomNormal'], opsets: [{ domain: '', version: 17 }] }
    const bound = bind(noisy)
    expect(bound.ok && bound.value.remarks).toEqual([
      'the description states opset 15, the network has 17',
      'draws random numbers of its own: RandomNormal',
    ])
  })

  test('rays and labels of StarDist need not look alike', () => {
    const step =
      '- { id: stardist_postprocessing, kwargs: { prob_threshold: 0.5, nms_threshold: 0.4, n_rays: 32, grid: [2, 2] } }'
    expect(bind({ outputs: [value('y', 1, 33, 'h', 'w')] }, ['- id: sigmoid', step]).ok).toBe(true)
    expect(complaint({ outputs: [value('y', 1, 33, 'h', 'w')] })).toMatch(/edges\.channel is 1/)
  })

  test('a rank that the network leaves free is the description’s', () => {
    expect(
      bind({ inputs: [{ name: 'x', type: 'float32', dims: null }] }, [
        SIZE,
        SIZE.replace('8,', '16,'),
      ]).ok,
    ).toBe(true)
  })
})
