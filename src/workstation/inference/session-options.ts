import type { ProviderName } from './provider-name.ts'

/**
 * Optimisations of the graph before it runs. Another level gives other bits, so there is one level and
 * records say it.
 */
export const OPTIMISATION_LEVEL = 'all'

/**
 * The options that the binding of ONNX Runtime 1.29 for Node acts on and we use.
 *
 * The runtime's own types allow many that are read by its browser builds only and do nothing here without a
 * word (`freeDimensionOverrides`, `enableGraphCapture`), and it ignores names it does not know.
 */
export interface SessionOptions {
  readonly executionProviders: readonly ProviderOption[]
  readonly intraOpNumThreads: number
  readonly interOpNumThreads: number
  readonly executionMode: 'sequential'
  readonly graphOptimizationLevel: typeof OPTIMISATION_LEVEL
  readonly enableCpuMemArena: boolean
  readonly enableMemPattern: boolean
  /** 3: errors only. */
  readonly logSeverityLevel: 3
  readonly enableProfiling?: boolean
  readonly profileFilePrefix?: string
  readonly extra: { readonly session: Readonly<Record<string, string | NestedEntry>> }
}

type NestedEntry = Readonly<Record<string, string>>

/** The device that `deviceId` names is the first of its kind. */
export interface ProviderOption {
  readonly name: ProviderName
  readonly deviceId?: number
}

export interface SessionWishes {
  readonly providers: readonly ProviderName[]
  /** Of the CPU; 1 or more. */
  readonly threads: number
  /** Kernels that give the same bits on every run, where the provider has them. */
  readonly deterministic: boolean
  /** Refuses to open where a node would be left to the CPU that an accelerator was asked for. */
  readonly wholly?: boolean
  /** What the name of the profile begins with; without it nothing is profiled. */
  readonly profile?: string
}

/** What the runtime is told for a session; the first provider is asked first for every node. */
export function sessionOptions(wishes: SessionWishes): SessionOptions {
  const { providers, threads, deterministic, wholly = false, profile } = wishes
  const options: SessionOptions = {
    executionProviders: providers.map(name =>
      name === 'cuda' || name === 'dml' ? { name, deviceId: 0 } : { name },
    ),
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    executionMode: 'sequential',
    graphOptimizationLevel: OPTIMISATION_LEVEL,
    // Without an arena half of the time goes into fetching pages from the system; tiles bound what it keeps.
    enableCpuMemArena: true,
    // DirectML refuses patterns.
    enableMemPattern: false,
    logSeverityLevel: 3,
    ...(profile === undefined ? {} : { enableProfiling: true, profileFilePrefix: profile }),
    extra: {
      session: {
        // Threads that wait for work would take the cores of the other workers.
        intra_op: { allow_spinning: '0' },
        ...(deterministic ? { use_deterministic_compute: '1' } : {}),
        ...(wholly ? { disable_cpu_ep_fallback: '1' } : {}),
      },
    },
  }
  refuseUnread(options)
  return options
}

/** Keys that the native code of the binding was seen to read. */
const READ: ReadonlySet<string> = new Set([
  'executionProviders',
  'intraOpNumThreads',
  'interOpNumThreads',
  'executionMode',
  'graphOptimizationLevel',
  'enableCpuMemArena',
  'enableMemPattern',
  'logSeverityLevel',
  'enableProfiling',
  'profileFilePrefix',
  'extra',
])

/** Entries of the configuration that the library itself holds as strings. */
const READ_ENTRIES: ReadonlySet<string> = new Set([
  'session.intra_op.allow_spinning',
  'session.use_deterministic_compute',
  'session.disable_cpu_ep_fallback',
])

/**
 * Throws over an option that the runtime would ignore without a word, or a number of threads it would take for
 * something else (0 stands for all cores).
 */
export function refuseUnread(options: Readonly<Record<string, unknown>> | SessionOptions): void {
  for (const [name, value] of Object.entries(options)) {
    if (!READ.has(name)) throw new Error(`ONNX Runtime for Node ignores the option ${name}`)
    if (name === 'extra') refuseUnreadEntries('', value)
    if (name === 'intraOpNumThreads' && !(Number.isInteger(value) && Number(value) >= 1)) {
      throw new Error(`${String(value)} threads cannot run a network`)
    }
  }
}

function refuseUnreadEntries(prefix: string, entries: unknown): void {
  if (typeof entries !== 'object' || entries === null) {
    throw new Error('Entries of the configuration come as an object')
  }
  for (const [name, value] of Object.entries(entries)) {
    const key = `${prefix}${name}`
    if (typeof value === 'object') refuseUnreadEntries(`${key}.`, value)
    else if (typeof value !== 'string') throw new Error(`The entry ${key} has to be text`)
    else if (!READ_ENTRIES.has(key)) throw new Error(`ONNX Runtime ignores the entry ${key}`)
  }
}
