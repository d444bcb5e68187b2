import { describe, expect, test } from 'vitest'
import {
  encodeNetwork,
  type NetworkPlan,
} from '../../../src/workstation/inference/encode-network.ts'
import { NetworkFailure } from '../../../src/workstation/inference/network-failure.ts'
import { openSession, type Session } from '../../../src/workstation/inference/session.ts'

const cpu = { model: 'tiny', providers: ['cpu'], threads: 1, deterministic: true } as const

/** y = relu(x · 2 − 1) */
const relu: NetworkPlan = {
  inputs: [{ name: 'x', type: 'float32', shape: ['n', 2] }],
  outputs: [{ name: 'y', type: 'float32', shape: ['n', 2] }],
  nodes: [
    { operator: 'Mul', inputs: ['x', 'two'], outputs: ['doubled'] },
    { operator: 'Sub', inputs: ['doubled', 'one'], outputs: ['less'] },
    { operator: 'Relu', inputs: ['less'], outputs: ['y'] },
  ],
  constants: [
    { name: 'two', dims: [1], data: Float32Array.of(2) },
    { name: 'one', dims: [1], data: Float32Array.of(1) },
  ],
}

async function opened(plan: NetworkPlan): Promise<Session> {
  const session = await openSession({ ...cpu, weights: encodeNetwork(plan) })
  if (!session.ok) throw new Error(JSON.stringify(session.fault))
  return session.value
}

async function failureOf(run: Promise<unknown>): Promise<unknown> {
  const cause = await run.catch((cause: unknown) => cause)
  return cause instanceof NetworkFailure ? cause.fault : cause
}

function casting(type: NetworkPlan['outputs'][number]['type'], to: number): NetworkPlan {
  return {
    inputs: [{ name: 'x', type: 'float32', shape: ['n'] }],
    outputs: [{ name: 'y', type, shape: ['n'] }],
    nodes: [{ operator: 'Cast', inputs: ['x'], outputs: ['y'], attributes: { to } }],
    constants: [],
  }
}

describe('a session', () => {
  test('says what the network takes and gives, and runs it', async () => {
    const session = await opened(relu)
    expect(session.inputs).toEqual([{ name: 'x', type: 'float32', shape: ['n', 2] }])
    expect(session.outputNames).toEqual(['y'])
    expect(session.provider).toBe('cpu')
    const x = { data: Float32Array.of(-1, 0, 1, 2), dims: [2, 2] }
    expect(await session.run({ x })).toEqual({
      y: { data: Float32Array.of(0, 0, 1, 3), dims: [2, 2] },
    })
    await session.release()
  })

  test('opens weights that lie within a larger buffer', async () => {
    const weights = encodeNetwork(relu)
    const larger = new Uint8Array(weights.length + 20)
    larger.set(weights, 7)
    const within = larger.subarray(7, 7 + weights.length)
    const session = await openSession({ ...cpu, weights: within })
    expect(session.ok && session.value.inputNames).toEqual(['x'])
  })

  test.each([
    { name: 'a missing input', inputs: {}, detail: 'input x is missing' },
    {
      name: 'an input it has not',
      inputs: {
        x: { data: new Float32Array(2), dims: [1, 2] },
        z: { data: new Float32Array(1), dims: [1] },
      },
      detail: 'there is no input z',
    },
    {
      name: 'another rank',
      inputs: { x: { data: new Float32Array(2), dims: [2] } },
      detail: 'input x is 2, the network takes n × 2',
    },
    {
      name: 'another size of a fixed side',
      inputs: { x: { data: new Float32Array(3), dims: [1, 3] } },
      detail: 'input x is 1 × 3, the network takes n × 2',
    },
    {
      name: 'too few values',
      inputs: { x: { data: new Float32Array(3), dims: [2, 2] } },
      detail: 'input x has 3 values for 2 × 2',
    },
  ])('refuses $name before it runs', async ({ inputs, detail }) => {
    const session = await opened(relu)
    expect(await failureOf(session.run(inputs))).toEqual({
      kind: 'inference-failed',
      model: 'tiny',
      detail,
    })
  })

  test.each([
    ['int64', 7],
    ['int32', 6],
    ['uint8', 2],
    ['float64', 11],
    ['float16', 10],
  ] as const)('gives %s as float32', async (type, to) => {
    const session = await opened(casting(type, to))
    const x = { data: Float32Array.of(0, 1, 2.5, 200), dims: [4] }
    const { y } = await session.run({ x })
    const whole = type.includes('int')
    expect(y?.data).toEqual(Float32Array.of(0, 1, whole ? 2 : 2.5, 200))
  })

  test('refuses whole numbers that float32 has not', async () => {
    const session = await opened(casting('int64', 7))
    const x = { data: Float32Array.of(2 ** 25), dims: [1] }
    expect(await failureOf(session.run({ x }))).toMatchObject({
      detail: 'output y holds int64 that no float32 can hold',
    })
  })

  test('refuses a network that wants something else than float32', async () => {
    const plan: NetworkPlan = {
      inputs: [{ name: 'x', type: 'int64', shape: ['n'] }],
      outputs: [{ name: 'y', type: 'int64', shape: ['n'] }],
      nodes: [{ operator: 'Identity', inputs: ['x'], outputs: ['y'] }],
      constants: [],
    }
    expect(await openSession({ ...cpu, weights: encodeNetwork(plan) })).toMatchObject({
      fault: { kind: 'inference-failed', detail: 'input x takes int64, not float32' },
    })
  })

  test('refuses bytes that are no network', async () => {
    const opened = await openSession({ ...cpu, weights: Uint8Array.of(1, 2, 3) })
    expect(opened).toMatchObject({ ok: false, fault: { kind: 'inference-failed', model: 'tiny' } })
  })

  test('an accelerator that is not there is a fault of the provider', async () => {
    const missing = process.platform === 'linux' ? 'dml' : 'cuda'
    const request = { ...cpu, weights: encodeNetwork(relu), providers: [missing, 'cpu'] as const }
    expect(await openSession(request)).toMatchObject({
      ok: false,
      fault: { kind: 'provider-failed', provider: missing },
    })
  })

  test('is of no use after it was released', async () => {
    const session = await opened(relu)
    await session.release()
    const x = { data: new Float32Array(2), dims: [1, 2] }
    expect(await failureOf(session.run({ x }))).toMatchObject({ kind: 'inference-failed' })
  })
})
