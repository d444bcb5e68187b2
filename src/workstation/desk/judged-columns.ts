import type { JudgedPlanes } from '#contract/quality.ts'
import type { MetricName, QualityMetrics } from '#core/quality/metrics.ts'
import { pixelVersion } from '../pixels/pixel-version.ts'
import type { JudgedPlaneRow } from '../store/judged-planes.ts'

/** Rows as the columns that the window is told, with the metrics that it wants. */
export function judgedColumns(
  rows: readonly JudgedPlaneRow[],
  metrics: readonly MetricName[],
): Omit<JudgedPlanes, 'cursor' | 'more'> {
  const measured = rows.map(metricsIn)
  return {
    planeId: rows.map(({ planeId }) => planeId),
    version: rows.map(pixelVersion),
    fieldId: rows.map(({ fieldId }) => fieldId),
    place: rows.map(placeOf),
    well: rows.map(({ well }) => well),
    site: rows.map(({ site }) => site),
    channel: rows.map(({ channel }) => channel),
    z: rows.map(({ z }) => z),
    state: rows.map(({ state }) => state),
    reasons: rows.map(({ reasons }) => (JSON.parse(reasons) as string[]).join(',')),
    judgedAt: rows.map(({ judgedAt }) => judgedAt),
    metrics: Object.fromEntries(
      metrics.map(name => [name, measured.map(values => values?.[name] ?? null)]),
    ),
  }
}

/** What was measured on a plane; null for an unreadable one. */
export function metricsIn({ metrics }: Pick<JudgedPlaneRow, 'metrics'>): QualityMetrics | null {
  return metrics === null ? null : (JSON.parse(metrics) as QualityMetrics)
}

/** Two planes of one place are two images of the same thing. */
function placeOf({ well, field, channel, z, projection }: JudgedPlaneRow): string {
  return JSON.stringify([well, field, channel, z, projection])
}
