import { ok, type Result } from '#core/fault.ts'
import type { InferenceEnvironment } from '../environment.ts'
import { environment, environmentKey } from '../environment.ts'
import { probeProviders } from '../probe-providers.ts'
import { chooseProviders, type ProviderReport } from '../providers.ts'
import type { ProviderName } from '../provider-name.ts'
import { scanNetwork } from '../scan-network.ts'
import { testModel, USUAL_BUDGET, type TestReport } from '../test-model.ts'
import type { KeptReport } from './kept-report.ts'
import { openPackage } from './open-package.ts'
import type { Environment, OpenPackage, Proof, ProvingBench } from './proving-bench.ts'
import { toleranceText } from './tensor-line.ts'

interface Serving {
  readonly provider: ProviderName
  readonly reports: readonly ProviderReport[]
}

/**
 * Proves networks on this PC, on the first of the providers that works here; the CPU always does.
 *
 * Providers are probed once, when somebody first asks.
 */
export function localBench(asked: readonly ProviderName[] = ['cpu']): ProvingBench {
  let known: Promise<Serving> | null = null
  const serving = (): Promise<Serving> => (known ??= findServing(asked))

  return {
    async environment() {
      const { provider, reports } = await serving()
      return nameEnvironment(environment(provider, 1, reports))
    },

    async onCpu() {
      return (await serving()).provider === 'cpu' ? null : localBench()
    },

    read: readAndScan,

    async prove({ description, pathOf }) {
      const plan = { description, pathOf, budget: USUAL_BUDGET, ...(await serving()) }
      const tested = await testModel(plan)
      return tested.ok ? ok(proofOf(tested.value)) : tested
    },
  }
}

async function findServing(asked: readonly ProviderName[]): Promise<Serving> {
  // The CPU needs no probe: a test that fails on it says so by itself.
  const others = asked.filter(name => name !== 'cpu')
  const reports = others.length === 0 ? [] : await probeProviders(others)
  const [provider = 'cpu'] = chooseProviders(asked, reports).providers
  return { provider, reports }
}

/** A package, its files, and what its network says of itself: nothing of it has been run. */
async function readAndScan(path: string): Promise<Result<OpenPackage>> {
  const read = await openPackage(path)
  if (!read.ok) return read
  const { description, pathOf, close } = read.value
  const { source } = description.weights
  const scanned = await scanNetwork(pathOf(source), `${path}: ${source}`)
  if (scanned.ok) return read
  await close()
  return scanned
}

function proofOf(report: TestReport): Proof {
  const { passed, provider, seconds, peakMegabytes, stochastic } = report
  const { key, text } = nameEnvironment(report.environment)
  const kept: KeptReport = {
    environment: text,
    seconds,
    peakMegabytes,
    stochastic,
    sizesTried: report.sizesTried.map(({ size, wrong }) => ({ size, wrong })),
    outputs: report.outputs.map(({ id, compared, mismatched, worst, tolerance, why }) => ({
      id,
      compared,
      mismatched,
      worst,
      tolerance: toleranceText(tolerance),
      why,
    })),
  }
  return { environment: key, provider, passed, report: kept }
}

/** `ONNX Runtime 1.29.0, cpu, Intel Xeon, linux x64` */
function nameEnvironment(found: InferenceEnvironment): Environment {
  const { version, provider, device, processor, system } = found
  const parts = [`ONNX Runtime ${version}`, provider, device?.name, processor, system]
  const text = parts.filter(part => part !== undefined).join(', ')
  return { key: environmentKey(found), text }
}
