import { arch, cpus } from 'node:os'
import type { Sha256 } from '#core/brand.ts'
import { hashOf } from '#core/canonical.ts'
import type { GraphicsDevice } from './graphics-device.ts'
import { processorFeatures } from './processor-features.ts'
import type { ProviderReport } from './providers.ts'
import type { ProviderName } from './provider-name.ts'
import { runtimeVersion } from './runtime-version.ts'
import { OPTIMISATION_LEVEL } from './session-options.ts'

/**
 * What a prediction was computed by and on.
 *
 * On the CPU, equal environments give equal bits, whatever the number of threads; on other providers,
 * and between environments, only tolerances hold.
 */
export interface InferenceEnvironment {
  readonly runtime: 'onnxruntime-node'
  readonly version: string
  readonly provider: ProviderName
  /** Of the CPU, for one network. */
  readonly threads: number
  readonly optimisation: string
  readonly system: string
  readonly processor: string
  /** Instruction sets that choose kernels; null where the system does not list them. */
  readonly features: readonly string[] | null
  /** Null for the CPU, and where the system does not tell. */
  readonly device: GraphicsDevice | null
}

/** The environment of a provider, as it is recorded with predictions. */
export function environment(
  provider: ProviderName,
  threads: number,
  reports: readonly Pick<ProviderReport, 'provider' | 'device'>[] = [],
): InferenceEnvironment {
  return {
    runtime: 'onnxruntime-node',
    version: runtimeVersion(),
    provider,
    threads,
    optimisation: OPTIMISATION_LEVEL,
    system: `${process.platform} ${arch()}`,
    processor: cpus()[0]?.model ?? 'unknown',
    features: processorFeatures(),
    device: reports.find(report => report.provider === provider)?.device ?? null,
  }
}

/**
 * Names an environment; another name means that test tensors have to be run again.
 *
 * The number of threads is left out, as it changes no bit.
 */
export function environmentKey({ threads: _, ...environment }: InferenceEnvironment): Sha256 {
  return hashOf({
    ...environment,
    device: environment.device === null ? null : { ...environment.device },
  })
}
