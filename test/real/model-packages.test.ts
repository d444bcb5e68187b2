import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { ModelDescription } from '#core/infer/model-description.ts'
import { bindNetwork } from '#workstation/inference/packages/bind-network.ts'
import { readNpy, toTensor } from '#workstation/inference/packages/npy.ts'
import { readPackage, type ModelPackage } from '#workstation/inference/packages/read-package.ts'
import { scanOnnx } from '#workstation/inference/packages/scan-onnx.ts'
import { describeReal, realPath } from '../support/real-data.ts'

const UNET = 'models/unet2d_nuclei_broad'
const summaries = JSON.parse(
  readFileSync(new URL('../fixtures/models/summaries.json', import.meta.url), 'utf8'),
) as Readonly<Record<string, unknown>>

async function read(name: string): Promise<ModelPackage> {
  const read = await readPackage(realPath(UNET, name))
  if (!read.ok) throw new Error(JSON.stringify(read.fault))
  return read.value
}

/** What versions of the description agree on: names of channels and the size of a batch are not among it. */
function essence({ inputs, outputs, weights }: ModelDescription): unknown {
  return {
    weights,
    tensors: [...inputs, ...outputs].map(({ id, axes, processing, testTensor }) => ({
      id,
      axes: axes
        .filter(axis => axis.kind !== 'batch')
        .map(axis => ({ ...axis, channelNames: axis.channelNames.length })),
      processing: processing.map(step =>
        'axes' in step ? { ...step, axes: [...(step.axes ?? [])].sort() } : step,
      ),
      test: testTensor?.source,
    })),
  }
}

describeReal('the public U-Net of the Model Zoo', () => {
  test.each(['', 'bioimageio.yaml', 'v0_4_0.bioimageio.yaml', 'v0_4_9.bioimageio.yaml'])(
    'is read by the description "%s"',
    async name => {
      const { description, files } = await read(name)
      expect(files.map(file => file.name)).toEqual([
        'weights.onnx',
        'test_input.npy',
        'test_output.npy',
        'README.md',
      ])
      expect(description.card).toMatch(/^# U-Net 2d Nuclei Broad Example/)
      expect(essence(description)).toEqual(essence((await read('')).description))
    },
  )

  test('with two tensors of one name is refused, and told so', async () => {
    const name = 'invalid_v0_4_0_duplicate_tensor_names.bioimageio.yaml'
    expect(await readPackage(realPath(UNET, name))).toEqual({
      ok: false,
      fault: {
        kind: 'model-invalid',
        path: realPath(UNET, name),
        detail: 'inputs and outputs use "data" twice; allowed: a tensor id only once',
      },
    })
  })

  test('has the network that Python’s onnx package finds, and it fits its description', async () => {
    const { description, folder } = await read('')
    const scanned = scanOnnx(Uint8Array.from(readFileSync(join(folder, 'weights.onnx'))))
    if (!scanned.ok) throw new Error(JSON.stringify(scanned.fault))
    const { stochastic, ...summary } = scanned.value
    expect(stochastic).toEqual([])
    expect(summary).toEqual(summaries['data: unet2d_nuclei_broad/weights.onnx'])
    expect(bindNetwork(scanned.value, description)).toMatchObject({
      ok: true,
      value: {
        inputs: [{ tensor: 'raw', value: { name: 'input.1', dims: [1, 1, 512, 512] } }],
        outputs: [{ tensor: 'probability', value: { name: '82', dims: [1, 1, 512, 512] } }],
        remarks: [],
      },
    })
  })

  test('has test tensors of the size that it describes', async () => {
    const { description, folder } = await read('')
    const means = [...description.inputs, ...description.outputs].map(({ testTensor }) => {
      const array = readNpy(Uint8Array.from(readFileSync(join(folder, testTensor!.source))))
      if (!array.ok) throw new Error(JSON.stringify(array.fault))
      const { data, dims } = toTensor(array.value)
      expect(dims).toEqual([1, 1, 512, 512])
      return data.reduce((sum, value) => sum + value, 0) / data.length
    })
    // As NumPy finds them.
    expect(means[0]).toBeCloseTo(256.11497497558594, 9)
    expect(means[1]).toBeCloseTo(0.2062258334735564, 9)
  })
})
