import { expect, test } from 'vitest'
import type { RecordId, Sha256 } from '#core/brand.ts'
import { hashOf } from '#core/canonical.ts'
import { NUCLEI_FLUORESCENCE } from '#core/recipe.ts'
import type { FieldAnalysis, FieldPrediction } from '#workstation/analysis/job.ts'
import { enrolAgents } from '#workstation/record/agents.ts'
import { recordedPrediction, servedIn } from '#workstation/record/recorded-prediction.ts'
import { createRecorder } from '#workstation/record/recorder.ts'
import { listActivities } from '#workstation/store/activities.ts'
import { enterField, fieldsOf } from '#workstation/store/fields.ts'
import { enterAcquisition, enterPlate } from '#workstation/store/plates.ts'
import { memoryDb } from '../../support/stores.ts'

const AT = '2026-03-01T10:00:00.000Z'

function artifact(name: string) {
  const sha256 = hashOf(name)
  return { sha256, bytes: name.length, location: `${sha256.slice(0, 2)}/${sha256}.${name}` }
}

const PREDICTION: FieldPrediction = {
  served: {
    networks: [
      { id: 'nuclei-1', version: '1.0.0', weights: 'a'.repeat(64) as Sha256 },
      { id: 'nuclei-2', version: '1.0.0', weights: 'b'.repeat(64) as Sha256 },
    ],
    provider: 'cpu',
    threads: 2,
    runtime: 'onnxruntime-node 1.30.0, optimisation all',
    fellBack: 'cuda: no device was found',
  },
  uncertainty: 0.625,
  components: { disagreement: 0.5, objects: 0.25, novelty: 0 },
  novelty: 0.998,
  decision: 'review',
  reasons: ['field-uncertain', 'field-novel'],
  passes: 48,
  factor: 0.73,
  classes: {
    of: 'objects',
    classes: [
      { name: 'round', count: 3 },
      { name: 'dividing', count: 1 },
    ],
    unclassified: 2,
    explained: 'occlusion',
  },
  maps: [
    { kind: 'entropy', artifact: artifact('entropy.tif') },
    { kind: 'foreground', artifact: artifact('foreground.tif') },
    { kind: 'mutual-information', artifact: artifact('mutual-information.tif') },
  ],
}

/** Records the analysis of one field, and reads what is there of it. */
function keep(prediction: FieldPrediction | null) {
  const db = memoryDb()
  const agents = enrolAgents(db)
  const { recordField } = createRecorder(db, agents, NUCLEI_FLUORESCENCE, () => new Date(AT))
  const run = enterAcquisition(db, {
    plateId: enterPlate(db, 'BR00117', ''),
    ...{ folder: '/plates/one', instrument: 'imagexpress', namedBy: 'name', expected: null },
    channels: '["DAPI"]',
  })
  enterField(db, { acquisitionId: run.id, name: 'A01_s1', well: 'A01', site: 1, t: 1 })
  const [field] = fieldsOf(db, run.id)
  const value: FieldAnalysis = {
    ...{ planes: [], count: 6, diameter: 20, measures: [], digest: hashOf('digest'), prediction },
    artifacts: { labels: artifact('labels.tif'), objects: artifact('parquet') },
  }
  recordField({
    acquisition: run,
    field: field!,
    planes: [],
    analysis: {
      ...{ id: hashOf('analysis') as string as RecordId, path: '/plates/one/A01.tif' },
      outcome: { startedAt: AT, endedAt: AT, files: [], result: { ok: true, value } },
      informedBy: null,
    },
  })
  return { db, activity: listActivities(db)[0]! }
}

test('what networks said comes back as it was', () => {
  const { db, activity } = keep(PREDICTION)
  expect(recordedPrediction(db, activity)).toEqual(PREDICTION)
  expect(servedIn(activity)).toEqual(PREDICTION.served)
})

test('also where they know nothing of novelty and classes, and found no reason', () => {
  const plain: FieldPrediction = {
    ...PREDICTION,
    ...{ novelty: null, decision: 'use', reasons: [], classes: null, maps: [] },
    served: { ...PREDICTION.served, fellBack: null },
  }
  const { db, activity } = keep(plain)
  expect(recordedPrediction(db, activity)).toEqual(plain)
})

test('where none was asked there is nothing', () => {
  const { db, activity } = keep(null)
  expect(recordedPrediction(db, activity)).toBeNull()
  expect(servedIn(activity)).toBeNull()
})
