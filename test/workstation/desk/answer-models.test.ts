import { copyFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { ModelCard, ModelList } from '#contract/models.ts'
import { modelAnswers } from '#workstation/desk/answer-models.ts'
import { browsePackages } from '#workstation/desk/browse-packages.ts'
import { createFolderHandles } from '#workstation/desk/folder-handles.ts'
import { registerModel } from '#workstation/inference/registry/record-models.ts'
import { paperBench, writePackage, type BenchChoice } from '../../support/model-packages.ts'
import { clerkAt, paperPackage } from '../../support/paper-models.ts'
import { memoryDb, temporaryFolder } from '../../support/stores.ts'
import { replyOf, valueOf } from '../../support/value-of.ts'

/** A desk with one network that somebody registered. */
function desk(choice: BenchChoice = {}) {
  const folder = temporaryFolder()
  const clerk = clerkAt(memoryDb(), folder)
  const told: ModelList[] = []
  const host = { operator: () => 'Mara', changed: (list: ModelList) => void told.push(list) }
  const handles = createFolderHandles()
  const models = modelAnswers(clerk, host, paperBench(choice).bench, handles)
  const { handleOf } = handles
  return { clerk, folder, models, told, handleOf }
}

describe('the networks of a store', () => {
  test('are listed with what ships and is not registered', async () => {
    const { models, clerk } = desk()
    valueOf(registerModel(clerk, 'Mara', paperPackage()))
    const list = ModelList.parse(replyOf('models.list', await models['models.list']()))
    expect(list.models).toEqual([
      {
        number: 1,
        reference: 'paper-nuclei@1.0.0',
        name: 'Paper nuclei',
        version: '1.0.0',
        task: null,
        state: 'draft',
        lastTest: null,
      },
    ])
    for (const { reference } of list.bundled) expect(reference).toMatch(/^[a-z0-9-]+@[0-9.]+$/)
  })

  test('open as a card in words', async () => {
    const { models, clerk } = desk()
    valueOf(registerModel(clerk, 'Mara', paperPackage()))
    const card = ModelCard.parse(replyOf('models.open', await models['models.open']({ number: 1 })))
    expect(card).toMatchObject({
      licence: 'CC0-1.0',
      weights: { bytes: 7, opset: 17 },
      inputs: [
        {
          id: 'raw',
          axes: ['channel: nuclei', 'y: 64 + n · 16', 'x: 64 + n · 16'],
          processing: ['percentiles 1 to 99.8 to 0 … 1 over y, x'],
        },
      ],
      outputs: [{ axes: ['channel: interior, boundary', 'y: as raw.y', 'x: as raw.x'] }],
      history: [{ from: null, state: 'draft', reason: 'Registered', by: 'Mara' }],
      changes: ['qualified', 'retired'],
    })
    expect(await models['models.open']({ number: 9 })).toMatchObject({
      fault: { kind: 'model-not-found' },
    })
  })

  test('are added from where somebody browses to, and whoever listens is told', async () => {
    const { models, folder, told, handleOf } = desk()
    writePackage(join(folder, 'packages/one'))
    expect(await models['models.add']({ handle: 'a'.repeat(24) })).toMatchObject({
      fault: { kind: 'folder-handle-unknown' },
    })
    const packages = handleOf(join(folder, 'packages'))
    const listing = replyOf('models.browse', await models['models.browse']({ handle: packages }))
    expect(listing.packages.map(({ name }) => name)).toEqual(['one'])
    const { handle } = listing.packages[0]!
    const card = replyOf('models.add', await models['models.add']({ handle }))
    expect(card.summary).toMatchObject({
      reference: 'paper-nuclei@1.0.0',
      task: 'instances-from-boundary',
      state: 'draft',
      lastTest: { passed: true, here: true, provider: 'cpu', by: 'Mara' },
    })
    expect(card.card).toContain('**for tests**')
    expect(told.map(list => list.models.length)).toEqual([1])
  })

  test('are tested, qualified, taken into use and retired, each with its reason', async () => {
    const { models, folder, told, handleOf } = desk()
    const handle = handleOf(writePackage(join(folder, 'one')))
    const { number } = replyOf('models.add', await models['models.add']({ handle })).summary
    replyOf('models.test', await models['models.test']({ number }))
    const change = async (state: 'qualified' | 'in-use' | 'retired') =>
      models['models.change']({ number, state, reason: `now ${state}` })
    replyOf('models.change', await change('qualified'))
    replyOf('models.change', await change('in-use'))
    const card = replyOf('models.change', await change('retired'))
    expect(card.history.map(({ from, state, reason }) => [from, state, reason])).toEqual([
      ['in-use', 'retired', 'now retired'],
      ['qualified', 'in-use', 'now in-use'],
      ['draft', 'qualified', 'now qualified'],
      [null, 'draft', 'Registered'],
    ])
    expect(card.tests).toHaveLength(2)
    expect(told).toHaveLength(5)
    expect(await change('in-use')).toMatchObject({
      fault: { kind: 'model-not-usable', model: 'paper-nuclei@1.0.0' },
    })
    expect(told).toHaveLength(5)
  })

  test('say which test was made elsewhere', async () => {
    const choice: BenchChoice = { environment: 'runtime-1' }
    const { models, folder, handleOf } = desk(choice)
    const handle = handleOf(writePackage(join(folder, 'one')))
    const { number } = replyOf('models.add', await models['models.add']({ handle })).summary
    choice.environment = 'runtime-2'
    const card = replyOf('models.open', await models['models.open']({ number }))
    expect(card.summary.lastTest).toBeNull()
    expect(card.tests.map(({ here, environment }) => [here, environment])).toEqual([
      [false, 'ONNX Runtime of runtime-1'],
    ])
    const tested = replyOf('models.test', await models['models.test']({ number }))
    expect(tested.tests.map(({ here }) => here)).toEqual([true, false])
  })

  test('that ship are added by name; one that does not is not found', async () => {
    const { models } = desk()
    expect(await models['models.add']({ bundled: 'nothing-of-ours' })).toMatchObject({
      fault: { kind: 'model-not-found', model: 'nothing-of-ours' },
    })
  })
})

describe('a folder of packages', () => {
  test('shows itself, folders with a description and zip files', async () => {
    const folder = temporaryFolder()
    writePackage(folder)
    writePackage(join(folder, 'inner'))
    mkdirSync(join(folder, 'pictures'))
    copyFileSync(join(folder, 'weights.onnx'), join(folder, 'other.ZIP'))
    const listing = valueOf(await browsePackages(createFolderHandles(), folder))
    expect(listing.packages.map(({ name }) => name)).toEqual(['', 'inner', 'other.ZIP'])
    expect(listing.folders.map(({ name }) => name)).toEqual(['inner', 'pictures'])
  })
})
