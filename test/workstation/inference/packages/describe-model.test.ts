import { describe, expect, test } from 'vitest'
import type { Axis } from '#core/infer/model-description.ts'
import { describeModel } from '#workstation/inference/packages/describe-model.ts'
import { Objection } from '#workstation/inference/packages/objection.ts'
import { readYaml } from '#workstation/inference/packages/read-yaml.ts'
import { editedDescription, type Edit } from './make-package.ts'

function described(...edits: readonly Edit[]) {
  return describeModel(readYaml(editedDescription(...edits))).description
}

function objection(...edits: readonly Edit[]): string {
  const text = editedDescription(...edits)
  try {
    describeModel(readYaml(text))
  } catch (cause) {
    if (cause instanceof Objection) return `${cause.kind}: ${cause.message}`
    throw cause
  }
  throw new Error('it was taken')
}

const INPUT_Y = 'size: { min: 8, step: 8 }'
const OUTPUT_Y = 'size: { tensor_id: image, axis_id: y }'
const STEP = 'id: zero_mean_unit_variance\n        kwargs: { axes: [channel, y, x] }'
const AFTER = '- id: sigmoid'

describe('a description of 0.5', () => {
  test('is read whole', () => {
    const { inputs, outputs, ...rest } = described()
    expect(rest).toEqual({
      id: 'parfocal-edges',
      version: '1.0.0',
      name: 'Edges of tests',
      description: 'A Laplacian, so that every number can be checked by hand.',
      authors: ['Parfocal'],
      citations: ['None https://doi.org/10.5281/zenodo.0000000'],
      licence: 'CC0-1.0',
      tags: ['test', 'laplacian'],
      formatVersion: '0.5.9',
      trainingData: 'none',
      limitations: '## Limitations\n\nIt finds edges and nothing else.',
      tolerances: [
        { relative: 1e-4, absolute: 1e-5, mismatchedPerMillion: 0, outputs: ['edges'] },
        { relative: 1e-3, absolute: 1e-3, mismatchedPerMillion: 100, outputs: [] },
      ],
      evaluation: [
        {
          dataset: 'none',
          role: 'independent',
          metrics: ['F1', 'IoU'],
          rows: [
            { factor: 'overall', values: [0.5, 0.75] },
            { factor: 'dark', values: [0.25, 0.125] },
          ],
        },
      ],
      use: {
        task: 'semantic',
        diameter: 12,
        temperature: 1,
        dropout: null,
        features: null,
        outOfDistribution: null,
        classes: ['edge'],
      },
    })
    expect(inputs).toHaveLength(1)
    expect(inputs[0]).toMatchObject({ id: 'image', dtype: 'uint16', optional: false })
    expect(inputs[0]!.axes).toEqual<readonly Axis[]>([
      {
        id: 'batch',
        kind: 'batch',
        size: { kind: 'stepped', min: 1, step: 1 },
        channelNames: [],
        scale: 1,
        unit: null,
        halo: 0,
      },
      {
        id: 'channel',
        kind: 'channel',
        size: { kind: 'fixed', size: 1 },
        channelNames: ['nucleus'],
        scale: 1,
        unit: null,
        halo: 0,
      },
      {
        id: 'y',
        kind: 'space',
        size: { kind: 'stepped', min: 8, step: 8 },
        channelNames: [],
        scale: 0.5,
        unit: 'micrometer',
        halo: 0,
      },
      {
        id: 'x',
        kind: 'space',
        size: { kind: 'stepped', min: 8, step: 8 },
        channelNames: [],
        scale: 0.5,
        unit: 'micrometer',
        halo: 0,
      },
    ])
    expect(inputs[0]!.processing).toEqual([
      { id: 'ensure_dtype', dtype: 'float32' },
      { id: 'zero_mean_unit_variance', axes: ['channel', 'y', 'x'], eps: 1e-6 },
      { id: 'ensure_dtype', dtype: 'float32' },
    ])
    expect(outputs[0]!.axes[2]).toEqual({
      id: 'y',
      kind: 'space',
      size: { kind: 'reference', tensor: 'image', axis: 'y', offset: 0 },
      channelNames: [],
      scale: 0.5,
      unit: 'micrometer',
      halo: 1,
    })
    expect(outputs[0]!.processing).toEqual([
      { id: 'sigmoid' },
      { id: 'ensure_dtype', dtype: 'float32' },
    ])
  })

  test('casts that the specification adds are written out', () => {
    const [input] = described([/preprocessing:[^]+?test_tensor/, 'test_tensor']).inputs
    expect(input!.processing).toEqual([{ id: 'ensure_dtype', dtype: 'uint16' }])
    const [output] = described([
      AFTER,
      '- id: binarize\n        kwargs: { threshold: 0.5 }',
    ]).outputs
    expect(output!.processing).toEqual([{ id: 'binarize', threshold: 0.5, axis: null }])
  })

  test.each<readonly [string, object]>([
    [
      '{ id: binarize, kwargs: { threshold: [0.5], axis: channel } }',
      { id: 'binarize', threshold: [0.5], axis: 'channel' },
    ],
    ['{ id: clip, kwargs: { min: 0 } }', { id: 'clip', min: 0, max: null }],
    [
      '{ id: scale_linear, kwargs: { gain: 2 } }',
      { id: 'scale_linear', gain: 2, offset: 0, axis: null },
    ],
    [
      '{ id: scale_linear, kwargs: { gain: [2], offset: 1, axis: c } }',
      { id: 'scale_linear', gain: [2], offset: 1, axis: 'channel' },
    ],
    ['{ id: softmax }', { id: 'softmax', axis: 'channel' }],
    [
      '{ id: fixed_zero_mean_unit_variance, kwargs: { mean: 3, std: 2 } }',
      { id: 'fixed_zero_mean_unit_variance', mean: 3, std: 2, axis: null },
    ],
    ['{ id: zero_mean_unit_variance }', { id: 'zero_mean_unit_variance', axes: null, eps: 1e-6 }],
    [
      '{ id: scale_range }',
      {
        id: 'scale_range',
        axes: null,
        minPercentile: 0,
        maxPercentile: 100,
        eps: 1e-6,
        reference: null,
      },
    ],
    [
      '{ id: scale_range, kwargs: { axes: [y, x], min_percentile: 1, max_percentile: 99.8, reference_tensor: image, eps: 1.0e-3 } }',
      {
        id: 'scale_range',
        axes: ['y', 'x'],
        minPercentile: 1,
        maxPercentile: 99.8,
        eps: 1e-3,
        reference: 'image',
      },
    ],
    [
      '{ id: scale_mean_variance, kwargs: { reference_tensor: image } }',
      { id: 'scale_mean_variance', axes: null, reference: 'image', eps: 1e-6 },
    ],
    [
      '{ id: stardist_postprocessing, kwargs: { prob_threshold: 0.5, nms_threshold: 0.4, n_rays: 32, grid: [2, 2], b: 4 } }',
      {
        id: 'stardist_postprocessing',
        probabilityThreshold: 0.5,
        overlapThreshold: 0.4,
        rays: 32,
        grid: [2, 2],
        border: 4,
      },
    ],
    [
      '{ id: stardist_postprocessing, kwargs: { prob_threshold: 0.6, nms_threshold: 0.3, n_rays: 64, grid: [1, 1] } }',
      {
        id: 'stardist_postprocessing',
        probabilityThreshold: 0.6,
        overlapThreshold: 0.3,
        rays: 64,
        grid: [1, 1],
        border: 2,
      },
    ],
  ])('the step %s', (step, expected) => {
    const edit: Edit = [AFTER, `- ${step}`]
    expect(described(edit).outputs[0]!.processing[0]).toEqual(expected)
  })

  test.each<readonly [string, Axis['size']]>([
    ['size: 64', { kind: 'fixed', size: 64 }],
    ['size: { min: 16, step: 4 }', { kind: 'stepped', min: 16, step: 4 }],
    [
      'size: { tensor_id: image, axis_id: x, offset: -2 }',
      { kind: 'reference', tensor: 'image', axis: 'x', offset: -2 },
    ],
  ])('an input of %s', (size, expected) => {
    const ends: Edit = [OUTPUT_Y, 'size: { tensor_id: image, axis_id: x }']
    const [input] = described([INPUT_Y, size], ends).inputs
    expect(input!.axes[2]!.size).toEqual(expected)
  })

  test('the length of a table is known only when the network has run', () => {
    const table =
      /- type: batch\n {6}- type: channel\n {8}channel_names: \[edge\][^]+?postprocessing/
    const index = (size: string): Edit => [
      table,
      `- type: index\n        size: ${size}\n    postprocessing`,
    ]
    expect(described(index('{ min: 2, max: 500 }')).outputs[0]!.axes[0]!.size).toEqual({
      kind: 'dependent',
      min: 2,
      max: 500,
    })
    expect(described(index('{}')).outputs[0]!.axes[0]!.size).toEqual({
      kind: 'dependent',
      min: 1,
      max: null,
    })
    expect(objection(index('{ min: 5, max: 5 }'))).toMatch(
      /size\.max is "5"; allowed: a whole number from 6/,
    )
  })

  test('one tolerance may stand without a list', () => {
    const edit: Edit = [
      /reproducibility_tolerance:[^]+?bias_/,
      'reproducibility_tolerance: { relative_tolerance: 0.01 }\n    bias_',
    ]
    expect(described(edit).tolerances[0]).toEqual({
      relative: 0.01,
      absolute: 1e-3,
      mismatchedPerMillion: 100,
      outputs: [],
    })
  })
})

describe('a message names the field and what is allowed', () => {
  test.each<readonly [string, Edit, RegExp]>([
    [
      'format',
      ['format_version: 0.5.9', 'format_version: 0.6.0'],
      /^model-invalid: format_version is "0\.6\.0"; allowed: 0\.4 or 0\.5/,
    ],
    ['type', ['type: model', 'type: dataset'], /type is "dataset"; allowed: model/],
    ['name', ['name: Edges of tests', 'name: ""'], /name is ""; allowed: a text that is not empty/],
    [
      'no inputs',
      [/inputs:[^]+?outputs:/, 'inputs: []\noutputs:'],
      /inputs is a list of 0; allowed: a list with at least one item/,
    ],
    ['no outputs', [/outputs:[^]+?weights:/, 'weights:'], /outputs is missing|outputs is/],
    [
      'tensor id',
      ['id: image', 'id: My Image'],
      /inputs\[0\]\.id is "My Image"; allowed: up to 32 lower-case/,
    ],
    ['tensor ids', ['id: edges', 'id: image'], /use "image" twice; allowed: a tensor id only once/],
    [
      'axis ids',
      [/id: x\n {8}size: \{ min/, 'id: y\n        size: { min'],
      /inputs\[0\]\.axes use "y" twice; allowed: an axis id only once/,
    ],
    [
      'axis type',
      ['- type: batch', '- type: bacth'],
      /inputs\[0\]\.axes\[0\]\.type is "bacth"; allowed: one of batch, channel, space, time, index/,
    ],
    [
      'batch size',
      ['- type: batch', '- type: batch\n        size: 4'],
      /axes\[0\]\.size is "4"; allowed: a whole number from 1 to 1/,
    ],
    [
      'two batches',
      ['- type: batch', '- type: batch\n      - type: batch'],
      /several batch axes; allowed: one/,
    ],
    [
      'no channels',
      ['channel_names: [nucleus]', 'channel_names: []'],
      /channel_names is a list of 0/,
    ],
    ['size 0', [INPUT_Y, 'size: 0'], /axes\[2\]\.size is "0"; allowed: a whole number from 1/],
    ['size 1.5', [INPUT_Y, 'size: 1.5'], /size is "1\.5"; allowed: a whole number/],
    [
      'no size',
      [INPUT_Y, 'description: none'],
      /size is missing; allowed: a whole number from 1, \{min, step\} or/,
    ],
    [
      'step 0',
      [INPUT_Y, 'size: { min: 8, step: 0 }'],
      /size\.step is "0"; allowed: a whole number from 1/,
    ],
    [
      'stepped output',
      [OUTPUT_Y, 'size: { min: 8, step: 8 }'],
      /outputs\[0\]\.axes\[2\]\.size is a map; allowed: a whole number from 1 or \{tensor_id/,
    ],
    ['unit', ['unit: micrometer', 'unit: pixel'], /unit is "pixel"; allowed: one of attometer/],
    ['scale', ['scale: 0.5', 'scale: -1'], /scale is "-1"; allowed: a number from/],
    ['infinite scale', ['scale: 0.5', 'scale: .inf'], /scale is "Infinity"; allowed: a number/],
    [
      'halo of a fixed axis',
      [OUTPUT_Y, 'size: 64'],
      /halo is "1"; allowed: none, unless size refers/,
    ],
    [
      'halo of an input',
      [INPUT_Y, `${INPUT_Y}\n        halo: 2`],
      /halo is "2"; allowed: none: only axes of outputs/,
    ],
    [
      'halo too large',
      ['halo: 1', 'halo: 4'],
      /outputs\[0\]\.axes\[2\]\.halo is 4 at a smallest size of 8/,
    ],
    [
      'reference to nothing',
      ['axis_id: y', 'axis_id: z'],
      /size refers to image\.z; allowed: one of image\.channel, image\.y, image\.x/,
    ],
    [
      'reference to a batch',
      ['axis_id: y', 'axis_id: batch'],
      /size refers to image\.batch; allowed/,
    ],
    [
      'reference to itself',
      [INPUT_Y, 'size: { tensor_id: image, axis_id: y }'],
      /inputs\[0\]\.axes\[2\]\.size refers to itself/,
    ],
    [
      'circle of references',
      [
        new RegExp(`${INPUT_Y.replace(/[{}]/g, '\\$&')}([^]+?)${INPUT_Y.replace(/[{}]/g, '\\$&')}`),
        'size: { tensor_id: image, axis_id: x }$1size: { tensor_id: image, axis_id: y }',
      ],
      /allowed: an axis whose own size is fixed or \{min, step\}/,
    ],
    [
      'input that refers to an output',
      [INPUT_Y, 'size: { tensor_id: edges, axis_id: x }'],
      /inputs\[0\]\.axes\[2\]\.size refers to edges\.x; allowed/,
    ],
    [
      'units that differ',
      [/unit: micrometer(\n {8}halo)/, 'unit: nanometer$1'],
      /unit is nanometer; allowed: micrometer, as of image\.y/,
    ],
    [
      'unknown step',
      [STEP, 'id: normalise'],
      /preprocessing\[1\]\.id is "normalise"; allowed: one of binarize/,
    ],
    [
      'postprocessing before',
      [STEP, 'id: scale_mean_variance'],
      /preprocessing\[1\]\.id is "scale_mean_variance"/,
    ],
    [
      'unknown option',
      [STEP, 'id: zero_mean_unit_variance\n        kwargs: { axis: y }'],
      /preprocessing\[1\]\.kwargs\.axis is not known; allowed: axes, eps/,
    ],
    [
      'foreign axis',
      [STEP, 'id: zero_mean_unit_variance\n        kwargs: { axes: [z] }'],
      /names the axis z; allowed: one of batch, channel, y, x/,
    ],
    [
      'eps',
      [STEP, 'id: zero_mean_unit_variance\n        kwargs: { eps: 1 }'],
      /eps is "1"; allowed: a number from .* to 0\.1/,
    ],
    [
      'percentiles as fractions',
      [STEP, 'id: scale_range\n        kwargs: { max_percentile: 0.99 }'],
      /max_percentile is "0\.99"; allowed/,
    ],
    [
      'percentiles in disorder',
      [STEP, 'id: scale_range\n        kwargs: { min_percentile: 90, max_percentile: 10 }'],
      /min_percentile is "90"; allowed: less than max_percentile, 10/,
    ],
    [
      'reference of a step',
      [AFTER, '- { id: scale_mean_variance, kwargs: { reference_tensor: edges } }'],
      /refers to the tensor edges; allowed: one of image/,
    ],
    [
      'values for channels',
      [AFTER, '- { id: binarize, kwargs: { threshold: [1, 2], axis: channel } }'],
      /binarize has 2 values for 1 places of channel/,
    ],
    [
      'list without axis',
      [AFTER, '- { id: binarize, kwargs: { threshold: [1] } }'],
      /kwargs\.axis is missing; allowed: the axis that the lists lie along/,
    ],
    [
      'lists of different lengths',
      [
        AFTER,
        '- { id: fixed_zero_mean_unit_variance, kwargs: { mean: [1, 2], std: [1], axis: channel } }',
      ],
      /lists of different lengths/,
    ],
    [
      'clip of nothing',
      [AFTER, '- { id: clip, kwargs: {} }'],
      /kwargs is a map; allowed: min, max or both/,
    ],
    [
      'rays in space',
      [
        AFTER,
        '- { id: stardist_postprocessing, kwargs: { prob_threshold: 0.5, nms_threshold: 0.4, n_rays: 32, grid: [1, 2, 2] } }',
      ],
      /grid is a list of 3; allowed: two whole numbers/,
    ],
    [
      'data type',
      ['type: uint16', 'type: uint12'],
      /inputs\[0\]\.data\.type is "uint12"; allowed: one of float32/,
    ],
    ['hash', [/sha256: \w{64}/, 'sha256: abc'], /sha256 is "abc"; allowed: 64 hexadecimal digits/],
    [
      'opset',
      ['opset_version: 15', 'opset_version: 6'],
      /weights\.onnx\.opset_version is "6"; allowed: a whole number from 7/,
    ],
    ['no opset', [/ {4}opset_version: 15\n/, ''], /opset_version is missing/],
    [
      'weights outside',
      ['opset_version: 15', 'opset_version: 15\n    external_data: { source: w.bin }'],
      /^model-refused: weights\.onnx\.external_data is set; allowed: one file/,
    ],
    [
      'no ONNX',
      ['  onnx:', '  torchscript:'],
      /weights are torchscript; allowed: onnx, only that is run/,
    ],
    [
      'tolerance',
      ['relative_tolerance: 0.0001', 'relative_tolerance: 0.5'],
      /config\.bioimageio\.reproducibility_tolerance\[0\]\.relative_tolerance is "0\.5"; allowed: a number from 0 to 0\.01/,
    ],
    [
      'results',
      ['[0.75, 0.125]', '[0.75]'],
      /results\[1\] is a list of 1; allowed: a value for each of the 2/,
    ],
    [
      'task',
      ['task: semantic', 'task: everything'],
      /config\.parfocal\.task is "everything"; allowed: one of instances-from-boundary/,
    ],
    [
      'unknown use',
      ['task: semantic', 'task: semantic\n    colour: red'],
      /config\.parfocal\.colour is not known; allowed: task, diameter/,
    ],
    [
      'dropout',
      ['task: semantic', 'task: semantic\n    dropout: { input: mask, rate: 2 }'],
      /dropout\.rate is "2"; allowed: a number from 0 to 1/,
    ],
  ])('%s', (_, edit, message) => {
    expect(objection(edit)).toMatch(message)
  })
})

describe('what a network is for', () => {
  const none: Edit = [/ {2}parfocal:[^]+$/, '']
  test('is not guessed', () => {
    expect(described(none).use).toBeNull()
  })

  test('is plain where it ends as StarDist does', () => {
    const edit: Edit = [
      AFTER,
      '- { id: stardist_postprocessing, kwargs: { prob_threshold: 0.5, nms_threshold: 0.4, n_rays: 32, grid: [1, 1] } }',
    ]
    expect(described(none, edit).use?.task).toBe('stardist')
  })

  test('is plain where it is tagged so and has rays', () => {
    const tags: Edit = ['tags: [test', 'tags: [stardist, test']
    const channels = Array.from({ length: 33 }, (_, i) => `c${i}`).join(', ')
    expect(described(none, tags).use).toBeNull()
    expect(described(none, tags, ['[edge]', `[${channels}]`]).use?.task).toBe('stardist')
    expect(described(none, ['[edge]', `[${channels}]`]).use).toBeNull()
  })
})
