import { rmSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { FieldId, PlaneId, PlateId, RecordId, Sha256 } from '#core/brand.ts'
import { Inference } from '#core/infer/inference-params.ts'
import { NUCLEI_FLUORESCENCE } from '#core/recipe.ts'
import type { ObjectsJob } from '#workstation/analysis/job.ts'
import { listObjects } from '#workstation/analysis/list-objects.ts'
import { encodeObjects } from '#workstation/analysis/object-file.ts'
import { DEFAULT_LIMITS, type WorkerPool } from '#workstation/analysis/worker-pool.ts'
import type { WorkerLoss } from '#workstation/analysis/worker-process.ts'
import { fieldAnswers } from '#workstation/desk/answer-fields.ts'
import { artifactPath, keepArtifact } from '#workstation/record/artifacts.ts'
import { insertGenerated } from '#workstation/store/activities.ts'
import { memoryDb, temporaryFolder } from '../../support/stores.ts'
import { plateWriter } from '../../support/written-plates.ts'
import { replyOf } from '../../support/value-of.ts'

/** A worker without a process of its own, or one that is lost. */
function pool(loss: WorkerLoss | null): WorkerPool {
  return {
    size: 1,
    limits: DEFAULT_LIMITS,
    prepare: () => undefined,
    end: () => undefined,
    run: async job =>
      loss === null
        ? { ok: true, reply: (await listObjects(job as ObjectsJob)) as never }
        : { ok: false, loss },
  }
}

const IN_USE = {
  recipe: {
    ...NUCLEI_FLUORESCENCE,
    infer: Inference.parse({ models: ['nuclei-1@1.0.0'], abstain: { uncertainty: 0.4 } }),
  },
  recipeHash: 'e'.repeat(64) as Sha256,
}

function desk(loss: WorkerLoss | null = null) {
  const db = memoryDb()
  const folder = temporaryFolder()
  const fields = fieldAnswers({
    store: { db, folder, close: () => undefined },
    pool: pool(loss),
    recorder: IN_USE,
  })
  const write = plateWriter(db)
  return { db, folder, fields, write, plate: write.plate() }
}

describe('a field that is opened', () => {
  test('comes with the metrics of its planes', async () => {
    const { fields, write, plate } = desk()
    const field = write.field(write.run(plate, '/a'), {})
    const [judged, waiting] = [write.plane(field), write.plane(field, { channel: 'GFP' })]
    write.verdict(judged, 'pass', { metrics: { FocusScore: 2, ThresholdOtsu: null } })
    const opened = replyOf('fields.open', await fields['fields.open']({ fieldId: field }))
    expect(opened.plate).toBe('BR00117')
    expect(opened.metrics).toEqual({ [judged]: { FocusScore: 2, ThresholdOtsu: null } })
    expect(opened.field.planes.map(({ planeId }) => planeId)).toEqual([judged, waiting])
  })

  test('lies between the fields before and after it on the plate', async () => {
    const { fields, write, plate } = desk()
    const run = write.run(plate, '/a')
    const places = [
      { well: 'B01', site: 1 },
      { well: 'A10', site: 1 },
      { well: 'A02', site: 2 },
      { well: 'A02', site: 1 },
    ]
    const made = places.map(place => {
      const field = write.field(run, place)
      write.plane(field)
      return field
    })
    const along = made.toReversed()
    for (const [i, fieldId] of along.entries()) {
      expect(replyOf('fields.open', await fields['fields.open']({ fieldId }))).toMatchObject({
        previous: along[i - 1] ?? null,
        next: along[i + 1] ?? null,
      })
    }
  })

  test('knows the same place in other imaging runs, and leads on even when it was superseded', async () => {
    const { fields, write, plate } = desk()
    const [first, second] = ['/a', '/b'].map(folder => write.run(plate, folder))
    const [old, beside] = [1, 2].map(site => write.field(first!, { site }))
    const again = write.field(second!, { site: 1 })
    for (const field of [old!, beside!, again]) write.plane(field)
    const runs = [
      { fieldId: old, acquisition: 0 },
      { fieldId: again, acquisition: 1 },
    ]
    const opened = replyOf('fields.open', await fields['fields.open']({ fieldId: old! }))
    expect(opened.runs).toEqual(runs)
    expect(opened.field.planes).toMatchObject([{ supersededBy: expect.any(Number) as number }])
    expect(replyOf('fields.open', await fields['fields.open']({ fieldId: beside! }))).toMatchObject(
      {
        previous: again,
        next: null,
      },
    )
  })

  test('is named when it is not there', async () => {
    const { fields } = desk()
    const fieldId = 7 as FieldId
    const fault = { kind: 'field-not-found', fieldId }
    expect(await fields['fields.open']({ fieldId })).toEqual({ ok: false, fault })
  })
})

describe('what networks said of a field', () => {
  test('comes with what ran them, what is allowed, and the maps that were kept', async () => {
    const { db, folder, fields, write, plate } = desk()
    const fieldId = write.field(write.run(plate, '/a'), {})
    const record = write.prediction(fieldId, [write.plane(fieldId)], {
      decision: 'review',
      reasons: ['field-uncertain'],
      uncertainty: 0.62,
      novelty: 0.3,
      fellBack: 'CUDA found no device',
    })
    for (const role of ['map.saliency', 'map.entropy', 'map.of-another-kind', 'labels']) {
      const artifact = keepArtifact(folder, Buffer.from(role), 'tif')
      insertGenerated(db, record, { kind: 'artifact', role, ...artifact })
    }
    const opened = replyOf('fields.open', await fields['fields.open']({ fieldId }))
    expect(opened.prediction).toEqual({
      record,
      networks: [{ id: 'nuclei-1', version: '1.0.0', weights: 'ab'.repeat(32) }],
      provider: 'cpu',
      threads: 2,
      runtime: 'ONNX Runtime 1.30.0',
      fellBack: 'CUDA found no device',
      passes: 3,
      uncertainty: 0.62,
      components: { ambiguity: 0.2 },
      novelty: 0.3,
      limits: { uncertainty: 0.4, novelty: 0.97 },
      decision: 'review',
      doubts: [{ kind: 'field-uncertain', value: 0.62, limit: 0.4 }],
      maps: ['entropy', 'saliency'],
    })
  })

  test('is what the recipe in use last made them say of the images that are there now', async () => {
    const { fields, write, plate } = desk()
    const fieldId = write.field(write.run(plate, '/a'), {})
    const said = async () =>
      replyOf('fields.open', await fields['fields.open']({ fieldId })).prediction?.record ?? null
    const plane = write.plane(fieldId)
    expect(await said()).toBeNull()
    const first = write.prediction(fieldId, [plane])
    const second = write.prediction(fieldId, [plane])
    expect(await said()).toBe(second)
    expect(first).not.toBe(second)
    write.recipe('a')
    write.prediction(fieldId, [plane])
    expect(await said()).toBe(second)
    write.recipe('e')
    const newer = write.plane(fieldId)
    expect(await said()).toBeNull()
    const third = write.prediction(fieldId, [newer])
    expect(await said()).toBe(third)
  })

  test('is nothing where objects were found without them', async () => {
    const { fields, write, plate } = desk()
    const fieldId = write.field(write.run(plate, '/a'), {})
    write.objects(fieldId, [write.plane(fieldId)])
    const opened = replyOf('fields.open', await fields['fields.open']({ fieldId }))
    expect(opened.prediction).toBeNull()
  })

  test('is counted over a plate where it is for review', async () => {
    const { fields, write, plate } = desk()
    const run = write.run(plate, '/a')
    for (const site of [1, 2, 3]) {
      const fieldId = write.field(run, { site })
      const decision = site === 2 ? 'use' : 'review'
      write.prediction(fieldId, [write.plane(fieldId)], { decision })
    }
    const count = (plateId: PlateId) => fields['fields.doubted']({ plateId })
    expect(replyOf('fields.doubted', await count(plate))).toEqual({ fields: 2 })
    expect(replyOf('fields.doubted', await count(write.plate('BR00118')))).toEqual({ fields: 0 })
    const fault = { kind: 'plate-not-found', plateId: 99 }
    expect(await count(99 as PlateId)).toEqual({ ok: false, fault })
  })
})

describe('the objects of a field', () => {
  /** A field with two objects; the second has no value of one measure. */
  function analysed(loss: WorkerLoss | null = null) {
    const all = desk(loss)
    const { db, folder, write, plate } = all
    const field = write.field(write.run(plate, '/a'), {})
    const record = write.objects(field, [write.plane(field)], { count: 2 })
    const table = {
      count: 2,
      columns: [
        { name: 'AreaShape_Area', values: Float64Array.of(10, 12.5) },
        { name: 'AreaShape_FormFactor', values: Float64Array.of(0.5, NaN) },
      ],
    }
    const artifact = keepArtifact(folder, encodeObjects(table), 'parquet')
    insertGenerated(db, record, { kind: 'artifact', role: 'objects', ...artifact })
    return { ...all, record, path: artifactPath(folder, artifact.location) }
  }

  test('come as columns, null where an object has no value', async () => {
    const { fields, record } = analysed()
    expect(replyOf('fields.objects', await fields['fields.objects']({ record }))).toEqual({
      count: 2,
      columns: [
        { name: 'AreaShape_Area', values: [10, 12.5] },
        { name: 'AreaShape_FormFactor', values: [0.5, null] },
      ],
    })
  })

  test('whose file is gone are named by it', async () => {
    const { fields, record, path } = analysed()
    rmSync(path)
    const fault = { kind: 'artifact-missing', path }
    expect(await fields['fields.objects']({ record })).toEqual({ ok: false, fault })
  })

  test('are a fault when their worker is lost', async () => {
    const { fields, record, path } = analysed({ why: 'ended', detail: 'signal SIGKILL' })
    const fault = { kind: 'worker-lost', path, detail: 'signal SIGKILL' }
    expect(await fields['fields.objects']({ record })).toEqual({ ok: false, fault })
  })

  test('of a record that is not there, or found none, are named', async () => {
    const { fields, write, plate } = desk()
    const plane = write.plane(write.field(write.run(plate, '/a'), {}))
    for (const record of [write.verdict(plane, 'pass'), 'f'.repeat(64) as RecordId]) {
      const fault = { kind: 'record-not-found', record }
      expect(await fields['fields.objects']({ record })).toEqual({ ok: false, fault })
    }
  })
})

describe('a reference', () => {
  test('is a field and its plane, null where none passes, a fault for no plane', async () => {
    const { fields, write, plate } = desk()
    const run = write.run(plate, '/a')
    const asked = write.plane(write.field(run, {}))
    const ask = (planeId: PlaneId) => fields['fields.reference']({ planeId })
    expect(replyOf('fields.reference', await ask(asked))).toBeNull()
    const field = write.field(run, { site: 2 })
    const plane = write.plane(field)
    write.verdict(plane, 'pass', { metrics: { FocusScore: 1 } })
    expect(replyOf('fields.reference', await ask(asked))).toEqual({
      fieldId: field,
      planeId: plane,
    })
    const fault = { kind: 'plane-not-found', planeId: 99 }
    expect(await ask(99 as PlaneId)).toEqual({ ok: false, fault })
  })
})
