import { expect, test } from 'vitest'
import type { NamedTensors } from '#core/infer/tensor.ts'
import { namedRun } from '#workstation/inference/named-run.ts'
import { toyDescription } from '../../support/toy-network.ts'
import { valueOf } from '../../support/value-of.ts'

const tensor = (value: number) => ({ data: Float32Array.of(value), dims: [1] })

/** Runs a network that gives back what it was fed, under the names that its file has for outputs. */
async function runAs(inputNames: readonly string[], outputNames: readonly string[]) {
  let fed: NamedTensors = {}
  const run = valueOf(
    namedRun({ inputNames, outputNames }, toyDescription(), inputs => {
      fed = inputs
      return Promise.resolve({
        [outputNames[0]!]: tensor(10),
        [outputNames[1]!]: tensor(20),
      })
    }),
  )
  const outputs = await run({ image: tensor(1), dropout: tensor(2) })
  const values = (tensors: NamedTensors) =>
    Object.fromEntries(Object.entries(tensors).map(([name, { data }]) => [name, data[0]]))
  return { fed: values(fed), outputs: values(outputs) }
}

test('goes by the names of the description where the file has the same, in any order', async () => {
  expect(await runAs(['dropout', 'image'], ['features', 'logits'])).toEqual({
    fed: { image: 1, dropout: 2 },
    outputs: { features: 10, logits: 20 },
  })
})

test('goes by place where the file calls them something else', async () => {
  expect(await runAs(['input.1', 'input.2'], ['497', '498'])).toEqual({
    fed: { 'input.1': 1, 'input.2': 2 },
    outputs: { logits: 10, features: 20 },
  })
})

test.each([
  { inputNames: ['image'], outputNames: ['logits', 'features'] },
  { inputNames: ['image', 'dropout'], outputNames: ['logits'] },
])('refuses a file with others than described: $inputNames, $outputNames', ports => {
  const named = namedRun(ports, toyDescription(), () => Promise.reject(new Error('was run')))
  const { length: inputs } = ports.inputNames
  const { length: outputs } = ports.outputNames
  const detail = `its file has ${inputs} inputs and ${outputs} outputs, others than described`
  expect(named).toEqual({ ok: false, fault: { kind: 'model-not-usable', model: 'toy', detail } })
})
