import { askChild, type ChildAnswer } from './ask-child.ts'
import { findGraphicsDevice, type GraphicsDevice } from './graphics-device.ts'
import { ProbeReply } from './probe-reply.ts'
import type { ProviderReport } from './providers.ts'
import { PROVIDER_NAMES, type ProviderName } from './provider-name.ts'
import { runtimeVersion } from './runtime-version.ts'
import { whyItFails, whyNotBuilt, type WhyNot } from './why-provider-fails.ts'

/** The first start of CUDA on a PC can take this long, while the driver compiles its kernels. */
const DEADLINE_MS = 60_000
/** The libraries of CUDA alone take two gigabytes. */
const MEMORY_BYTES = 6 * 2 ** 30

/** Of the largest value; half-precision arithmetic is off by less, a broken kernel by far more. */
const TOLERANCE = 5e-3

/**
 * Finds out which providers work on this PC, each in a child of its own.
 *
 * The CPU comes first: its child says which others this build of the runtime knows.
 */
export async function probeProviders(
  providers: readonly ProviderName[] = PROVIDER_NAMES,
): Promise<readonly ProviderReport[]> {
  const cpu = await askProbe('cpu')
  const built = cpu.ok ? cpu.reply.built : null
  const device = await findGraphicsDevice()
  const reports: ProviderReport[] = []
  for (const provider of providers) {
    if (provider === 'cpu') reports.push(reportOn(provider, cpu, null))
    else if (built?.includes(provider) === false) reports.push(notBuilt(provider))
    else reports.push(reportOn(provider, await askProbe(provider), device))
  }
  return reports
}

function askProbe(provider: ProviderName): Promise<ChildAnswer<ProbeReply>> {
  return askChild({
    entry: new URL('./probe-child.ts', import.meta.url),
    request: { provider },
    reply: ProbeReply,
    deadlineMs: DEADLINE_MS,
    memoryBytes: MEMORY_BYTES,
  })
}

function notBuilt(provider: ProviderName): ProviderReport {
  const whyNot = whyNotBuilt(provider, process.platform)
  return {
    provider,
    works: false,
    whyNot,
    version: runtimeVersion(),
    device: null,
    placement: {},
    checksum: null,
  }
}

/** What a child's answer says of a provider. */
export function reportOn(
  provider: ProviderName,
  answer: ChildAnswer<ProbeReply>,
  device: GraphicsDevice | null,
): ProviderReport {
  const version = answer.ok ? answer.reply.version : runtimeVersion()
  const whyNot = whyNotWorking(provider, answer)
  const works = whyNot === null
  const placement = answer.ok ? answer.reply.placement : {}
  const checksum = answer.ok && answer.reply.failure === null ? checksumOf(answer.reply.got) : null
  return { provider, works, whyNot, version, device: works ? device : null, placement, checksum }
}

function whyNotWorking(provider: ProviderName, answer: ChildAnswer<ProbeReply>): WhyNot | null {
  if (!answer.ok) {
    const how = "Renew the graphics card's driver, or leave it to the CPU."
    switch (answer.loss) {
      case 'deadline':
        return { what: `it did not answer within ${DEADLINE_MS / 1000} seconds`, how }
      case 'memory':
        return { what: `it took more than ${MEMORY_BYTES / 2 ** 30} GB of memory`, how }
      case 'ended':
        return whyItFails(provider, `it crashed (${answer.detail})`, answer.complaint)
    }
  }
  const { built, failure, placement, expected, got } = answer.reply
  if (!built.includes(provider)) return whyNotBuilt(provider, process.platform)
  if (failure !== null) return whyItFails(provider, failure, answer.complaint)
  const off = largestDifference(expected, got)
  if (off > TOLERANCE) {
    return {
      what: `it computes other numbers than the CPU (off by ${(100 * off).toFixed(1)} % of the largest)`,
      how: "Do not use it. Renew the graphics card's driver and look again.",
    }
  }
  const elsewhere = Object.keys(placement).filter(name => !isOf(name, provider))
  if (Object.keys(placement).length === 0 || elsewhere.length > 0) {
    return {
      what: `it left the work to ${elsewhere.join(', ') || 'nobody knows whom'}`,
      how: 'Leave it to the CPU.',
    }
  }
  return null
}

/** As a part of the largest expected value; infinite where anything is not a number. */
function largestDifference(expected: readonly number[], got: readonly number[]): number {
  if (expected.length === 0 || expected.length !== got.length) return Infinity
  const largest = Math.max(...expected.map(Math.abs))
  const differences = expected.map((value, i) => Math.abs(value - (got[i] ?? NaN)))
  return differences.some(Number.isNaN) ? Infinity : Math.max(...differences) / largest
}

function checksumOf(values: readonly number[]): number {
  return values.reduce((sum, value, i) => sum + value * (1 + (i % 7)), 0)
}

/** Whether the runtime's long name (`DmlExecutionProvider`, `WebGpuExecutionProvider`) is that of the provider. */
function isOf(longName: string, provider: ProviderName): boolean {
  return longName.toLowerCase().startsWith(provider)
}
