import { fail, ok, type Result } from '#core/fault.ts'
import type { ModelDescription } from '#core/infer/model-description.ts'
import type { NamedTensors, RunNetwork } from '#core/infer/tensor.ts'
import { matchPorts } from './match-ports.ts'

interface Ports {
  readonly inputNames: readonly string[]
  readonly outputNames: readonly string[]
}

/**
 * A network whose inputs and outputs go by the names of its description, whatever the ONNX file calls them.
 *
 * `model-not-usable` where there are more or fewer of them than described.
 */
export function namedRun(
  { inputNames, outputNames }: Ports,
  description: ModelDescription,
  run: RunNetwork,
): Result<RunNetwork> {
  const given = matchPorts(idsOf(description.inputs), inputNames)
  const taken = matchPorts(idsOf(description.outputs), outputNames)
  if (given === null || taken === null) {
    const detail = `its file has ${inputNames.length} inputs and ${outputNames.length} outputs, others than described`
    return fail({ kind: 'model-not-usable', model: description.id, detail })
  }
  return ok(async inputs => {
    const outputs = await run(renamed(inputs, given))
    return Object.fromEntries([...taken].map(([id, name]) => [id, outputs[name]!]))
  })
}

function renamed(tensors: NamedTensors, names: ReadonlyMap<string, string>): NamedTensors {
  return Object.fromEntries(
    Object.entries(tensors).map(([id, tensor]) => [names.get(id) ?? id, tensor]),
  )
}

function idsOf(tensors: readonly { readonly id: string }[]): readonly string[] {
  return tensors.map(({ id }) => id)
}
