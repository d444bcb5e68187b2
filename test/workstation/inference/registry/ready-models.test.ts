import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { bundledPackage, bundledPackages } from '#workstation/inference/registry/bundled-models.ts'
import { ensureBundled, qualifyEnvironment } from '#workstation/inference/registry/ready-models.ts'
import { auditRows } from '#workstation/store/audit.ts'
import { modelsNow } from '#workstation/store/models.ts'
import { paperBench, writePackage, type BenchChoice } from '../../../support/model-packages.ts'
import { clerkAt } from '../../../support/paper-models.ts'
import { memoryDb, temporaryFolder } from '../../../support/stores.ts'
import { valueOf } from '../../../support/value-of.ts'

/** A store without networks, and packages that ship. */
function shipped(choice: BenchChoice = {}) {
  const folder = temporaryFolder()
  for (const [gain, version] of ['1.0.0', '1.10.0', '1.9.0'].entries()) {
    const path = join(folder, 'models/nuclei-1', version)
    writePackage(path, { id: 'nuclei-1', version, gain })
  }
  mkdirSync(join(folder, 'models/training/notes'), { recursive: true })
  const packages = bundledPackages(join(folder, 'models'))
  const clerk = clerkAt(memoryDb(), join(folder, 'store'))
  const { bench, proved } = paperBench(choice)
  const ensure = (...names: readonly string[]) => ensureBundled(clerk, names, bench, packages)
  const stateOf = () =>
    modelsNow(clerk.store.db, 'runtime-1').map(({ model, state }) => [
      model.version,
      state.state,
      state.operator,
    ])
  return { clerk, bench, proved, packages, ensure, stateOf, choice }
}

describe('packages that ship', () => {
  test('are folders with a description, the newest version first', () => {
    const { packages } = shipped()
    expect(packages.map(({ version }) => version)).toEqual(['1.10.0', '1.9.0', '1.0.0'])
    const named = (model: string, version: string | null) =>
      bundledPackage({ model, version }, packages)?.version
    expect(named('nuclei-1', null)).toBe('1.10.0')
    expect(named('nuclei-1', '1.9.0')).toBe('1.9.0')
    expect(named('nuclei-1', '2.0.0')).toBeUndefined()
    expect(bundledPackages('/nowhere')).toEqual([])
  })

  test('are registered and qualified when a recipe names them first, and once', async () => {
    const { ensure, proved, stateOf, clerk } = shipped()
    valueOf(await ensure('nuclei-1@1.9.0'))
    expect(stateOf()).toEqual([['1.9.0', 'qualified', 'microscope']])
    const rows = [...auditRows(clerk.store.db)].length
    valueOf(await ensure('nuclei-1@1.9.0', 'nuclei-1'))
    expect(proved).toEqual(['nuclei-1@1.9.0'])
    expect([...auditRows(clerk.store.db)]).toHaveLength(rows)
  })

  test('stay drafts where their test tensors fail', async () => {
    const { ensure, stateOf } = shipped({ passes: false })
    valueOf(await ensure('nuclei-1'))
    expect(stateOf()).toEqual([['1.10.0', 'draft', 'microscope']])
  })

  test('do not stand in for a network that does not ship', async () => {
    const { ensure } = shipped()
    expect(await ensure('nuclei-9')).toEqual({
      ok: false,
      fault: { kind: 'model-not-found', model: 'nuclei-9' },
    })
  })
})

describe('an environment', () => {
  test('is qualified by a test that passed in it; another one is tested anew', async () => {
    const { clerk, bench, proved, ensure, choice } = shipped()
    valueOf(await ensure('nuclei-1'))
    valueOf(await qualifyEnvironment(clerk, ['nuclei-1'], bench))
    expect(proved).toHaveLength(1)
    choice.environment = 'runtime-2'
    valueOf(await qualifyEnvironment(clerk, ['nuclei-1'], bench))
    valueOf(await qualifyEnvironment(clerk, ['nuclei-1'], bench))
    expect(proved).toHaveLength(2)
    // Back on the former runtime, what it gave there still counts.
    choice.environment = 'runtime-1'
    valueOf(await qualifyEnvironment(clerk, ['nuclei-1'], bench))
    expect(proved).toHaveLength(2)
  })

  test('in which a network gives something else refuses it, again and again', async () => {
    const { clerk, bench, proved, ensure, choice } = shipped()
    valueOf(await ensure('nuclei-1'))
    choice.environment = 'runtime-2'
    choice.passes = false
    for (let time = 0; time < 2; time += 1) {
      expect(await qualifyEnvironment(clerk, ['nuclei-1'], bench)).toEqual({
        ok: false,
        fault: {
          kind: 'model-differs',
          path: 'nuclei-1@1.10.0',
          detail: 'probability: 5000 of 8192 values are off; ONNX Runtime of runtime-2',
        },
      })
    }
    expect(proved).toHaveLength(2)
    const [now] = modelsNow(clerk.store.db, 'runtime-2')
    expect(now?.lastTest).toMatchObject({ passed: 0 })
  })

  test('with another provider is qualified on the CPU too, once', async () => {
    const { clerk, bench, proved, ensure, choice } = shipped({ environment: 'card-1' })
    valueOf(await ensure('nuclei-1'))
    choice.onCpu = { environment: 'cpu-1' }
    for (let time = 0; time < 2; time += 1) {
      valueOf(await qualifyEnvironment(clerk, ['nuclei-1'], bench))
    }
    expect(proved).toHaveLength(2)
    for (const environment of ['card-1', 'cpu-1']) {
      expect(modelsNow(clerk.store.db, environment)[0]?.lastTest).toMatchObject({ passed: 1 })
    }
  })

  test('in which the CPU would not give the same refuses a network that another provider serves', async () => {
    const { clerk, bench, ensure, choice } = shipped({ environment: 'card-1' })
    valueOf(await ensure('nuclei-1'))
    choice.onCpu = { environment: 'cpu-1', passes: false }
    expect(await qualifyEnvironment(clerk, ['nuclei-1'], bench)).toMatchObject({
      fault: { kind: 'model-differs', detail: expect.stringContaining('cpu-1') },
    })
  })

  test('asked for a network that is not there says so', async () => {
    const { clerk, bench } = shipped()
    expect(await qualifyEnvironment(clerk, ['nuclei-1'], bench)).toMatchObject({
      fault: { kind: 'model-not-found' },
    })
  })
})
