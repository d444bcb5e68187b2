import { describe, expect, test } from 'vitest'
import type { PlateId, Sha256 } from '#core/brand.ts'
import { NUCLEI_FLUORESCENCE } from '#core/recipe.ts'
import { startPool } from '#workstation/analysis/worker-pool.ts'
import { fieldAnswers } from '#workstation/desk/answer-fields.ts'
import { plateAnswers } from '#workstation/desk/answer-plates.ts'
import type { AuditEvent } from '#workstation/record/audit-trail.ts'
import { createCompletenessReader } from '#workstation/plate-completeness.ts'
import { keepPromise } from '#workstation/store/promises.ts'
import { memoryDb } from '../../support/stores.ts'
import { queryPlans } from '../../support/query-plans.ts'
import { plateWriter } from '../../support/written-plates.ts'
import { replyOf } from '../../support/value-of.ts'

function desk() {
  const db = memoryDb()
  const audited: AuditEvent[] = []
  const store = { db, folder: ':memory:', close: () => undefined }
  const completeness = createCompletenessReader(db, () => new Date())
  const audit = (event: AuditEvent) => void audited.push(event)
  const plates = plateAnswers({ store, audit, completeness })
  return { db, store, audited, completeness, plates, write: plateWriter(db) }
}

const plateId = 99 as PlateId
const quantity = { kind: 'measure', measure: 'AreaShape_Area', statistic: 'mean' } as const

describe('plates', () => {
  test('are listed by their last imaging run, the newest first', async () => {
    const { plates, write } = desk()
    const [old, young] = [write.plate('BR1'), write.plate('BR2')]
    write.run(old, '/1')
    write.run(young, '/2')
    const names = async () =>
      replyOf('plates.list', await plates['plates.list']()).map(({ name }) => name)
    expect(await names()).toEqual(['BR2', 'BR1'])
    write.run(old, '/1-again')
    expect(await names()).toEqual(['BR1', 'BR2'])
  })

  test('shows a plate as large as its index says, however few of its wells are imaged', async () => {
    const { db, plates, write } = desk()
    const plateId = write.plate()
    const acquisitionId = write.run(plateId, '/a')
    write.plane(write.field(acquisitionId, { well: 'B02' }))
    expect(replyOf('plates.open', await plates['plates.open']({ plateId }))).toMatchObject({
      rows: 2,
      columns: 3,
    })
    keepPromise(db, { acquisitionId, blocks: [], format: { rows: 8, columns: 12 } })
    expect(replyOf('plates.open', await plates['plates.open']({ plateId }))).toMatchObject({
      rows: 8,
      columns: 12,
    })
  })

  test('open with all that a plate view needs', async () => {
    const { db, plates, write } = desk()
    const plate = write.plate()
    const run = write.run(plate, '/a')
    const block = { sites: [1], channels: [{ wave: 1, name: 'DAPI' }], z: [1], t: [1] }
    const blocks = [{ ...block, wells: ['A01', 'H12'] }]
    keepPromise(db, { acquisitionId: run, blocks, format: null })
    const field = write.field(run, {})
    const measures = [{ name: 'AreaShape_Area', mean: 1, median: 1, mad: 0, missing: 0 }]
    write.objects(field, [write.plane(field)], { count: 2, measures })
    expect(replyOf('plates.open', await plates['plates.open']({ plateId: plate }))).toMatchObject({
      summary: { plateId: plate, wells: 1, fields: 1, expected: 2, objects: 2 },
      rows: 8,
      columns: 12,
      wells: [
        { well: 'A01', expected: 1 },
        { well: 'H12', expected: 1 },
      ],
      acquisitions: [{ acquisitionId: run, number: 0, folder: '/a', namedBy: 'index' }],
      measures: ['AreaShape_Area'],
      layout: [],
    })
  })

  test.each([
    { wells: ['A01', 'P24'], rows: 16, columns: 24 },
    { wells: ['AF48'], rows: 32, columns: 48 },
    { wells: ['AG01', 'A49'], rows: 33, columns: 49 },
    { wells: [null], rows: 0, columns: 0 },
  ])('have $rows rows and $columns columns for $wells', async ({ wells, rows, columns }) => {
    const { plates, write } = desk()
    const plate = write.plate()
    const run = write.run(plate, '/a')
    for (const well of wells) write.plane(write.field(run, { well, name: well ?? 'x.tif' }))
    const opened = replyOf('plates.open', await plates['plates.open']({ plateId: plate }))
    expect(opened).toMatchObject({ rows, columns })
  })

  test('that are not there are named', async () => {
    const { plates } = desk()
    const replies = [
      await plates['plates.open']({ plateId }),
      await plates['plates.values']({ plateId, quantity }),
      await plates['plates.fields']({ plateId, well: 'A01', history: false }),
      await plates['plates.completeness']({ plateId }),
      await plates['plates.annotate']({ plateId, csv: 'well\nA01' }),
    ]
    for (const reply of replies) {
      expect(reply).toEqual({ ok: false, fault: { kind: 'plate-not-found', plateId } })
    }
  })

  test('are answered from indexes, whatever the size of the store', async () => {
    const { db, store, plates, write } = desk()
    const plate = write.plate()
    const field = write.field(write.run(plate, '/a'), {})
    const plane = write.plane(field)
    write.verdict(plane, 'pass', { metrics: { FocusScore: 1 } })
    const record = write.prediction(field, [plane], { decision: 'review' })
    write.summary(write.run(plate, '/a'), { by: [record], wells: [] })
    const metric = { kind: 'metric', metric: 'FocusScore', channel: 'DAPI' } as const
    const pool = startPool(1)
    const recorder = { recipe: NUCLEI_FLUORESCENCE, recipeHash: 'e'.repeat(64) as Sha256 }
    const fields = fieldAnswers({ store, pool, recorder })
    const steps = await queryPlans(db, async () => {
      await plates['plates.list']()
      await plates['plates.open']({ plateId: plate })
      await plates['plates.values']({ plateId: plate, quantity })
      await plates['plates.values']({
        plateId: plate,
        quantity: { ...metric, statistic: 'mean' },
      })
      await plates['plates.fields']({ plateId: plate, well: 'A01', history: true })
      await plates['plates.completeness']({ plateId: plate })
      await plates['plates.completeness']({ plateId: plate })
      await fields['fields.open']({ fieldId: field })
      await fields['fields.doubted']({ plateId: plate })
      await fields['fields.reference']({ planeId: plane })
    })
    expect(steps.length).toBeGreaterThan(40)
    const large =
      /^SCAN (plane|planeStanding|standing|fieldStanding|field|file|verdict|activity|fieldObjects|objects|informed|summary|fault|audit|prediction)\b/
    expect(steps.filter(({ step }) => large.test(step))).toEqual([])
  })
})

describe('a platemap', () => {
  const csv = 'well;type;dose\nA1;negative;0\nH12;positive;10'

  test('is kept, noted in the audit trail, and shown with the plate', async () => {
    const { audited, plates, write } = desk()
    const plate = write.plate()
    write.run(plate, '/a')
    const layout = replyOf(
      'plates.annotate',
      await plates['plates.annotate']({ plateId: plate, csv }),
    )
    expect(layout).toEqual([
      { well: 'A01', control: 'negative', labels: { dose: '0' } },
      { well: 'H12', control: 'positive', labels: { dose: '10' } },
    ])
    expect(replyOf('plates.open', await plates['plates.open']({ plateId: plate }))).toMatchObject({
      layout,
      rows: 8,
      columns: 12,
    })
    await plates['plates.annotate']({ plateId: plate, csv: 'well\nA01' })
    expect(audited).toMatchObject([
      { action: 'set-layout', entity: 'plate', entityId: String(plate), new: { wells: 2 } },
      { action: 'set-layout', old: { wells: 2 }, new: { wells: 1 } },
    ])
    expect(audited[1]!.old).toEqual(audited[0]!.new)
    expect('old' in audited[0]!).toBe(false)
  })

  test('is read without being kept', async () => {
    const { db, audited, plates } = desk()
    expect(replyOf('layouts.read', await plates['layouts.read']({ csv }))).toHaveLength(2)
    expect(await plates['layouts.read']({ csv: 'dose\n1' })).toMatchObject({
      ok: false,
      fault: { kind: 'layout-invalid' },
    })
    expect(audited).toEqual([])
    expect(db.prepare('SELECT count(*) FROM layout').pluck().get()).toBe(0)
  })

  test('can be taken away; the record and the audit trail keep it', async () => {
    const { db, audited, plates, write } = desk()
    const plate = write.plate()
    write.run(plate, '/a')
    await plates['plates.annotate']({ plateId: plate, csv })
    expect(await plates['plates.annotate']({ plateId: plate, csv: null })).toMatchObject({
      value: [],
    })
    expect(replyOf('plates.open', await plates['plates.open']({ plateId: plate })).layout).toEqual(
      [],
    )
    expect(audited.at(-1)).toMatchObject({
      action: 'set-layout',
      old: { wells: 2 },
      new: { wells: 0 },
    })
    expect(db.prepare('SELECT count(*) FROM layout').pluck().get()).toBe(2)
  })

  test('that says nothing about wells changes nothing', async () => {
    const { db, audited, plates, write } = desk()
    const plate = write.plate()
    write.run(plate, '/a')
    expect(await plates['plates.annotate']({ plateId: plate, csv: 'dose\n1' })).toMatchObject({
      ok: false,
      fault: { kind: 'layout-invalid' },
    })
    expect(audited).toEqual([])
    expect(db.prepare('SELECT count(*) FROM layout').pluck().get()).toBe(0)
  })

  test('is not kept where it cannot be audited', async () => {
    const { db, store, completeness, write } = desk()
    const plate = write.plate()
    write.run(plate, '/a')
    const plates = plateAnswers({
      store,
      completeness,
      audit: () => {
        throw new Error('the trail is torn')
      },
    })
    await expect(plates['plates.annotate']({ plateId: plate, csv })).rejects.toThrow('torn')
    expect(db.prepare('SELECT count(*) FROM layout').pluck().get()).toBe(0)
  })
})
