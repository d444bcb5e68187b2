import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import type { NetworkPlan } from '../../../src/workstation/inference/encode-network.ts'
import { testModel } from '../../../src/workstation/inference/test-model.ts'
import { allocating, ENDLESS } from './networks/hostile.ts'
import { GROWING, smallPackage, type SmallPackage } from './networks/small-package.ts'

const IMAGE = ['n', 1, 'h', 'w'] as const
const one = { data: Float32Array.of(1), dims: [1] }
const image = { data: Float32Array.from({ length: 64 }, (_, i) => i), dims: [1, 1, 8, 8] }

const folders: string[] = []

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

function packageOf(...given: Parameters<typeof smallPackage>): SmallPackage {
  const made = smallPackage(...given)
  folders.push(made.folder)
  return made
}

function tested({ description, pathOf }: SmallPackage, seconds = 20, megabytes = 1024) {
  return testModel({ description, pathOf, provider: 'cpu', budget: { seconds, megabytes } })
}

/** y = x + x */
function doubling(shape: readonly (string | number)[]): NetworkPlan {
  return {
    inputs: [{ name: 'x', type: 'float32', shape }],
    outputs: [{ name: 'y', type: 'float32', shape }],
    nodes: [{ operator: 'Add', inputs: ['x', 'x'], outputs: ['y'] }],
    constants: [],
  }
}

describe('test tensors', () => {
  test('are run through preprocessing and compared, and other legal sizes are tried', async () => {
    const expected = { ...image, data: image.data.map(value => 2 * (value / 2 - 1)) }
    const report = await tested(
      packageOf({
        plan: doubling(IMAGE),
        input: image,
        expected,
        axes: GROWING,
        processing: [{ id: 'scale_linear', gain: 0.5, offset: -1, axis: null }],
      }),
    )
    expect(report).toMatchObject({
      ok: true,
      value: {
        passed: true,
        outputs: [{ id: 'y', compared: 64, mismatched: 0, worst: 0 }],
        stochastic: false,
        provider: 'cpu',
        environment: { runtime: 'onnxruntime-node', provider: 'cpu' },
        sizesTried: [
          { size: 'x 1 × 1 × 4 × 4', wrong: null },
          { size: 'x 1 × 1 × 12 × 12', wrong: null },
          { size: 'x 1 × 1 × 12 × 16', wrong: null },
        ],
      },
    })
    expect(report.ok && report.value.peakMegabytes).toBeGreaterThan(20)
  })

  test('that differ are reported with how many and by how much', async () => {
    const data = image.data.map((value, i) => 2 * value + (i === 5 ? 0.5 : 0))
    const report = await tested(
      packageOf({ plan: doubling(IMAGE), input: image, expected: { ...image, data } }),
    )
    expect(report).toMatchObject({
      ok: true,
      value: { passed: false, outputs: [{ mismatched: 1, worst: 0.5 }], sizesTried: [] },
    })
  })

  test('do not pass where a size that the description allows cannot be run', async () => {
    const report = await tested(
      packageOf({
        plan: doubling([1, 1, 8, 8]),
        input: image,
        expected: { ...image, data: image.data.map(value => 2 * value) },
        axes: GROWING,
      }),
    )
    expect(report).toMatchObject({
      ok: true,
      value: {
        passed: false,
        outputs: [{ passed: true }],
        sizesTried: [
          { wrong: 'input x is 1 × 1 × 4 × 4, the network takes 1 × 1 × 8 × 8' },
          {},
          {},
        ],
      },
    })
  })

  test('tell a network that draws random numbers of its own', async () => {
    const plan: NetworkPlan = {
      ...doubling([1]),
      nodes: [{ operator: 'RandomNormalLike', inputs: ['x'], outputs: ['y'] }],
    }
    expect(await tested(packageOf({ plan, input: one, expected: one }))).toMatchObject({
      ok: true,
      value: { stochastic: true },
    })
  })
})

describe('a network is refused', () => {
  test('that never ends', async () => {
    const started = performance.now()
    const report = await tested(packageOf({ plan: ENDLESS, input: one, expected: one }), 3)
    expect(report).toMatchObject({
      ok: false,
      fault: { kind: 'model-refused', detail: 'its test did not end within 3 seconds' },
    })
    expect(performance.now() - started).toBeLessThan(10_000)
  })

  test('that asks for 16 TiB', async () => {
    const plan = allocating(2n ** 21n)
    const report = await tested(packageOf({ plan, input: one, expected: { ...one, dims: [] } }))
    expect(report).toMatchObject({ ok: false, fault: { kind: 'model-refused' } })
  })

  test('that takes more memory than it may', async () => {
    const plan = allocating(20_000n)
    const report = await tested(
      packageOf({ plan, input: one, expected: { ...one, dims: [] } }),
      20,
      600,
    )
    expect(report).toMatchObject({
      ok: false,
      fault: { kind: 'model-refused', detail: 'its test took more than 600 MB of memory' },
    })
  })

  test('whose weights are not those of the description', async () => {
    const made = packageOf({ plan: doubling([1]), input: one, expected: one })
    writeFileSync(join(made.folder, 'weights.onnx'), 'other bytes')
    const report = await tested(made)
    expect(report).toMatchObject({ ok: false, fault: { kind: 'model-refused' } })
    expect(!report.ok && 'detail' in report.fault && report.fault.detail).toMatch(/SHA-256/)
  })

  test('that has other inputs than its description says', async () => {
    const made = packageOf({ plan: doubling([1]), input: one, expected: one })
    const [input] = made.description.inputs
    const description = { ...made.description, inputs: [input!, { ...input!, id: 'z' }] }
    expect(await tested({ ...made, description })).toMatchObject({
      fault: { kind: 'model-refused', detail: 'it has 1 inputs, its description says 2' },
    })
  })

  test('whose test tensor is no array', async () => {
    const made = packageOf({ plan: doubling([1]), input: one, expected: one })
    writeFileSync(join(made.folder, 'x.npy'), 'nothing')
    expect(await tested(made)).toMatchObject({ fault: { kind: 'model-refused' } })
  })
})

test('a provider that is not there is no fault of the network', async () => {
  const { description, pathOf } = packageOf({ plan: doubling([1]), input: one, expected: one })
  const provider = process.platform === 'win32' ? 'cuda' : 'dml'
  const budget = { seconds: 20, megabytes: 1024 }
  expect(await testModel({ description, pathOf, provider, budget })).toMatchObject({
    ok: false,
    fault: { kind: 'provider-failed', provider },
  })
})
