import { describe, expect, test } from 'vitest'
import { fail, ok } from '../../../src/core/fault.ts'
import { openWithFallback, type OpenSession } from '../../../src/workstation/inference/fallback.ts'
import { NetworkFailure } from '../../../src/workstation/inference/network-failure.ts'
import type { ProviderName } from '../../../src/workstation/inference/provider-name.ts'

const x = { data: Float32Array.of(1), dims: [1] }

const request = {
  model: 'nuclei',
  weights: new Uint8Array(),
  providers: ['cuda', 'webgpu', 'cpu'],
  threads: 1,
  deterministic: true,
} as const

function failure(detail: string, blame: 'inputs' | 'run' = 'run'): NetworkFailure {
  return new NetworkFailure({ kind: 'inference-failed', model: 'nuclei', detail }, blame)
}

/** A runtime whose providers open or run as they are told, and which keeps a diary. */
function runtime(
  opens: (provider: ProviderName) => boolean,
  run: (provider: ProviderName, turn: number) => void,
) {
  const diary: string[] = []
  let turn = 0
  const open: OpenSession = async ({ providers: [provider = 'cpu'] }) => {
    diary.push(`open ${provider}`)
    if (!opens(provider)) return fail({ kind: 'provider-failed', provider, detail: 'no card' })
    return ok({
      provider,
      providersAsked: [provider],
      inputNames: ['x'],
      outputNames: ['y'],
      inputs: [],
      outputs: [],
      run: async inputs => {
        diary.push(`run ${provider}`)
        run(provider, (turn += 1))
        return { y: inputs['x']! }
      },
      endProfile: () => undefined,
      release: async () => void diary.push(`release ${provider}`),
    })
  }
  return { open, diary }
}

async function opened(open: OpenSession) {
  const network = await openWithFallback(request, open)
  if (!network.ok) throw new Error(network.fault.kind)
  return network.value
}

describe('a network', () => {
  test('is served by the first provider that opens, and says why not by those before', async () => {
    const { open } = runtime(
      provider => provider !== 'cuda',
      () => undefined,
    )
    const network = await opened(open)
    expect(network.provider).toBe('webgpu')
    expect(network.passedOver).toEqual([{ provider: 'cuda', why: 'no card' }])
  })

  test('goes on where it was when its provider fails in the middle of a plate, and stays there', async () => {
    const { open, diary } = runtime(
      () => true,
      (provider, turn) => {
        if (provider === 'cuda' && turn === 2) throw failure('out of memory')
      },
    )
    const network = await opened(open)
    for (let field = 0; field < 3; field += 1) expect(await network.run({ x })).toEqual({ y: x })
    expect(diary).toEqual([
      'open cuda',
      'run cuda',
      'run cuda',
      'release cuda',
      'open webgpu',
      'run webgpu',
      'run webgpu',
    ])
    expect(network.provider).toBe('webgpu')
    expect(network.passedOver).toEqual([{ provider: 'cuda', why: 'out of memory' }])
  })

  test('ends on the CPU, also where nobody asked for it', async () => {
    const { open } = runtime(
      provider => provider === 'cpu',
      () => undefined,
    )
    const network = await openWithFallback({ ...request, providers: ['cuda'] }, open)
    expect(network.ok && network.value.provider).toBe('cpu')
  })

  test('fails when the CPU fails too', async () => {
    const { open } = runtime(
      provider => provider === 'cpu',
      () => {
        throw failure('bad graph')
      },
    )
    const network = await opened(open)
    await expect(network.run({ x })).rejects.toMatchObject({ fault: { detail: 'bad graph' } })
    expect(network.provider).toBe('cpu')
  })

  test('does not leave a provider over inputs that are not its own', async () => {
    const { open } = runtime(
      () => true,
      () => {
        throw failure('input z is missing', 'inputs')
      },
    )
    const network = await opened(open)
    await expect(network.run({ x })).rejects.toBeInstanceOf(NetworkFailure)
    expect(network.provider).toBe('cuda')
  })

  test('that no provider opens is the fault of the CPU', async () => {
    const { open } = runtime(
      () => false,
      () => undefined,
    )
    expect(await openWithFallback(request, open)).toMatchObject({
      ok: false,
      fault: { provider: 'cpu' },
    })
  })
})
