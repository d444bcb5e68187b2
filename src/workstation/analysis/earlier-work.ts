import { statSync } from 'node:fs'
import type { RecordId } from '#core/brand.ts'
import { fail, ok, type Fault, type Result } from '#core/fault.ts'
import type { MeasureSummary } from '#core/plate/aggregate.ts'
import { choosePlanes } from '#core/prepare/choose-planes.ts'
import { measureQuality, type QualityMetrics } from '#core/quality/metrics.ts'
import type { StageName } from '../record/activity-id.ts'
import { artifactPath, type Artifact } from '../record/artifacts.ts'
import { judgementDigest } from '../record/output-digest.ts'
import { recordedPrediction } from '../record/recorded-prediction.ts'
import {
  activitiesOfField,
  activitiesOfPlane,
  artifactOf,
  usedBy,
  type ActivityRow,
} from '../store/activities.ts'
import type { ReadableDb } from '../store/db.ts'
import { faultOf } from '../store/faults.ts'
import type { PlaneRow } from '../store/fields.ts'
import { analysedPlanes, fieldObjectsOf } from '../store/objects.ts'
import { verdictOf } from '../store/verdicts.ts'
import { fieldJob, idOfAnalysis, type Bench, type FieldWork } from './field-work.ts'
import type {
  AnalysisOutcome,
  FieldAnalysis,
  FileRead,
  PlaneJudgement,
  PlaneOutcome,
} from './job.ts'
import { judgeMetrics } from './judge-metrics.ts'

/** What the recipe in use makes of an earlier activity, without the raw files: what a worker would answer. */
export interface EarlierWork<Outcome> {
  readonly outcome: Outcome
  readonly informedBy: RecordId
}

/**
 * Faults that are in the bytes, whatever the recipe. Of others, such as a deadline, another try may tell
 * something else.
 */
const IN_THE_BYTES: ReadonlySet<Fault['kind']> = new Set([
  'not-an-image',
  'image-truncated',
  'image-corrupt',
  'image-unsupported',
  'image-too-large',
])

/** The verdict on a plane by metrics that were taken before; null where its pixels have to be looked at. */
export function earlierJudgement(bench: Bench, plane: PlaneRow): EarlierWork<PlaneOutcome> | null {
  const { db } = bench.store
  const startedAt = new Date().toISOString()
  for (const former of activitiesOfPlane(db, plane.id)) {
    const result =
      former.outcome === 'fault' ? metFault(bench, former) : judgedBefore(bench, former, plane)
    if (result === null) continue
    const [file = null] = filesOf(db, former.id)
    const endedAt = new Date().toISOString()
    const outcome = { key: plane.id, startedAt, endedAt, file, result }
    return { outcome, informedBy: former.id }
  }
  return null
}

/** The objects that were found in just these planes before; null where they have to be looked for. */
export function earlierAnalysis(
  bench: Bench,
  work: FieldWork,
  planes: readonly PlaneRow[],
): EarlierWork<AnalysisOutcome> | null {
  const { db } = bench.store
  const startedAt = new Date().toISOString()
  for (const former of activitiesOfField(db, work.field.id)) {
    // Of the same planes by the same stages, or its identity would be another one.
    const alike =
      former.outcome === 'done' &&
      bench.recorder.kin.analysis.has(former.recipeHash) &&
      former.id === idOfAnalysis(bench, work, planes, former.recipeHash)
    const found = alike ? analysedBefore(bench, former, chosenOf(bench, work, planes)) : null
    if (found === null) continue
    const files = filesOf(db, former.id)
    const outcome = { startedAt, endedAt: new Date().toISOString(), files, result: ok(found) }
    return { outcome, informedBy: former.id }
  }
  return null
}

function judgedBefore(
  { store: { db }, recorder: { kin, recipe } }: Bench,
  former: ActivityRow,
  { channel }: PlaneRow,
): Result<PlaneJudgement> | null {
  if (!kin.metrics.has(former.recipeHash) || !isMeasuredAlike(former)) return null
  const row = verdictOf(db, former.id)!
  const image = JSON.parse(row.image) as PlaneJudgement['image']
  const metrics = JSON.parse(row.metrics) as QualityMetrics
  const reasons = JSON.parse(row.reasons) as string[]
  const before = { image, metrics, verdict: row.verdict, reasons }
  // Nothing is built on rows that are not what came out then.
  if (judgementDigest(before) !== former.digest) return null
  return ok({ image, metrics, ...judgeMetrics(metrics, channel, recipe) })
}

function isMeasuredAlike({ stages }: ActivityRow): boolean {
  const { id, version } = measureQuality
  return (JSON.parse(stages) as StageName[]).some(
    stage => stage.id === id && stage.version === version,
  )
}

/** The planes that would be analysed now. */
function chosenOf(
  bench: Bench,
  work: FieldWork,
  planes: readonly PlaneRow[],
): readonly PlaneRow['id'][] {
  const { analyse, recipe } = fieldJob(bench, work, [], planes)
  return choosePlanes.run(analyse!, recipe.prepare).map(place => planes[place]!.id)
}

function analysedBefore(
  { store: { db, folder } }: Bench,
  former: ActivityRow,
  chosen: readonly PlaneRow['id'][],
): FieldAnalysis | null {
  const { id, digest } = former
  const row = fieldObjectsOf(db, id)!
  const prediction = recordedPrediction(db, former)
  const planes = analysedPlanes(row).map(({ planeId: key, ...plane }) => ({ ...plane, key }))
  const artifacts = {
    labels: artifactIn(db, id, 'labels'),
    objects: artifactIn(db, id, 'objects'),
  }
  const stands =
    planes.length === chosen.length &&
    planes.every(({ key }, i) => key === chosen[i]) &&
    [
      ...Object.values(artifacts),
      ...(prediction?.maps ?? []).map(({ artifact }) => artifact),
    ].every(artifact => isThere(folder, artifact))
  if (!stands) return null
  const { count, diameter } = row
  const measures = JSON.parse(row.measures) as MeasureSummary[]
  return { planes, count, diameter, measures, prediction, digest, artifacts }
}

function artifactIn(db: ReadableDb, id: RecordId, role: 'labels' | 'objects'): Artifact {
  const { sha256, bytes, location } = artifactOf(db, id, role)
  return { sha256, bytes, location }
}

function isThere(store: string, { location, bytes }: Artifact): boolean {
  return statSync(artifactPath(store, location), { throwIfNoEntry: false })?.size === bytes
}

/** A fault that this version of the application would meet again. Another version may read what that one could not. */
function metFault(
  { store: { db }, recorder: { softwareId } }: Bench,
  former: ActivityRow,
): Result<never> | null {
  const row = faultOf(db, former.id)
  if (row === undefined || former.softwareId !== softwareId) return null
  const fault = JSON.parse(row.fault) as Fault
  return IN_THE_BYTES.has(fault.kind) ? fail(fault) : null
}

function filesOf(db: ReadableDb, id: RecordId): readonly FileRead[] {
  return usedBy(db, id)
    .filter(({ kind }) => kind === 'file')
    .map(({ location, sha256, bytes }) => ({ path: location, sha256, bytes }))
}
