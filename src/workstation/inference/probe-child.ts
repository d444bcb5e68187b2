import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import type { Result } from '#core/fault.ts'
import { Provider } from '#core/infer/inference-params.ts'
import type { NamedTensors } from '#core/infer/tensor.ts'
import { answerParent } from './answer-parent.ts'
import { NetworkFailure } from './network-failure.ts'
import { readPlacement, type NodePlacement } from './node-placement.ts'
import { convolutions, oneNode, type ProbeNetwork } from './probe-networks.ts'
import type { ProbeReply } from './probe-reply.ts'
import type { ProviderName } from './provider-name.ts'
import { listSupportedBackends, RUNTIME_VERSION } from './runtime.ts'
import { openSession } from './session.ts'

// The entry of a child that finds out whether a provider works.
answerParent(z.object({ provider: Provider }), ({ provider }) => probe(provider))

async function probe(provider: ProviderName): Promise<ProbeReply> {
  const built = listSupportedBackends().map(({ name }) => name)
  const version = RUNTIME_VERSION
  if (!built.includes(provider)) {
    return { built, version, failure: 'not in this build', placement: {}, expected: [], got: [] }
  }
  const expected: number[] = []
  const got: number[] = []
  let placement: NodePlacement = {}
  for (const network of [oneNode(), convolutions()]) {
    const reference = await run(network, 'cpu')
    const served = await run(network, provider)
    if (!reference.ok || !served.ok) {
      const fault = served.ok ? reference : served
      const failure = `${network.name}: ${'fault' in fault ? detailOf(fault.fault) : ''}`
      return { built, version, failure, placement, expected, got }
    }
    expected.push(...valuesOf(reference.value.outputs))
    got.push(...valuesOf(served.value.outputs))
    placement = served.value.placement
  }
  return { built, version, failure: null, placement, expected, got }
}

interface Ran {
  readonly outputs: NamedTensors
  readonly placement: NodePlacement
}

/** Runs with no help of the CPU, so that an accelerator that serves is known to have done it all. */
async function run(
  { name, weights, inputs }: ProbeNetwork,
  provider: ProviderName,
): Promise<Result<Ran>> {
  const folder = mkdtempSync(join(tmpdir(), 'parfocal-probe-'))
  const profile = join(folder, 'profile')
  try {
    const session = await openSession({
      model: name,
      weights,
      providers: [provider],
      threads: 1,
      deterministic: true,
      wholly: provider !== 'cpu',
      profile,
    })
    if (!session.ok) return session
    const outputs = await session.value.run(inputs)
    session.value.endProfile()
    return { ok: true, value: { outputs, placement: readPlacement(profile) } }
  } catch (cause) {
    if (cause instanceof NetworkFailure) return { ok: false, fault: cause.fault }
    throw cause
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function valuesOf(tensors: NamedTensors): readonly number[] {
  return Object.values(tensors).flatMap(({ data }) => [...data])
}

function detailOf(
  fault: { readonly kind: string } & ({ readonly detail?: string } | object),
): string {
  return 'detail' in fault && typeof fault.detail === 'string' ? fault.detail : fault.kind
}
