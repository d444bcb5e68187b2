import { join } from 'node:path'
import { expect, test } from 'vitest'
import { canonicalJson, type Json } from '#core/canonical.ts'
import type { RecordId, Sha256 } from '#core/brand.ts'
import { Inference } from '#core/infer/inference-params.ts'
import { NUCLEI_FLUORESCENCE, recipeHash, type Recipe } from '#core/recipe.ts'
import type { WorkerPool } from '#workstation/analysis/worker-pool.ts'
import { addModel } from '#workstation/inference/registry/add-model.ts'
import { reproduceStore } from '#workstation/record/reproduce-store.ts'
import { insertActivity, insertUsed } from '#workstation/store/activities.ts'
import { appendFieldObjects } from '#workstation/store/objects.ts'
import { keepRecipe } from '#workstation/store/recipes.ts'
import { paperBench, writePackage } from '../../support/model-packages.ts'
import { clerkAt } from '../../support/paper-models.ts'
import { memoryDb, temporaryFolder } from '../../support/stores.ts'
import { valueOf } from '../../support/value-of.ts'

const RECIPE: Recipe = {
  ...NUCLEI_FLUORESCENCE,
  infer: Inference.parse({ models: ['paper-nuclei@1.0.0'] }),
}

/** A store with a network and one record of a field, in which these weights looked at it. */
async function recordedBy(weights: Sha256 | null) {
  const folder = temporaryFolder()
  const clerk = clerkAt(memoryDb(), join(folder, 'store'))
  const { db } = clerk.store
  const { bench } = paperBench()
  const path = writePackage(join(folder, 'package'))
  const { model } = valueOf(await addModel(clerk, path, 'Mara', bench))
  const sha256 = weights ?? model.weights
  const hash = recipeHash(RECIPE)
  keepRecipe(db, hash, 'paper', canonicalJson(RECIPE as unknown as Json))
  // Just the record: neither plate nor agents are looked at.
  db.exec('PRAGMA foreign_keys = OFF')
  const id = 'a'.repeat(64) as RecordId
  insertActivity(db, {
    ...{ id, kind: 'analysis', planeId: null, fieldId: 1 as never, acquisitionId: null },
    ...{ recipeHash: hash, stages: '[]', model: null, provider: 'cpu', threads: 1, seed: 0 },
    ...{ softwareId: 1, personId: 2, machine: 'scope-3', startedAt: '', endedAt: '' },
    ...{ outcome: 'done', digest: 'b'.repeat(64) as Sha256 },
  })
  const objects = { planes: '[]', count: 0, diameter: null, measures: '[]' }
  appendFieldObjects(db, { activityId: id, fieldId: 1 as never, ...objects })
  insertUsed(db, id, { kind: 'artifact', location: 'w.onnx', sha256, bytes: 9 })
  let asked = 0
  const run = () => {
    asked += 1
    return Promise.resolve({ ok: true, reply: { kind: 'field', planes: [], analysis: null } })
  }
  const pool = { size: 1, run } as unknown as WorkerPool
  const report = await reproduceStore(clerk.store as never, pool, folder, null)
  return { report, asked, id, registered: model.weights }
}

test('a record by other weights than those registered now is told apart, and not done again', async () => {
  const other = 'c'.repeat(64) as Sha256
  const { report, asked, id, registered } = await recordedBy(other)
  expect(report.different).toEqual([
    {
      record: id,
      field: 'weights',
      expected: other,
      got: registered,
      why: 'The weights registered as paper-nuclei@1.0.0 are not those that were recorded.',
    },
  ])
  expect(asked).toBe(0)
})

test('a record by the weights that are registered is done again', async () => {
  const { report, asked } = await recordedBy(null)
  expect(asked).toBe(1)
  expect(report.different.map(({ field }) => field)).not.toContain('weights')
})
