import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { Fault } from '#core/fault.ts'
import type { TensorDescription } from '#core/infer/model-description.ts'
import type { NamedTensors, Tensor } from '#core/infer/tensor.ts'
import { answerParent } from './answer-parent.ts'
import { NetworkFailure } from './network-failure.ts'
import { readNpy, toTensor } from './packages/npy.ts'
import { proveNetwork } from './prove-network.ts'
import { openSession } from './session.ts'
import { TestRequest, type TestReply } from './test-reply.ts'

// The entry of a child that runs a network for the first time: it may crash, loop, or eat memory.
answerParent(TestRequest, test)

/** A network that cannot be tested, and why. */
class Refusal extends Error {}

async function test(request: TestRequest): Promise<TestReply> {
  try {
    return await prove(request)
  } catch (cause) {
    if (cause instanceof Refusal) return { kind: 'refused', detail: cause.message }
    if (cause instanceof NetworkFailure) return { kind: 'refused', detail: detailOf(cause.fault) }
    // Steps that do not fit the tensors.
    if (cause instanceof RangeError) return { kind: 'refused', detail: cause.message }
    throw cause
  }
}

async function prove(request: TestRequest): Promise<TestReply> {
  const { description, paths, provider, threads } = request
  const weights = await readFile(pathOf(paths, description.weights.source))
  const found = createHash('sha256').update(weights).digest('hex')
  if (found !== description.weights.sha256) {
    throw new Refusal(`the weights have the SHA-256 ${found}, not ${description.weights.sha256}`)
  }
  const opened = await openSession({
    model: description.id,
    weights,
    providers: [provider],
    threads,
    deterministic: true,
  })
  if (!opened.ok) {
    const kind = opened.fault.kind === 'provider-failed' ? 'provider' : 'refused'
    return { kind, detail: detailOf(opened.fault) }
  }
  const inputs = await readTensors(description.inputs, paths)
  const missing = description.inputs.find(({ id }) => inputs[id] === undefined)
  if (missing !== undefined) throw new Refusal(`there is no test tensor for input ${missing.id}`)
  const expected = await readTensors(description.outputs, paths)
  if (Object.keys(expected).length === 0) throw new Refusal('no output has a test tensor')
  const proof = await proveNetwork(opened.value, description, inputs, expected)
  return {
    kind: 'tested',
    ...proof,
    outputs: [...proof.outputs],
    sizesTried: [...proof.sizesTried],
    peakMegabytes: process.resourceUsage().maxRSS / 1024,
  }
}

async function readTensors(
  tensors: readonly TensorDescription[],
  paths: ReadonlyMap<string, string>,
): Promise<NamedTensors> {
  const read: Record<string, Tensor> = {}
  for (const { id, testTensor } of tensors) {
    if (testTensor === null) continue
    const bytes = await readFile(pathOf(paths, testTensor.source))
    const array = readNpy(bytes, testTensor.source)
    if (!array.ok) throw new Refusal(`the test tensor of ${id}: ${detailOf(array.fault)}`)
    read[id] = toTensor(array.value)
  }
  return read
}

function pathOf(paths: ReadonlyMap<string, string>, name: string): string {
  const path = paths.get(name)
  if (path === undefined) throw new Refusal(`the file ${name} is missing`)
  return path
}

function detailOf(fault: Fault): string {
  return 'detail' in fault ? fault.detail : fault.kind
}
