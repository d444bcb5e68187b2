import { chmodSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { addModel } from '#workstation/inference/registry/add-model.ts'
import type { Clerk } from '#workstation/inference/registry/clerk.ts'
import { modelFor } from '#workstation/inference/registry/model-for.ts'
import { changeModelState } from '#workstation/inference/registry/record-models.ts'
import { artifactPath } from '#workstation/record/artifacts.ts'
import { digestOfBytes } from '#workstation/record/digest.ts'
import { anchorAudit } from '#workstation/record/audit-trail.ts'
import { verifyStore } from '#workstation/record/verify-store.ts'
import { openStore, openStoreReader } from '#workstation/store/open-store.ts'
import { modelFiles, modelsNow, modelTests } from '#workstation/store/models.ts'
import { paperBench, writePackage, type PackageChoice } from '../../../support/model-packages.ts'
import { clerkAt } from '../../../support/paper-models.ts'
import { temporaryFolder } from '../../../support/stores.ts'
import { valueOf } from '../../../support/value-of.ts'

/** A store on disk, and somebody at it. */
function clerkOnDisk(): Clerk & { close(): void } {
  const store = valueOf(openStore(join(temporaryFolder(), 'store')))
  const clerk = clerkAt(store.db, store.folder)
  return {
    ...clerk,
    close() {
      anchorAudit(store.folder, store.db)
      store.close()
    },
  }
}

async function added(clerk: Clerk, choice: PackageChoice = {}, passes = true) {
  const folder = writePackage(join(temporaryFolder(), 'package'), choice)
  return addModel(clerk, folder, 'Mara', paperBench({ passes }).bench)
}

describe('adding a network', () => {
  test('keeps every file that its description names, and leaves nothing unfinished', async () => {
    const clerk = clerkOnDisk()
    const { model, test: proof, known } = valueOf(await added(clerk))
    expect([known, proof.passed]).toEqual([false, 1])
    const files = modelFiles(clerk.store.db, model.id)
    expect(files.map(({ name, location }) => [name, location.split('.').at(-1)])).toEqual([
      ['README.md', 'md'],
      ['test-input.npy', 'npy'],
      ['test-output.npy', 'npy'],
      ['weights.onnx', 'onnx'],
    ])
    const weights = artifactPath(clerk.store.folder, files[3]!.location)
    expect(digestOfBytes(readFileSync(weights))).toBe(model.weights)
    expect(weights).toMatch(new RegExp(`${model.weights.slice(0, 2)}/${model.weights}\\.onnx$`))
    expect(readdirSync(join(clerk.store.folder, 'artifacts/unfinished'))).toEqual([])
    clerk.close()
  })

  test('again changes nothing but that it was tested once more', async () => {
    const clerk = clerkOnDisk()
    const once = valueOf(await added(clerk))
    const twice = valueOf(await added(clerk))
    expect([twice.known, twice.model]).toEqual([true, once.model])
    expect(modelsNow(clerk.store.db, 'runtime-1')).toHaveLength(1)
    expect(modelTests(clerk.store.db, once.model.id)).toHaveLength(2)
    clerk.close()
  })

  test('with other weights under the same version is refused', async () => {
    const clerk = clerkOnDisk()
    valueOf(await added(clerk))
    expect(await added(clerk, { gain: 2 })).toEqual({
      ok: false,
      fault: { kind: 'model-registered-otherwise', model: 'paper-nuclei@1.0.0' },
    })
    clerk.close()
  })

  test('whose test tensors fail registers it as a draft that says so', async () => {
    const clerk = clerkOnDisk()
    const { model, test: proof } = valueOf(await added(clerk, {}, false))
    expect(proof.passed).toBe(0)
    const wanted = { state: 'qualified', reason: 'please', environment: 'runtime-1' } as const
    expect(changeModelState(clerk, 'Mara', model.id, wanted)).toMatchObject({
      fault: { kind: 'model-not-usable' },
    })
    clerk.close()
  })

  test('that cannot be run registers nothing', async () => {
    const clerk = clerkOnDisk()
    const folder = writePackage(join(temporaryFolder(), 'package'))
    const fault = { kind: 'deadline-exceeded', path: folder, seconds: 60 } as const
    const { bench } = paperBench()
    const slow = { ...bench, prove: async () => ({ ok: false, fault }) as const }
    expect(await addModel(clerk, folder, 'Mara', slow)).toEqual({ ok: false, fault })
    expect(modelsNow(clerk.store.db, 'runtime-1')).toEqual([])
    clerk.close()
  })

  test('whose files are not what its description says is refused', async () => {
    const clerk = clerkOnDisk()
    const folder = writePackage(join(temporaryFolder(), 'package'))
    writeFileSync(join(folder, 'weights.onnx'), 'something else')
    expect(await addModel(clerk, folder, 'Mara', paperBench().bench)).toMatchObject({
      fault: { kind: 'model-refused' },
    })
    clerk.close()
  })

  test('whose evaluation is no number is the fault of its author', async () => {
    const clerk = clerkOnDisk()
    const folder = writePackage(join(temporaryFolder(), 'package'))
    const rdf = readFileSync(join(folder, 'rdf.yaml'), 'utf8')
    writeFileSync(join(folder, 'rdf.yaml'), rdf.replace('0.91', '.nan'))
    expect(await addModel(clerk, folder, 'Mara', paperBench().bench)).toMatchObject({
      fault: { kind: 'model-invalid', path: folder },
    })
    clerk.close()
  })

  test('takes a file that nobody may write', async () => {
    const clerk = clerkOnDisk()
    const folder = writePackage(join(temporaryFolder(), 'package'))
    chmodSync(join(folder, 'weights.onnx'), 0o444)
    valueOf(await addModel(clerk, folder, 'Mara', paperBench().bench))
    clerk.close()
  })
})

describe('a network for new work', () => {
  test('is there by its reference, with its weights', async () => {
    const clerk = clerkOnDisk()
    const { model } = valueOf(await added(clerk))
    const usable = valueOf(modelFor(clerk.store, 'paper-nuclei', 'draft'))
    expect(usable).toMatchObject({
      reference: 'paper-nuclei@1.0.0',
      sha256: model.weights,
      state: 'draft',
      description: { use: { task: 'instances-from-boundary', diameter: 24 } },
    })
    expect(digestOfBytes(readFileSync(usable.weightsPath))).toBe(model.weights)
    clerk.close()
  })

  test('may be a draft only for recipes that are drafts, and is never retired', async () => {
    const clerk = clerkOnDisk()
    const { model } = valueOf(await added(clerk))
    const change = (state: 'qualified' | 'retired') =>
      valueOf(
        changeModelState(clerk, '', model.id, {
          state,
          reason: 'because',
          environment: 'runtime-1',
        }),
      )
    const usable = (status: 'draft' | 'locked' | null): boolean =>
      modelFor(clerk.store, 'paper-nuclei@1.0.0', status).ok
    expect([usable('draft'), usable('locked')]).toEqual([true, false])
    change('qualified')
    expect([usable('draft'), usable('locked')]).toEqual([true, true])
    change('retired')
    expect([usable('draft'), usable('locked'), usable(null)]).toEqual([false, false, true])
    expect(modelFor(clerk.store, 'paper-nuclei', 'draft')).toMatchObject({
      fault: { kind: 'model-not-usable', detail: 'it was retired (because)' },
    })
    expect(modelFor(clerk.store, 'nothing', 'draft')).toMatchObject({
      fault: { kind: 'model-not-found', model: 'nothing' },
    })
    clerk.close()
  })
})

describe('verifying a store with networks', () => {
  async function verified(tamper: (folder: string, weights: string) => void) {
    const clerk = clerkOnDisk()
    const { model } = valueOf(await added(clerk))
    const { folder, db } = clerk.store
    const weights = modelFiles(db, model.id).find(({ name }) => name === 'weights.onnx')!
    clerk.close()
    tamper(folder, artifactPath(folder, weights.location))
    const reader = valueOf(openStoreReader(folder))
    const report = await verifyStore(reader)
    reader.close()
    return report
  }

  test('finds them as they were registered', async () => {
    const report = await verified(() => undefined)
    expect(report).toMatchObject({ ok: true, problems: [], checked: { models: 3, artifacts: 4 } })
  })

  test('notices one flipped bit of the weights', async () => {
    const report = await verified((_, weights) => {
      const bytes = readFileSync(weights)
      bytes[3]! ^= 1
      writeFileSync(weights, bytes)
    })
    expect(report.problems).toMatchObject([{ kind: 'artifact-altered' }])
  })

  test('notices one flipped bit of what the network says of itself', async () => {
    const report = await verified(folder => {
      const path = join(folder, 'parfocal.sqlite')
      expect(existsSync(path)).toBe(true)
      const bytes = readFileSync(path)
      // Its description lies there as JSON, and as the text that was found.
      bytes[bytes.indexOf('"description":"Tells bright') + 18]! ^= 1
      writeFileSync(path, bytes)
    })
    expect(report.problems).toMatchObject([{ kind: 'model-altered', where: 'model 1' }])
  })
})
