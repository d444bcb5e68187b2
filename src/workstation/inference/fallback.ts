import { fail, type Fault, ok, type Result } from '#core/fault.ts'
import type { NamedTensors, RunNetwork } from '#core/infer/tensor.ts'
import { NetworkFailure } from './network-failure.ts'
import type { ProviderName } from './provider-name.ts'
import type { PassedOver } from './providers.ts'
import type { Session, SessionRequest } from './session.ts'

/** A network that goes on, on the next provider, when the one that serves it fails. */
export interface SteadyNetwork {
  /** The one that serves now; after a change it stays with the new one. */
  readonly provider: ProviderName
  /** Those that were to serve, and why they do not. Records keep it beside the provider. */
  readonly passedOver: readonly PassedOver[]
  /** The session that serves now. */
  readonly session: Session
  /** Throws a `NetworkFailure` where the last provider fails too, or the inputs are not the network's. */
  readonly run: RunNetwork
  readonly release: () => Promise<void>
}

export type OpenSession = (request: SessionRequest) => Promise<Result<Session>>

/**
 * Opens a network on the first of the request's providers that takes it; the CPU is always the last.
 *
 * A run that fails in the middle of a plate is done again on the next provider, with the same inputs.
 */
export async function openWithFallback(
  request: SessionRequest,
  open: OpenSession,
): Promise<Result<SteadyNetwork>> {
  const waiting = [
    ...new Set([...request.providers.filter(name => name !== 'cpu'), 'cpu' as const]),
  ]
  const passedOver: PassedOver[] = []

  const next = async (): Promise<Result<Session>> => {
    for (let provider = waiting.shift(); provider !== undefined; provider = waiting.shift()) {
      const opened = await open({ ...request, providers: [provider] })
      if (opened.ok || waiting.length === 0) return opened
      passedOver.push({ provider, why: detailOf(opened.fault) })
    }
    return fail({ kind: 'inference-failed', model: request.model, detail: 'no provider is left' })
  }

  const first = await next()
  if (!first.ok) return first
  let session = first.value

  const run = async (inputs: NamedTensors): Promise<NamedTensors> => {
    for (;;) {
      try {
        return await session.run(inputs)
      } catch (cause) {
        if (!(cause instanceof NetworkFailure) || cause.blame === 'inputs') throw cause
        if (waiting.length === 0) throw cause
        passedOver.push({ provider: session.provider, why: detailOf(cause.fault) })
        await session.release()
        const opened = await next()
        if (!opened.ok) throw new NetworkFailure(opened.fault)
        session = opened.value
      }
    }
  }

  return ok({
    get provider() {
      return session.provider
    },
    get session() {
      return session
    },
    passedOver,
    run,
    release: () => session.release(),
  })
}

function detailOf(fault: Fault): string {
  return 'detail' in fault ? fault.detail : fault.kind
}
