import type { InferenceSession as Native } from 'onnxruntime-node'
import { fail, ok, type Result } from '#core/fault.ts'
import type { NamedTensors, RunNetwork, Tensor } from '#core/infer/tensor.ts'
import { NetworkFailure } from './network-failure.ts'
import type { ProviderName } from './provider-name.ts'
import { InferenceSession, listSupportedBackends, Tensor as RuntimeTensor } from './runtime.ts'
import { runtimeComplaint } from './runtime-complaint.ts'
import { sessionOptions, type SessionWishes } from './session-options.ts'
import { toFloat32 } from './to-float32.ts'

export interface SessionRequest extends SessionWishes {
  /** What faults call the network. */
  readonly model: string
  /** The ONNX file. Weights kept in further files were refused when the package was read. */
  readonly weights: Uint8Array
}

/** What a network says of an input or output. */
export interface Port {
  readonly name: string
  /** As the runtime names it: `float32`, `int64`, … */
  readonly type: string
  /** A number, or the name of a size that is known when the network runs. Empty where the rank is not known. */
  readonly shape: readonly (number | string)[]
}

/** A network in memory, ready to run. */
export interface Session {
  /** The first of those asked: it opened, or there would be no session. */
  readonly provider: ProviderName
  readonly providersAsked: readonly ProviderName[]
  readonly inputNames: readonly string[]
  readonly outputNames: readonly string[]
  readonly inputs: readonly Port[]
  readonly outputs: readonly Port[]
  /** Runs to the end and blocks this process while it does. Throws a `NetworkFailure` (`inference-failed`). */
  readonly run: RunNetwork
  /** Writes the profile, where one was wished for. */
  readonly endProfile: () => void
  /** Gives the memory back; the session is of no use afterwards. */
  readonly release: () => Promise<void>
}

/**
 * Opens a network on the first of `providers`; nodes that it cannot run go to the next, and in the end to the CPU.
 *
 * Faults: `provider-failed` where the first provider is not the CPU (the CPU may still do), else
 * `inference-failed`: bytes that are no network, or inputs and outputs that are not numbers.
 *
 * Bits: the CPU gives the same for any number of threads, in a new session and in another process, while
 * runtime, level of optimisation and instruction set are the same. The authors of the runtime promise nothing,
 * so our tests hold it for the networks we ship. Accelerators are compared within tolerances.
 */
export async function openSession(request: SessionRequest): Promise<Result<Session>> {
  const { model, weights, providers } = request
  const [provider = 'cpu'] = providers
  // The runtime itself would drop what it does not know and go on with the rest.
  const built = listSupportedBackends().map(({ name }) => name)
  if (!built.includes(provider)) {
    const detail = 'ONNX Runtime has none on this system'
    return fail({ kind: 'provider-failed', provider, detail })
  }
  const others = providers.slice(1).filter(name => built.includes(name))
  const options = sessionOptions({ ...request, providers: [provider, ...others] })
  let native: Native
  try {
    native = await InferenceSession.create(weights, { ...options })
  } catch (cause) {
    const detail = runtimeComplaint(cause)
    return provider === 'cpu'
      ? fail({ kind: 'inference-failed', model, detail })
      : fail({ kind: 'provider-failed', provider, detail })
  }
  const inputs = portsOf(native.inputMetadata)
  const outputs = portsOf(native.outputMetadata)
  const unfit = whyUnfit(inputs, outputs)
  if (unfit !== null) {
    await native.release()
    return fail({ kind: 'inference-failed', model, detail: unfit })
  }
  return ok({
    provider,
    providersAsked: providers,
    inputNames: native.inputNames,
    outputNames: native.outputNames,
    inputs,
    outputs,
    run: values => runOnce(model, native, inputs, values),
    endProfile: () => native.endProfiling(),
    release: () => native.release(),
  })
}

function portsOf(metadata: readonly Native.ValueMetadata[]): readonly Port[] {
  return metadata.map(value =>
    value.isTensor
      ? { name: value.name, type: value.type, shape: value.shape }
      : { name: value.name, type: 'no tensor', shape: [] },
  )
}

/** Why a network cannot be fed or read with numbers, or null. */
function whyUnfit(inputs: readonly Port[], outputs: readonly Port[]): string | null {
  const input = inputs.find(({ type }) => type !== 'float32')
  if (input !== undefined) return `input ${input.name} takes ${input.type}, not float32`
  const output = outputs.find(({ type }) => type === 'no tensor' || type === 'string')
  return output === undefined ? null : `output ${output.name} is ${output.type}`
}

async function runOnce(
  model: string,
  native: Native,
  inputs: readonly Port[],
  values: NamedTensors,
): Promise<NamedTensors> {
  const wrong = whyNotAccepted(inputs, values)
  if (wrong !== null) throw failure(model, wrong, 'inputs')
  const feeds = Object.fromEntries(
    Object.entries(values).map(([name, { data, dims }]) => [
      name,
      new RuntimeTensor('float32', data, dims),
    ]),
  )
  let results: Native.ReturnType
  try {
    results = await native.run(feeds)
  } catch (cause) {
    throw failure(model, runtimeComplaint(cause))
  }
  const outputs: Record<string, Tensor> = {}
  for (const [name, { type, data, dims }] of Object.entries(results)) {
    const numbers = toFloat32(type, data)
    if (numbers === null) {
      throw failure(model, `output ${name} holds ${type} that no float32 can hold`)
    }
    outputs[name] = { data: numbers, dims }
  }
  return outputs
}

function failure(
  model: string,
  detail: string,
  blame: NetworkFailure['blame'] = 'run',
): NetworkFailure {
  return new NetworkFailure({ kind: 'inference-failed', model, detail }, blame)
}

/** What is wrong with the values for a run, or null. */
function whyNotAccepted(inputs: readonly Port[], values: NamedTensors): string | null {
  const unknown = Object.keys(values).find(name => !inputs.some(input => input.name === name))
  if (unknown !== undefined) return `there is no input ${unknown}`
  for (const { name, shape } of inputs) {
    const value = values[name]
    if (value === undefined) return `input ${name} is missing`
    const { data, dims } = value
    const size = dims.reduce((product, side) => product * side, 1)
    if (!dims.every(side => Number.isInteger(side) && side >= 0) || size !== data.length) {
      return `input ${name} has ${data.length} values for ${dims.join(' × ')}`
    }
    const fits =
      shape.length === 0 ||
      (shape.length === dims.length &&
        shape.every((side, i) => typeof side === 'string' || side === dims[i]))
    if (!fits) return `input ${name} is ${dims.join(' × ')}, the network takes ${shape.join(' × ')}`
  }
  return null
}
