import { rmSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { FieldId, PlaneId, RecordId } from '#core/brand.ts'
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

function desk(loss: WorkerLoss | null = null) {
  const db = memoryDb()
  const folder = temporaryFolder()
  const fields = fieldAnswers({
    store: { db, folder, close: () => undefined },
    pool: pool(loss),
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
