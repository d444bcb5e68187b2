import type { FieldId, PlaneId } from '#core/brand.ts'
import type { MetricName } from '#core/quality/metrics.ts'
import { mostTypical } from '#core/quality/typical.ts'
import { all, type ReadableDb } from '../store/db.ts'
import { standingDecisions } from '../store/decisions.ts'
import { planeStanding } from '../store/standing.ts'

/** What makes planes look alike: how sharp, how bright, how full. */
const LIKENESS: readonly MetricName[] = [
  'FocusScore',
  'PowerLogLogSlope',
  'MedianIntensity',
  'StdIntensity',
  'foreground_fraction',
]

/** Planes that are looked at; more would not find a more typical one, only take longer. */
const MOST = 1000

export interface ReferencePlane {
  readonly fieldId: FieldId
  readonly planeId: PlaneId
}

/**
 * A plane to hold another one against: of its plate, channel and focal plane, one that passes, that nobody has
 * refused, and that is the most typical of up to 1000 taken evenly from the plate. Null where none passes;
 * undefined for a plane that is not there.
 */
export function referencePlane(
  db: ReadableDb,
  planeId: PlaneId,
): ReferencePlane | null | undefined {
  const plane = planeStanding(db, planeId)
  if (plane === undefined) return undefined
  const { plateId, channel, z, projection } = plane
  const refused = new Set(
    standingDecisions(db, plateId)
      .filter(({ word }) => word === 'reject' || word === 'reimage')
      .map(decision => decision.planeId),
  )
  const passing = all<ReferencePlane>(
    db,
    `SELECT fieldId, planeId FROM planeStanding
     WHERE plateId = ? AND state = 'pass' AND supersededBy IS NULL
       AND channel = ? AND z = ? AND projection = ? AND planeId <> ?
     ORDER BY planeId`,
    plateId,
    channel,
    z,
    projection,
    planeId,
  ).filter(candidate => !refused.has(candidate.planeId))
  const step = Math.max(1, passing.length / MOST)
  const candidates = Array.from(
    { length: Math.min(passing.length, MOST) },
    (_, i) => passing[Math.floor(i * step)]!,
  )
  const metrics = metricsOf(db, candidates)
  const place = mostTypical(
    candidates.map(candidate => {
      const own = metrics.get(candidate.planeId)
      return LIKENESS.map(name => own?.[name] ?? null)
    }),
  )
  return place === null ? null : candidates[place]!
}

function metricsOf(
  db: ReadableDb,
  candidates: readonly ReferencePlane[],
): ReadonlyMap<PlaneId, Partial<Record<MetricName, number | null>>> {
  const rows = all<{ planeId: PlaneId; metrics: string }>(
    db,
    `SELECT standing.planeId, metrics
     FROM planeStanding AS standing
     JOIN activity ON activity.sequence = standing.sequence
     JOIN verdict ON verdict.activityId = activity.id
     WHERE standing.planeId IN (SELECT value FROM json_each(?))`,
    JSON.stringify(candidates.map(({ planeId }) => planeId)),
  )
  return new Map(
    rows.map(({ planeId, metrics }) => [
      planeId,
      JSON.parse(metrics) as Partial<Record<MetricName, number | null>>,
    ]),
  )
}
