import type { GraphicsDevice } from './graphics-device.ts'
import type { NodePlacement } from './node-placement.ts'
import type { ProviderName } from './provider-name.ts'

/** Whether a provider works on this PC, as seen by running networks on it. */
export interface ProviderReport {
  readonly provider: ProviderName
  readonly works: boolean
  /** What keeps it from working, then what to do; null where it works. */
  readonly whyNot: { readonly what: string; readonly how: string } | null
  /** Of the runtime. */
  readonly version: string
  /** The graphics card and its driver; null for the CPU, and where the system does not tell. */
  readonly device: GraphicsDevice | null
  /** Where the nodes of the network ran. */
  readonly placement: NodePlacement
  /** Of what the networks gave, each value times 1 + its place modulo 7; null where they did not run. */
  readonly checksum: number | null
}

/** The providers to try in order, and those that were asked for in vain. */
export interface ProviderChoice {
  /** Ends with the CPU. */
  readonly providers: readonly ProviderName[]
  readonly passedOver: readonly PassedOver[]
}

/** A provider that was to serve, and why another one did. */
export interface PassedOver {
  readonly provider: ProviderName
  readonly why: string
}

/** Which of the providers that a recipe asks for are tried on a PC with these reports. */
export function chooseProviders(
  asked: readonly ProviderName[],
  reports: readonly ProviderReport[],
): ProviderChoice {
  const providers: ProviderName[] = []
  const passedOver: PassedOver[] = []
  for (const provider of new Set([...asked.filter(name => name !== 'cpu'), 'cpu' as const])) {
    const report = reports.find(report => report.provider === provider)
    if (provider === 'cpu' || report?.works === true) providers.push(provider)
    else passedOver.push({ provider, why: report?.whyNot?.what ?? 'not found on this PC' })
  }
  return { providers, passedOver }
}
