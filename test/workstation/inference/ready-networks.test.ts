import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { Inference } from '#core/infer/inference-params.ts'
import { NUCLEI_FLUORESCENCE, type Recipe } from '#core/recipe.ts'
import { readyNetworks, recordedNetworks } from '#workstation/inference/ready-networks.ts'
import { addModel } from '#workstation/inference/registry/add-model.ts'
import { changeModelState } from '#workstation/inference/registry/record-models.ts'
import { modelsNow } from '#workstation/store/models.ts'
import { paperBench, writePackage, type BenchChoice } from '../../support/model-packages.ts'
import { clerkAt } from '../../support/paper-models.ts'
import { memoryDb, temporaryFolder } from '../../support/stores.ts'
import { valueOf } from '../../support/value-of.ts'

const PAPER = 'paper-nuclei@1.0.0'
const SHIPPED = 'nuclei-1@1.0.0'

function recipe(model: string, status: Recipe['status'] = 'draft'): Recipe {
  return { ...NUCLEI_FLUORESCENCE, status, infer: Inference.parse({ models: [model] }) }
}

/** A store in which one network is a draft. */
async function storeWithDraft(choice: BenchChoice = {}) {
  const folder = temporaryFolder()
  const clerk = clerkAt(memoryDb(), join(folder, 'store'))
  const { bench, proved } = paperBench(choice)
  const { model } = valueOf(
    await addModel(clerk, writePackage(join(folder, 'package')), 'Mara', bench),
  )
  const become = (state: 'qualified' | 'in-use' | 'retired') =>
    valueOf(
      changeModelState(clerk, 'Mara', model.id, {
        state,
        reason: 'for a test',
        environment: 'runtime-1',
      }),
    )
  const ready = (wanted: Recipe) => readyNetworks(clerk, wanted, bench)
  return { clerk, model, proved, become, ready, choice }
}

describe('networks for new work', () => {
  test('are none where the recipe names none', async () => {
    const { ready } = await storeWithDraft()
    expect(valueOf(await ready(NUCLEI_FLUORESCENCE))).toEqual([])
  })

  test('lie in the store, and come without what only people read', async () => {
    const { ready, become, clerk } = await storeWithDraft()
    become('qualified')
    const [network] = valueOf(await ready(recipe(PAPER, 'locked')))
    expect(network).toMatchObject({
      reference: PAPER,
      description: { id: 'paper-nuclei', card: null, trainingData: null, evaluation: [] },
      statistics: null,
    })
    expect(network!.weights.path.startsWith(clerk.store.folder)).toBe(true)
    expect(network!.weights.bytes).toBeGreaterThan(100)
  })

  test('may be drafts for a draft of a recipe, not for a locked one', async () => {
    const { ready } = await storeWithDraft()
    expect((await ready(recipe(PAPER))).ok).toBe(true)
    expect(await ready(recipe(PAPER, 'locked'))).toMatchObject({
      ok: false,
      fault: {
        kind: 'model-not-usable',
        model: PAPER,
        detail: expect.stringContaining('it is a draft') as string,
      },
    })
  })

  test('are not those that were retired; what was done with them can be done again', async () => {
    const { ready, become, clerk } = await storeWithDraft()
    for (const state of ['qualified', 'in-use', 'retired'] as const) become(state)
    expect(await ready(recipe(PAPER))).toMatchObject({
      ok: false,
      fault: { kind: 'model-not-usable', detail: 'it was retired (for a test)' },
    })
    const [again] = valueOf(recordedNetworks(clerk.store, recipe(PAPER, 'locked')))
    expect(again!.reference).toBe(PAPER)
    expect(valueOf(recordedNetworks(clerk.store, NUCLEI_FLUORESCENCE))).toEqual([])
  })

  test('that ship are registered when a recipe names them first, and once', async () => {
    const { ready, clerk, proved } = await storeWithDraft()
    const stateOf = () =>
      modelsNow(clerk.store.db, 'runtime-1')
        .filter(({ model }) => model.model === 'nuclei-1')
        .map(({ state }) => state.state)
    expect(stateOf()).toEqual([])
    for (let time = 0; time < 3; time += 1) {
      const [network] = valueOf(await ready(recipe(SHIPPED, 'locked')))
      expect(network!.reference).toBe(SHIPPED)
      expect(network!.statistics!.startsWith(clerk.store.folder)).toBe(true)
    }
    expect(stateOf()).toEqual(['qualified'])
    expect(proved.filter(name => name === SHIPPED)).toHaveLength(1)
  })

  test('are tested again where this PC is not what it was, and refused where they differ', async () => {
    const { ready, proved, choice } = await storeWithDraft()
    valueOf(await ready(recipe(PAPER)))
    expect(proved).toHaveLength(1)
    choice.environment = 'runtime-2'
    valueOf(await ready(recipe(PAPER)))
    valueOf(await ready(recipe(PAPER)))
    expect(proved).toHaveLength(2)
    choice.environment = 'runtime-3'
    choice.passes = false
    expect(await ready(recipe(PAPER))).toMatchObject({
      ok: false,
      fault: { kind: 'model-differs', path: PAPER },
    })
    choice.environment = 'runtime-1'
    expect((await ready(recipe(PAPER))).ok).toBe(true)
  })

  test('that neither are registered nor ship are named', async () => {
    const { ready } = await storeWithDraft()
    expect(await ready(recipe('nobody@1.0.0'))).toEqual({
      ok: false,
      fault: { kind: 'model-not-found', model: 'nobody@1.0.0' },
    })
  })

  test('of which a file is gone are named by that file', async () => {
    const { ready, clerk } = await storeWithDraft()
    const [network] = valueOf(await ready(recipe(PAPER)))
    rmSync(network!.weights.path)
    expect(await ready(recipe(PAPER))).toEqual({
      ok: false,
      fault: { kind: 'artifact-missing', path: network!.weights.path },
    })
    expect(recordedNetworks(clerk.store, recipe(PAPER)).ok).toBe(false)
  })
})
