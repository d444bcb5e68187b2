import { expect, test } from 'vitest'
import type { Prediction } from '#contract/fields.ts'
import type { FieldId, RecordId } from '#core/brand.ts'
import { defaultQuality } from '#core/quality/rules.ts'
import { fail, ok } from '#core/fault.ts'
import {
  createFieldStore,
  type FieldStore,
} from '../../../../src/renderer/features/field/field-store.ts'
import type { PixelSource } from '../../../../src/renderer/lib/pixels.ts'
import { DESCRIPTION, fieldRow, openedField, planeRow } from '../../../support/opened-field.ts'

const turn = () => new Promise(resolve => setTimeout(resolve))

const PREDICTED: Prediction = {
  record: 'ab'.repeat(32) as RecordId,
  networks: [],
  provider: 'cpu',
  threads: 1,
  runtime: 'ONNX Runtime 1.30.0',
  fellBack: null,
  passes: 1,
  uncertainty: 0.1,
  components: {},
  novelty: null,
  limits: { uncertainty: null, novelty: null },
  decision: 'use',
  doubts: [],
  maps: ['entropy'],
}

/** A host with three fields in a row, of which field 2 fails. */
function host(fails: { open?: boolean } = {}) {
  const asked: string[] = []
  const pixels: PixelSource = {
    samples: async request => {
      asked.push(request.kind)
      return ok({ width: 1, height: 1, data: Float32Array.of(0.2), step: 64 })
    },
    json: async <T>() => ok(DESCRIPTION as T),
  }
  const api: Parameters<typeof createFieldStore>[0] = {
    'fields.open': async ({ fieldId }) => {
      asked.push(`open ${fieldId}`)
      if (fails.open) return fail({ kind: 'field-not-found', fieldId })
      const row = fieldRow([
        planeRow(10 * fieldId, fieldId === 2 ? { state: 'fail', reasons: ['saturated'] } : {}),
      ])
      return ok({
        ...openedField({ ...row, fieldId }).details,
        prediction: fieldId === 2 ? PREDICTED : null,
        previous: fieldId > 1 ? ((fieldId - 1) as FieldId) : null,
        next: fieldId < 3 ? ((fieldId + 1) as FieldId) : null,
      })
    },
    'fields.objects': async () => ok({ count: 0, columns: [] }),
    'fields.reference': async () => ok(null),
    'plates.fields': async () => ok([fieldRow([planeRow(10)])]),
    'quality.rules': async () =>
      ok({
        recipe: {
          hash: 'a'.repeat(64) as never,
          name: 'nuclei',
          status: 'draft',
          keptAt: null,
          reason: null,
          inUse: true,
        },
        quality: defaultQuality,
        channels: [],
      }),
  }
  const bridge = { invoke: async () => null, on: () => () => {} }
  return { store: createFieldStore(api, bridge, pixels), asked, fails }
}

async function openAt(store: FieldStore, fieldId: number): Promise<void> {
  await store.open(fieldId as FieldId, null)
  await turn()
}

test('the fields before and after are opened ahead, and not again when somebody goes there', async () => {
  const { store, asked } = host()
  await openAt(store, 2)
  expect(asked).toEqual(['open 2'])
  await store.openAhead()
  expect(asked).toEqual(['open 2', 'open 3', 'open 1'])
  await openAt(store, 3)
  expect(asked).toEqual(['open 2', 'open 3', 'open 1'])
  expect(store.getSnapshot().field).toMatchObject({ status: 'shown', fieldId: 3 })
})

test('the last of two fields asked for at once is the one that is shown', async () => {
  const { store } = host()
  await Promise.all([store.open(1 as FieldId, null), store.open(3 as FieldId, null)])
  expect(store.getSnapshot().field).toMatchObject({ status: 'shown', fieldId: 3 })
})

test('a field that could not be opened is asked for again the next time', async () => {
  const { store, fails } = host({ open: true })
  await openAt(store, 1)
  expect(store.getSnapshot().field).toMatchObject({ status: 'failed', fieldId: 1 })
  fails.open = false
  await openAt(store, 1)
  expect(store.getSnapshot().field).toMatchObject({ status: 'shown', fieldId: 1 })
})

test('why a saturated plane was flagged is shown by the map of saturation', async () => {
  const { store } = host()
  await openAt(store, 2)
  await store.askWhy(true)
  expect(store.getSnapshot()).toMatchObject({
    why: true,
    rules: { quality: defaultQuality },
    map: { status: 'shown', kind: 'saturation', planeId: 20, samples: { step: 64 } },
  })
  await store.askWhy(false)
  expect(store.getSnapshot().map).toEqual({ status: 'none' })
})

test('a map of networks is fetched by the record that made it, where there is one', async () => {
  const { store, asked } = host()
  await openAt(store, 2)
  await store.showMap('saliency')
  expect(store.getSnapshot().map).toEqual({ status: 'none' })
  await store.showMap('entropy')
  expect(asked.at(-1)).toBe('prediction-map')
  expect(store.getSnapshot().map).toMatchObject({
    status: 'shown',
    of: 'prediction',
    kind: 'entropy',
    record: PREDICTED.record,
  })
  store.fadeMap(0.3)
  expect(store.getSnapshot().mapOpacity).toBe(0.3)
  // Why a plane was flagged is another question.
  await store.askWhy(true)
  expect(store.getSnapshot().map).toMatchObject({ of: 'plane', kind: 'saturation' })
})

test('says so when there is nothing good to compare with', async () => {
  const { store } = host()
  await openAt(store, 2)
  await store.compare('side')
  expect(store.getSnapshot().comparison).toMatchObject({
    with: 'reference',
    other: { status: 'none' },
  })
})

test('compares with another run in turn, the other first', async () => {
  const { store } = host()
  await openAt(store, 2)
  await store.compare('turn', 1 as FieldId)
  expect(store.getSnapshot().comparison).toMatchObject({
    with: 'run',
    turned: true,
    other: { status: 'shown', opened: { details: { field: { fieldId: 1 } } } },
  })
})
