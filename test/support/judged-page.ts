import type { JudgedPlanes } from '#contract/quality.ts'
import type { PlaneState } from '#contract/plates.ts'
import type { FieldId, PlaneId } from '#core/brand.ts'
import type { MetricName } from '#core/quality/metrics.ts'

export interface WrittenJudgement {
  readonly id?: number
  readonly well?: string | null
  readonly site?: number
  readonly channel?: string
  readonly z?: number
  readonly state?: PlaneState
  readonly reasons?: string
  readonly at?: number
  readonly metrics?: Partial<Record<MetricName, number | null>>
}

/** A reply of `quality.planes`: each plane in its own well unless it says where. */
export function judgedPage(
  planes: readonly WrittenJudgement[],
  { cursor = planes.length, more = false, from = 0 } = {},
): JudgedPlanes {
  const all = planes.map((plane, i) => ({
    id: from + i + 1,
    well: `W${from + i + 1}`,
    site: 1,
    channel: 'DAPI',
    z: 0,
    state: 'pass' as const,
    reasons: '',
    at: 1000 * (from + i),
    metrics: {},
    ...plane,
  }))
  const names = new Set(all.flatMap(({ metrics }) => Object.keys(metrics) as MetricName[]))
  return {
    cursor,
    more,
    planeId: all.map(({ id }) => id as PlaneId),
    version: all.map(({ id }) => String(id).padStart(16, '0')),
    fieldId: all.map(({ id }) => id as FieldId),
    place: all.map(({ well, site, channel, z }) => `${well}/${site}/${channel}/${z}`),
    well: all.map(({ well }) => well),
    site: all.map(({ site }) => site),
    channel: all.map(({ channel }) => channel),
    z: all.map(({ z }) => z),
    state: all.map(({ state }) => state),
    reasons: all.map(({ reasons }) => reasons),
    judgedAt: all.map(({ at }) => at),
    metrics: Object.fromEntries(
      [...names].map(name => [
        name,
        all.map(
          ({ metrics }) => (metrics as Partial<Record<MetricName, number | null>>)[name] ?? null,
        ),
      ]),
    ),
  }
}
