import { applyProcessing } from '#core/infer/apply-processing.ts'
import type { ModelDescription, TensorDescription } from '#core/infer/model-description.ts'
import type { NamedTensors, RunNetwork, Tensor } from '#core/infer/tensor.ts'
import { compareTensors, type TensorComparison } from './compare-tensors.ts'
import { matchPorts } from './match-ports.ts'
import { NetworkFailure } from './network-failure.ts'
import { lengthOf, otherSizes, repeatTo, sizeText, type NamedSizes } from './other-sizes.ts'

/** What a network gave for its own test tensors. */
export interface Proof {
  readonly outputs: readonly TensorComparison[]
  /** Whether two runs with equal inputs gave other bits. */
  readonly stochastic: boolean
  /** Other sizes that the description allows, and what went wrong there; null where nothing did. */
  readonly sizesTried: readonly { readonly size: string; readonly wrong: string | null }[]
}

/** A network in memory, as far as a proof needs it. */
export interface ProvableSession {
  readonly inputNames: readonly string[]
  readonly outputNames: readonly string[]
  readonly run: RunNetwork
}

/**
 * Runs a network on its test tensors, which are before preprocessing and after postprocessing, and on other
 * sizes that its description allows.
 *
 * @param inputs and expected outputs by the ids of the description
 * @throws NetworkFailure where it cannot be run on its test tensors
 */
export async function proveNetwork(
  session: ProvableSession,
  description: ModelDescription,
  inputs: NamedTensors,
  expected: NamedTensors,
): Promise<Proof> {
  const ports = portsOf(session, description)
  const raw = await session.run(ports.feed(inputs))
  const again = await session.run(ports.feed(inputs))
  const got = ports.read(raw, inputs)
  const comparisons = description.outputs
    .filter(({ id }) => expected[id] !== undefined)
    .map(({ id }) => compareTensors(id, expected[id]!, got[id]!, description.tolerances))
  const sizesTried: { size: string; wrong: string | null }[] = []
  for (const sizes of otherSizes(description.inputs, inputs)) {
    const wrong = await whatGoesWrong(session, ports, description, inputs, sizes)
    sizesTried.push({ size: sizeText(sizes), wrong })
  }
  return { outputs: comparisons, stochastic: !sameBits(raw, again), sizesTried }
}

interface Ports {
  /** What the network is given for tensors before preprocessing. */
  readonly feed: (inputs: NamedTensors) => NamedTensors
  /** Outputs after postprocessing, by the ids of the description. */
  readonly read: (outputs: NamedTensors, inputs: NamedTensors) => NamedTensors
}

function portsOf(session: ProvableSession, { id, inputs, outputs }: ModelDescription): Ports {
  const given = matchPorts(
    inputs.map(input => input.id),
    session.inputNames,
  )
  const taken = matchPorts(
    outputs.map(output => output.id),
    session.outputNames,
  )
  if (given === null || taken === null) {
    const [side, described, real] =
      given === null
        ? ['inputs', inputs.length, session.inputNames.length]
        : ['outputs', outputs.length, session.outputNames.length]
    const detail = `it has ${real} ${side}, its description says ${described}`
    throw new NetworkFailure({ kind: 'inference-failed', model: id, detail })
  }
  const axes = Object.fromEntries([...inputs, ...outputs].map(tensor => [tensor.id, tensor.axes]))
  const process = (tensor: TensorDescription, value: Tensor, named: NamedTensors): Tensor =>
    applyProcessing(value, tensor.axes, tensor.processing, named, axes)
  return {
    feed: values =>
      Object.fromEntries(
        inputs.map(input => [given.get(input.id)!, process(input, values[input.id]!, values)]),
      ),
    read: (results, values) => {
      const named = { ...values }
      for (const output of outputs) named[output.id] = results[taken.get(output.id)!]!
      return Object.fromEntries(
        outputs.map(output => [output.id, process(output, named[output.id]!, named)]),
      )
    },
  }
}

/** What is wrong with the outputs for inputs of another size, or null. */
async function whatGoesWrong(
  session: ProvableSession,
  ports: Ports,
  { inputs: described, outputs }: ModelDescription,
  tested: NamedTensors,
  sizes: NamedSizes,
): Promise<string | null> {
  const inputs = Object.fromEntries(
    described.map(({ id }) => [id, repeatTo(tested[id]!, sizes[id]!)]),
  )
  try {
    const got = ports.read(await session.run(ports.feed(inputs)), inputs)
    for (const { id, axes } of outputs) {
      const { data, dims } = got[id]!
      const wanted = axes.map((axis, i) => lengthOf(axis, described, sizes) ?? dims[i])
      if (wanted.join() !== dims.join()) {
        return `${id} is ${dims.join(' × ')} instead of ${wanted.join(' × ')}`
      }
      if (!data.every(Number.isFinite)) return `${id} holds values that are no numbers`
    }
    return null
  } catch (cause) {
    if (cause instanceof RangeError) return cause.message
    if (!(cause instanceof NetworkFailure)) throw cause
    return 'detail' in cause.fault ? cause.fault.detail : cause.fault.kind
  }
}

function sameBits(one: NamedTensors, other: NamedTensors): boolean {
  return Object.entries(one).every(([name, { data }]) => {
    const there = other[name]?.data
    return there?.length === data.length && Buffer.compare(bytesOf(data), bytesOf(there)) === 0
  })
}

function bytesOf({ buffer, byteOffset, byteLength }: Float32Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength)
}
