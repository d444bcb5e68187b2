import type { PlaneId, RecordId } from '#core/brand.ts'
import { nucleusChannel } from '#core/prepare/channel-roles.ts'
import { thumbnailOrder } from '../pixels/view.ts'
import { analysisId, qualityId } from '../record/activity-id.ts'
import type { FieldDone, Recorder } from '../record/recorder.ts'
import { activityIsRecorded } from '../store/activities.ts'
import { currentPlanesOfField, type FieldRow, type PlaneRow } from '../store/fields.ts'
import type { Store } from '../store/open-store.ts'
import type { AcquisitionRow } from '../store/plates.ts'
import { latestVerdictsOfField } from '../store/verdicts.ts'
import type { FieldJob, FieldReply, PlaneSource } from './job.ts'
import { analysisStages, JUDGING_STAGES } from './stages.ts'

/** A store, and the recipe by which it is worked. */
export interface Bench {
  readonly store: Store
  readonly recorder: Recorder
}

/** How far a field is by one recipe: what is recorded is done, everything else is left to do. */
export interface FieldWork {
  readonly acquisition: AcquisitionRow
  readonly field: FieldRow
  /** The planes that count. */
  readonly planes: readonly PlaneWork[]
  /** The channel in which objects are looked for; null where none shows nuclei. */
  readonly segmented: string | null
  /** Planes with a verdict, with the number by which stacks choose their focal plane. */
  readonly sharpness: ReadonlyMap<PlaneId, number | null>
}

export interface PlaneWork {
  /** The identity that judging this plane has. */
  readonly id: RecordId
  readonly plane: PlaneRow
  /** Whether its verdict, or the fault that it met, is recorded. */
  readonly judged: boolean
}

export function workOnField(
  { store: { db }, recorder }: Bench,
  acquisition: AcquisitionRow,
  field: FieldRow,
): FieldWork {
  const { recipe, recipeHash } = recorder
  const method = { recipeHash, stages: JUDGING_STAGES }
  const planes = currentPlanesOfField(db, field.id).map(plane => {
    const id = qualityId(acquisition, field, plane, method)
    return { id, plane, judged: activityIsRecorded(db, id) }
  })
  const sharpness = new Map(
    latestVerdictsOfField(db, field.id, recipeHash).map(({ planeId, metrics }) => [
      planeId,
      (JSON.parse(metrics) as { laplacian_variance: number | null }).laplacian_variance,
    ]),
  )
  const channels = JSON.parse(acquisition.channels) as string[]
  const segmented = nucleusChannel(channels, recipe.channels)
  return { acquisition, field, planes, segmented, sharpness }
}

/** The same work once these planes of it are judged. */
export function withJudged(work: FieldWork, judged: FieldDone['planes']): FieldWork {
  const now = new Set(judged.map(({ id }) => id))
  const sharpness = new Map(work.sharpness)
  for (const { plane, outcome } of judged) {
    if (outcome.result.ok) sharpness.set(plane.id, outcome.result.value.metrics.laplacian_variance)
  }
  const planes = work.planes.map(one => ({ ...one, judged: one.judged || now.has(one.id) }))
  return { ...work, planes, sharpness }
}

/** The planes in which objects may be looked for: those that have a verdict, and those that are to get one now. */
export function candidatesOf(
  { planes, segmented, sharpness }: FieldWork,
  judge: readonly PlaneWork[],
): readonly PlaneRow[] {
  const now = new Set(judge.map(({ plane }) => plane.id))
  const readable = planes
    .map(({ plane }) => plane)
    .filter(({ id }) => now.has(id) || sharpness.has(id))
  return readable.some(({ channel }) => channel === segmented) ? readable : []
}

/** The identity of looking for objects in just these planes, by the recipe in use or another one. */
export function idOfAnalysis(
  { recorder }: Bench,
  { acquisition, field, segmented }: FieldWork,
  planes: readonly PlaneRow[],
  recipeHash = recorder.recipeHash,
): RecordId {
  const networks = recorder.networks.map(({ weights }) => weights.sha256)
  const method = { recipeHash, stages: analysisStages(recorder.recipe), networks }
  return analysisId(acquisition, field, planes, segmented ?? '', method)
}

/** What a worker is asked; without candidates it is asked for verdicts alone. */
export function fieldJob(
  { store, recorder }: Bench,
  { segmented, sharpness }: FieldWork,
  judge: readonly PlaneWork[],
  candidates: readonly PlaneRow[],
): FieldJob {
  const source = (plane: PlaneRow): PlaneSource => ({
    key: plane.id,
    path: plane.path,
    page: plane.page,
    channel: plane.channel,
    z: plane.z,
    projection: plane.projection === 1,
    sharpness: sharpness.get(plane.id) ?? null,
    pixelSize: plane.pixelSize,
    version: { bytes: plane.bytes, modified: plane.modified },
  })
  return {
    kind: 'field',
    judge: judge.map(({ plane }) => ({
      ...source(plane),
      thumbnail: thumbnailOrder(store.folder, plane),
    })),
    analyse:
      candidates.length === 0 || segmented === null
        ? null
        : {
            segmented,
            candidates: candidates.map(source),
            store: store.folder,
            networks: recorder.networks,
          },
    recipe: recorder.recipe,
  }
}

/** What a worker answered, under the identities by which it is recorded. */
export function fieldDone(
  bench: Bench,
  work: FieldWork,
  judge: readonly PlaneWork[],
  candidates: readonly PlaneRow[],
  reply: FieldReply,
): FieldDone {
  const { acquisition, field } = work
  const planes = judge.map(({ id, plane }, i) => {
    return { id, plane, outcome: reply.planes[i]!, informedBy: null }
  })
  return { acquisition, field, planes, analysis: analysisDone(bench, work, candidates, reply) }
}

/** The analysis under the identity of the planes that turned out to be readable. */
function analysisDone(
  bench: Bench,
  work: FieldWork,
  candidates: readonly PlaneRow[],
  { planes, analysis }: FieldReply,
): FieldDone['analysis'] {
  if (analysis === null) return null
  const failed = new Set(planes.filter(({ result }) => !result.ok).map(({ key }) => key))
  const used = candidates.filter(({ id }) => !failed.has(id))
  const path = used.find(({ channel }) => channel === work.segmented)!.path
  return { id: idOfAnalysis(bench, work, used), path, outcome: analysis, informedBy: null }
}
