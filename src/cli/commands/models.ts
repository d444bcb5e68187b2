import { Command } from 'commander'
import { MODEL_STATES, type ModelCard, type ModelSummary } from '#contract/models.ts'
import { fail, ok, type Fault, type Result } from '#core/fault.ts'
import { addModel } from '#workstation/inference/registry/add-model.ts'
import { bundledPackages } from '#workstation/inference/registry/bundled-models.ts'
import type { Clerk } from '#workstation/inference/registry/clerk.ts'
import { findModel } from '#workstation/inference/registry/find-model.ts'
import { localBench } from '#workstation/inference/registry/local-bench.ts'
import { modelCard, modelSummary } from '#workstation/inference/registry/model-card.ts'
import { referenceOf } from '#workstation/inference/registry/model-reference.ts'
import { openRegistry } from '#workstation/inference/registry/open-registry.ts'
import { changeModelState } from '#workstation/inference/registry/record-models.ts'
import { testModel } from '#workstation/inference/registry/test-models.ts'
import { modelNow, modelsNow, type ModelNow } from '#workstation/store/models.ts'
import { openStoreReader, type StoreReader } from '#workstation/store/open-store.ts'
import { EXIT, failWith, faultJson, faultLine, printJson } from '../exit.ts'
import { modelText, modelsText } from '../model-text.ts'
import { userPath } from '../paths.ts'
import { storeFrom } from '../store-option.ts'
import { similarCommand } from './models-similar.ts'
import { teachCommand } from './models-teach.ts'

interface Options {
  readonly store?: string
  readonly json?: true
}

const BENCH = localBench()

export function modelsCommand(): Command {
  const models = new Command('models')
    .description('Networks: list, add, test, and say which are to be used')
    // Commands below it take this over.
    .exitOverride()
  const command = (usage: string, does: string): Command =>
    models
      .command(usage)
      .description(does)
      .option('--store <dir>', 'store (default: in your data folder)')
      .option('--json', 'print one JSON document')
  command('list', 'every registered network, its state and its last test on this PC').action(list)
  command('show <id>', 'the card of one: id, or id@version').action(show)
  command(
    'add <path>',
    'check a package (folder or zip), run its test tensors, register it',
  ).action((path: string, options: Options) => add(path, options))
  command(
    'test [id]',
    'run test tensors on this PC; without an id, of all that are not retired',
  ).action((id: string | undefined, options: Options) => testAll(id ?? null, options))
  command('set <id> <state>', `bring a network into a state: ${MODEL_STATES.slice(1).join(', ')}`)
    .requiredOption('--reason <text>', 'why; the audit trail keeps it')
    .action((id: string, state: string, options: Options & { readonly reason: string }) =>
      set(id, state, options),
    )
  for (const own of [teachCommand(), similarCommand()]) models.addCommand(own.exitOverride())
  return models
}

async function list({ store, json }: Options): Promise<void> {
  await reading(store, async (reader, folder) => {
    const { key, text } = await BENCH.environment()
    const known = reader === null ? [] : modelsNow(reader.db, key)
    const models = known.map(now => modelSummary(now, key))
    const bundled = bundledPackages()
      .map(referenceOf)
      .filter(reference => !models.some(model => model.reference === reference))
    if (json === true) printJson({ store: folder, environment: text, models, bundled })
    else process.stdout.write(modelsText({ models, bundled }, text))
  })
}

async function show(id: string, { store, json }: Options): Promise<void> {
  await reading(store, async reader => {
    const { key } = await BENCH.environment()
    if (reader === null) return failWith({ kind: 'model-not-found', model: id })
    const found = findModel(reader.db, id, key)
    if (!found.ok) return failWith(found.fault)
    const card = modelCard(reader.db, found.value, key)
    if (json === true) printJson(card)
    else process.stdout.write(modelText(card))
  })
}

async function add(path: string, { store, json }: Options): Promise<void> {
  await writing(store, async clerk => {
    const added = await addModel(clerk, userPath(path), '', BENCH)
    if (!added.ok) return failWith(added.fault)
    const { model, known } = added.value
    const card = await cardOf(clerk, model.id)
    const { reference, lastTest } = card.summary
    if (lastTest?.passed !== true) process.exitCode = EXIT.faults
    if (json === true) return printJson({ model: card.summary, known })
    const how = known ? 'was registered already' : `is registered as ${card.summary.state}`
    process.stdout.write(`${reference} ${how}.\n${testLine(card.summary)}`)
  })
}

async function testAll(id: string | null, { store, json }: Options): Promise<void> {
  await writing(store, async clerk => {
    const asked = await modelsToTest(clerk, id)
    if (!asked.ok) return failWith(asked.fault)
    const models: ModelSummary[] = []
    const faults: Fault[] = []
    for (const { model } of asked.value) {
      const tested = await testModel(clerk, model, '', BENCH)
      if (!tested.ok) faults.push(tested.fault)
      else {
        const { summary } = await cardOf(clerk, model.id)
        models.push(summary)
        if (json !== true) process.stdout.write(testLine(summary))
      }
    }
    const wrong = faults.length > 0 || models.some(({ lastTest }) => lastTest?.passed !== true)
    if (wrong) process.exitCode = EXIT.faults
    if (json === true) return printJson({ models, faults: faults.map(faultJson) })
    if (asked.value.length === 0) process.stdout.write('No network is registered to be tested.\n')
    for (const fault of faults) process.stdout.write(`fault  ${faultLine(fault)}\n`)
  })
}

async function set(
  id: string,
  to: string,
  { store, json, reason }: Options & { readonly reason: string },
): Promise<void> {
  const state = MODEL_STATES.find(known => known === to || known === to.replaceAll(' ', '-'))
  if (state === undefined || state === 'draft') {
    const allowed = MODEL_STATES.slice(1).join(', ')
    return failWith({ kind: 'bad-option', option: 'the state', value: to, allowed })
  }
  if (reason.trim() === '') {
    const allowed = 'why it is changed'
    return failWith({ kind: 'bad-option', option: '--reason', value: 'blank', allowed })
  }
  await writing(store, async clerk => {
    const { key: environment } = await BENCH.environment()
    const found = findModel(clerk.store.db, id, environment)
    if (!found.ok) return failWith(found.fault)
    const { model } = found.value
    const changed = changeModelState(clerk, '', model.id, { state, reason, environment })
    if (!changed.ok) return failWith(changed.fault)
    const { summary } = await cardOf(clerk, model.id)
    if (json === true) return printJson(summary)
    process.stdout.write(`${summary.reference} is ${summary.state} now.\n`)
  })
}

async function modelsToTest(clerk: Clerk, id: string | null): Promise<Result<readonly ModelNow[]>> {
  const { key } = await BENCH.environment()
  if (id === null) {
    const all = modelsNow(clerk.store.db, key)
    return ok(all.filter(({ state }) => state.state !== 'retired'))
  }
  const found = findModel(clerk.store.db, id, key)
  return found.ok ? ok([found.value]) : fail(found.fault)
}

async function cardOf(clerk: Clerk, id: number): Promise<ModelCard> {
  const { key } = await BENCH.environment()
  return modelCard(clerk.store.db, modelNow(clerk.store.db, id, key)!, key)
}

function testLine({ reference, lastTest }: ModelSummary): string {
  if (lastTest === null) return `${reference}  not tested\n`
  const { passed, seconds, provider, outputs, sizesTried } = lastTest
  const wrongs = [
    ...outputs.flatMap(({ id, why }) => (why === null ? [] : [`  ${id}: ${why}`])),
    ...sizesTried.flatMap(({ size, wrong }) => (wrong === null ? [] : [`  at ${size}: ${wrong}`])),
  ]
  const said = `${reference}  ${passed ? 'passed' : 'FAILED'}  ${provider}, ${seconds.toFixed(1)} s`
  return `${[said, ...wrongs].join('\n')}\n`
}

/** Reads in a store beside whoever writes; null where there is no store yet. */
async function reading(
  option: string | undefined,
  work: (reader: StoreReader | null, folder: string) => Promise<void>,
): Promise<void> {
  const folder = storeFrom(option, [])
  if (!folder.ok) return failWith(folder.fault)
  const opened = openStoreReader(folder.value)
  if (!opened.ok && opened.fault.kind !== 'store-not-found') return failWith(opened.fault)
  try {
    await work(opened.ok ? opened.value : null, folder.value)
  } finally {
    if (opened.ok) opened.value.close()
  }
}

async function writing(
  option: string | undefined,
  work: (clerk: Clerk) => Promise<void>,
): Promise<void> {
  const folder = storeFrom(option, [])
  if (!folder.ok) return failWith(folder.fault)
  const opened = openRegistry(folder.value)
  if (!opened.ok) return failWith(opened.fault)
  try {
    await work(opened.value)
  } finally {
    opened.value.close()
  }
}
