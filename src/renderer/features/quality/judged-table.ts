import type { PlaneState } from '#contract/plates.ts'
import type { JudgedPlanes } from '#contract/quality.ts'
import type { FieldId, PlaneId } from '#core/brand.ts'
import type { MetricName } from '#core/quality/metrics.ts'

/** Planes in the order in which they were judged, as columns of one length. */
export interface JudgedTable {
  readonly planeId: readonly PlaneId[]
  readonly version: readonly string[]
  readonly fieldId: readonly FieldId[]
  readonly place: readonly string[]
  readonly well: readonly (string | null)[]
  readonly site: readonly (number | null)[]
  readonly channel: readonly string[]
  readonly z: readonly number[]
  /** Whether there are several focal planes. */
  readonly stacked: boolean
  readonly state: readonly PlaneState[]
  readonly reasons: readonly string[]
  readonly judgedAt: readonly number[]
  /** NaN where it could not be measured. */
  readonly metrics: Readonly<Partial<Record<MetricName, Float64Array>>>
  /** Indices of the planes that count: of two at one place the later. */
  readonly rows: Int32Array
}

export const NO_PLANES: JudgedTable = {
  planeId: [],
  version: [],
  fieldId: [],
  place: [],
  well: [],
  site: [],
  channel: [],
  z: [],
  stacked: false,
  state: [],
  reasons: [],
  judgedAt: [],
  metrics: {},
  rows: new Int32Array(0),
}

/** The table with a page of planes after it. */
export function appendJudged(table: JudgedTable, page: JudgedPlanes): JudgedTable {
  if (page.planeId.length === 0) return table
  const place = [...table.place, ...page.place]
  return {
    planeId: [...table.planeId, ...page.planeId],
    version: [...table.version, ...page.version],
    fieldId: [...table.fieldId, ...page.fieldId],
    place,
    well: [...table.well, ...page.well],
    site: [...table.site, ...page.site],
    channel: [...table.channel, ...page.channel],
    z: [...table.z, ...page.z],
    stacked: table.stacked || page.z.some(z => z !== (table.z[0] ?? page.z[0])),
    state: [...table.state, ...page.state],
    reasons: [...table.reasons, ...page.reasons],
    judgedAt: [...table.judgedAt, ...page.judgedAt],
    metrics: Object.fromEntries(
      Object.entries(page.metrics).map(([name, values]) => [
        name,
        joined(table.metrics[name as MetricName], table.place.length, values),
      ]),
    ),
    rows: lastOfEach(place),
  }
}

/** A metric of some rows; NaN where it was not asked for or not measured. */
export function valuesOf(
  { metrics }: JudgedTable,
  metric: MetricName,
  rows: Int32Array,
): Float64Array {
  const column = metrics[metric]
  return Float64Array.from(rows, row => column?.[row] ?? NaN)
}

/** Channels of the planes, in the instrument's order; those it does not name come last. */
export function channelsOf(table: JudgedTable, instrument: readonly string[]): readonly string[] {
  const present = new Set(table.channel)
  const named = instrument.filter(channel => present.has(channel))
  return [...new Set([...named, ...present])]
}

/** `B03 site 1 DAPI`, with the focal plane where there are several. */
export function planeName(table: JudgedTable, row: number): string {
  const name = placeName({
    well: table.well[row]!,
    site: table.site[row]!,
    channel: table.channel[row]!,
  })
  return table.stacked ? `${name} z ${table.z[row]!}` : name
}

export function placeName({
  well,
  site,
  channel,
}: {
  readonly well: string | null
  readonly site: number | null
  readonly channel: string
}): string {
  const place = [well, site === null ? null : `site ${site}`].filter(part => part !== null)
  return [...(place.length === 0 ? ['image'] : place), channel].join(' ')
}

function joined(
  before: Float64Array | undefined,
  length: number,
  values: readonly (number | null)[],
): Float64Array {
  const all = new Float64Array(length + values.length)
  if (before === undefined) all.fill(NaN, 0, length)
  else all.set(before)
  for (let i = 0; i < values.length; i += 1) all[length + i] = values[i] ?? NaN
  return all
}

function lastOfEach(places: readonly string[]): Int32Array {
  const last = new Map<string, number>()
  places.forEach((place, row) => last.set(place, row))
  return Int32Array.from(last.values()).sort()
}
