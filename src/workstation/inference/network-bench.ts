import { readFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { fail, ok, type Result } from '#core/fault.ts'
import type { Provider } from '#core/infer/inference-params.ts'
import type { ModelDescription } from '#core/infer/model-description.ts'
import type { RunNetwork } from '#core/infer/tensor.ts'
import type { NetworkFile } from '../analysis/job.ts'
import { digestOfBytes } from '../record/digest.ts'
import { openWithFallback } from './fallback.ts'
import { namedRun } from './named-run.ts'
import { runtimeVersion } from './runtime-version.ts'
import { OPTIMISATION_LEVEL } from './session-options.ts'

/** A network in the memory of this process. */
export interface OpenNetwork {
  readonly description: ModelDescription
  readonly run: RunNetwork
  /** What runs it now. */
  served(): ServedBy
  release(): Promise<void>
}

export interface ServedBy {
  readonly provider: Provider
  readonly threads: number
  readonly runtime: string
  /** Why it is not the provider that was asked for first; null where it is. */
  readonly fellBack: string | null
}

/** The networks that a worker keeps open from one field to the next. */
export interface NetworkBench {
  /** Opens networks, or finds them open. Those that were not asked for are given up. */
  open(
    files: readonly NetworkFile[],
    providers: readonly Provider[],
  ): Promise<Result<readonly OpenNetwork[]>>
}

/** What runs networks, and how far it may rewrite them first. */
const RUNTIME = `onnxruntime-node ${runtimeVersion()}, optimisation ${OPTIMISATION_LEVEL}`

/** Cores beyond these make one network hardly faster, and other workers want them. */
const MOST_THREADS = 4

export function createNetworkBench(
  threads = Math.min(MOST_THREADS, availableParallelism()),
): NetworkBench {
  let kept = new Map<string, OpenNetwork>()

  async function openFile(
    file: NetworkFile,
    providers: readonly Provider[],
  ): Promise<Result<OpenNetwork>> {
    const { reference, weights, description } = file
    const bytes = await readFile(weights.path)
    if (digestOfBytes(bytes) !== weights.sha256) {
      const detail = 'its weights are not those that were registered'
      return fail({ kind: 'model-not-usable', model: reference, detail })
    }
    // Loads the runtime, which a worker that only judges never needs.
    const { openSession } = await import('./session.ts')
    const request = { model: reference, weights: bytes, threads, deterministic: true }
    const opened = await openWithFallback({ ...request, providers }, openSession)
    if (!opened.ok) return opened
    const network = opened.value
    const named = namedRun(network.session, description, network.run)
    if (!named.ok) {
      await network.release()
      return named
    }
    return ok({
      description,
      run: named.value,
      release: network.release,
      served() {
        const { provider, passedOver } = network
        const why = passedOver.map(({ provider: other, why }) => `${other}: ${why}`)
        const fellBack = why.length === 0 ? null : why.join('; ')
        return { provider, threads, runtime: RUNTIME, fellBack }
      },
    })
  }

  return {
    async open(files, providers) {
      const open = new Map<string, OpenNetwork>()
      // By reference too: the same weights may come with another temperature.
      const nameOf = ({ reference, weights }: NetworkFile): string =>
        `${reference} ${weights.sha256} ${providers.join(' ')}`
      for (const file of files) {
        const name = nameOf(file)
        const known = open.get(name) ?? kept.get(name)
        const opened = known === undefined ? await openFile(file, providers) : ok(known)
        if (!opened.ok) {
          await releaseMissing(open, kept)
          return opened
        }
        open.set(name, opened.value)
      }
      await releaseMissing(kept, open)
      kept = open
      return ok(files.map(file => open.get(nameOf(file))!))
    },
  }
}

/** Gives up those of `networks` that are not among `others`. */
async function releaseMissing(
  networks: ReadonlyMap<string, OpenNetwork>,
  others: ReadonlyMap<string, OpenNetwork>,
): Promise<void> {
  for (const [name, network] of networks) if (!others.has(name)) await network.release()
}
