import { appendFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { addModel } from '#workstation/inference/registry/add-model.ts'
import { KeptReport } from '#workstation/inference/registry/kept-report.ts'
import { localBench } from '#workstation/inference/registry/local-bench.ts'
import { testModel } from '#workstation/inference/registry/test-models.ts'
import { digestOfBytes } from '#workstation/record/digest.ts'
import { modelsNow } from '#workstation/store/models.ts'
import { writePackage } from '../../../support/model-packages.ts'
import { clerkAt } from '../../../support/paper-models.ts'
import { memoryDb, temporaryFolder } from '../../../support/stores.ts'
import { valueOf } from '../../../support/value-of.ts'

const BENCH = localBench()

function packageAt(choice: Parameters<typeof writePackage>[1] = {}) {
  const folder = temporaryFolder()
  const clerk = clerkAt(memoryDb(), join(folder, 'store'))
  return { clerk, path: writePackage(join(folder, 'package'), choice) }
}

describe('a package on this PC', () => {
  test('is run with ONNX Runtime, and again from the store when its folder is gone', async () => {
    const { clerk, path } = packageAt()
    const { model, test: first } = valueOf(await addModel(clerk, path, 'Mara', BENCH))
    expect(first).toMatchObject({ passed: 1, provider: 'cpu' })
    rmSync(path, { recursive: true })
    const again = valueOf(await testModel(clerk, model, 'Mara', BENCH))
    expect(again).toMatchObject({ passed: 1, environment: first.environment })
    const { key, text } = await BENCH.environment()
    expect([first.environment, KeptReport.parse(JSON.parse(first.report)).environment]).toEqual([
      key,
      text,
    ])
    expect(text).toMatch(/^ONNX Runtime 1\.\d+\.\d+, cpu, /)
    const report = KeptReport.parse(JSON.parse(again.report))
    expect(report.outputs).toMatchObject([{ id: 'probability', compared: 8192, mismatched: 0 }])
    expect(report.sizesTried.length).toBeGreaterThan(0)
    expect(report.stochastic).toBe(false)
  })

  test('whose network gives something else than it says is registered with a test that failed', async () => {
    const { clerk, path } = packageAt({ wrong: true })
    const { test: proof } = valueOf(await addModel(clerk, path, 'Mara', BENCH))
    expect(proof.passed).toBe(0)
    const [output] = KeptReport.parse(JSON.parse(proof.report)).outputs
    expect(output).toMatchObject({ compared: 8192, mismatched: 8192 })
    expect(output!.worst).toBeCloseTo(0.25, 5)
    expect(output!.why).not.toBeNull()
  })

  test('whose weights are no network is refused before anything is run', async () => {
    const { clerk, path } = packageAt()
    const rdf = readFileSync(join(path, 'rdf.yaml'), 'utf8')
    const before = digestOfBytes(readFileSync(join(path, 'weights.onnx')))
    appendFileSync(join(path, 'weights.onnx'), 'no protobuf')
    const after = digestOfBytes(readFileSync(join(path, 'weights.onnx')))
    writeFileSync(join(path, 'rdf.yaml'), rdf.replace(before, after))
    expect(await addModel(clerk, path, 'Mara', BENCH)).toMatchObject({
      fault: { kind: expect.stringMatching(/^model-(?:invalid|refused)$/) },
    })
    expect(modelsNow(clerk.store.db, '')).toEqual([])
  })
})

test('the CPU needs no other bench behind it', async () => {
  expect(await BENCH.onCpu()).toBeNull()
})
