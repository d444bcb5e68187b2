import { fail, ok, type Result } from '#core/fault.ts'
import type { ModelDescription } from '#core/infer/model-description.ts'
import { askChild } from './ask-child.ts'
import type { TensorComparison } from './compare-tensors.ts'
import { environment, type InferenceEnvironment } from './environment.ts'
import type { ProviderReport } from './providers.ts'
import type { ProviderName } from './provider-name.ts'
import { TestReply, type TestRequest } from './test-reply.ts'

/** A network to test, and how much it may take. */
export interface ModelTestPlan {
  readonly description: ModelDescription
  /** Where a file lies that the description names: the weights and the test tensors. */
  readonly pathOf: (name: string) => string
  readonly provider: ProviderName
  readonly budget: {
    /** For everything, the start of the process included. */
    readonly seconds: number
    /** Largest resident memory. */
    readonly megabytes: number
  }
  /** Of the CPU; 1 where it is not said. */
  readonly threads?: number
  /** What is known of providers, for the environment in the report. */
  readonly reports?: readonly ProviderReport[]
}

/** What a network gave for its own test tensors on this PC. */
export interface TestReport {
  /** Whether every output agrees within its tolerance and every size that was tried can be run. */
  readonly passed: boolean
  readonly outputs: readonly TensorComparison[]
  readonly seconds: number
  readonly peakMegabytes: number
  readonly provider: ProviderName
  readonly environment: InferenceEnvironment
  /** Whether two runs with equal inputs gave other bits. */
  readonly stochastic: boolean
  /** Other sizes that the description allows, and what went wrong there; null where nothing did. */
  readonly sizesTried: readonly { readonly size: string; readonly wrong: string | null }[]
}

/** For a network of 100 MB on images of 1,000 pixels a side there is room to spare. */
export const USUAL_BUDGET = { seconds: 120, megabytes: 4096 } as const

/**
 * Runs a network for the first time, in a child that is ended when it loops, crashes or eats memory.
 *
 * Faults: `model-refused` where that happens or the network cannot be run at all, `provider-failed` where the provider
 * is of no use. A network that gives other numbers than it should is no fault but a report that did not pass.
 */
export async function testModel(plan: ModelTestPlan): Promise<Result<TestReport>> {
  const { description, pathOf, provider, budget, threads = 1, reports = [] } = plan
  const path = pathOf(description.weights.source)
  const started = performance.now()
  const answer = await askChild({
    entry: new URL('./test-child.ts', import.meta.url),
    request: {
      description,
      paths: new Map(namesIn(description).map(name => [name, pathOf(name)])),
      provider,
      threads,
    } satisfies TestRequest,
    reply: TestReply,
    deadlineMs: budget.seconds * 1000,
    memoryBytes: budget.megabytes * 2 ** 20,
  })
  const refuse = (detail: string) => fail({ kind: 'model-refused', path, detail } as const)
  if (!answer.ok) {
    switch (answer.loss) {
      case 'deadline':
        return refuse(`its test did not end within ${budget.seconds} seconds`)
      case 'memory':
        return refuse(`its test took more than ${budget.megabytes} MB of memory`)
      case 'ended':
        return refuse(`its test crashed (${answer.detail})`)
    }
  }
  const { reply } = answer
  if (reply.kind === 'refused') return refuse(reply.detail)
  if (reply.kind === 'provider')
    return fail({ kind: 'provider-failed', provider, detail: reply.detail })
  const { outputs, stochastic, sizesTried, peakMegabytes } = reply
  const passed =
    outputs.every(output => output.passed) && sizesTried.every(({ wrong }) => wrong === null)
  return ok({
    passed,
    outputs,
    seconds: (performance.now() - started) / 1000,
    peakMegabytes,
    provider,
    environment: environment(provider, threads, reports),
    stochastic,
    sizesTried,
  })
}

function namesIn({ weights, inputs, outputs }: ModelDescription): readonly string[] {
  const tensors = [...inputs, ...outputs].flatMap(({ testTensor }) => testTensor?.source ?? [])
  return [weights.source, ...tensors]
}
