import type { Acquisition, ChannelFacts, NamedBy, RunFacts } from './intake/acquisition.ts'
import { missingPlanes } from './intake/expected-planes.ts'
import { compareWells } from './intake/group-fields.ts'
import type { SignRead } from './intake/identify-acquisitions.ts'
import type { Sureness } from './intake/instruments/instrument.ts'
import type { PlaneAddress } from './intake/plane-file.ts'

/** What is known of a run before a pixel of it is read. */
export interface PlateDescription {
  readonly plate: string
  readonly uniqueId: string | null
  readonly folder: string
  readonly instrument: string
  readonly namedBy: NamedBy
  /** How sure the sign was by which it was read; null where somebody chose how. */
  readonly sure: Sureness | null
  readonly format: Acquisition['format']
  /** Wells, sites, steps and times that are promised or there, in their order. */
  readonly wells: readonly string[]
  readonly sites: readonly number[]
  readonly z: readonly number[]
  readonly t: readonly number[]
  readonly channels: readonly (Omit<ChannelFacts, 'channel'> & {
    readonly name: string
    readonly planes: number
  })[]
  /** µm; more than one where planes differ, none where nothing says it. */
  readonly pixelSizes: readonly number[]
  readonly objective: RunFacts['objective']
  /** ISO 8601: as the index says it, else the earliest of the planes. */
  readonly startedAt: string | null
  readonly planes: {
    readonly expected: number | null
    readonly arrived: number
    /** Of those that arrived. */
    readonly projections: number
    readonly withPosition: number
  }
  readonly missing: readonly PlaneAddress[]
}

export function describePlate(
  acquisition: Acquisition,
  signs: readonly SignRead[],
): PlateDescription {
  const { plate, uniqueId, folder, instrument, namedBy, format, facts, planes, expected } =
    acquisition
  const blocks = acquisition.promised ?? []
  const steps = planes.filter(({ projection }) => !projection)
  const sign = signs.find(one => one.instrument === instrument && one.by === namedBy)
  return {
    plate,
    uniqueId,
    folder,
    instrument,
    namedBy,
    sure: sign?.sure ?? null,
    format,
    wells: distinct([
      ...blocks.flatMap(({ wells }) => wells),
      ...planes.flatMap(({ well }) => well ?? []),
    ]).sort(compareWells),
    sites: numbers(
      blocks.map(({ sites }) => sites),
      planes.map(({ site }) => site),
    ),
    z: numbers(
      blocks.filter(({ projection }) => projection !== true).map(({ z }) => z),
      steps.map(({ z }) => z),
    ),
    t: numbers(
      blocks.map(({ t }) => t),
      planes.map(({ t }) => t),
    ),
    channels: acquisition.channels.map(({ name }) => {
      const said = facts?.channels.find(({ channel }) => channel === name)
      return {
        name,
        excitation: said?.excitation ?? null,
        emission: said?.emission ?? null,
        exposure: said?.exposure ?? null,
        flatField: said?.flatField ?? null,
        planes: planes.filter(({ channel }) => channel === name).length,
      }
    }),
    pixelSizes: distinct(planes.flatMap(plane => plane.facts?.pixelSize ?? [])).sort(
      (a, b) => a - b,
    ),
    objective: facts?.objective ?? null,
    startedAt: facts?.startedAt ?? earliest(planes.flatMap(plane => plane.facts?.takenAt ?? [])),
    planes: {
      expected,
      arrived: planes.length,
      projections: planes.length - steps.length,
      withPosition: planes.filter(plane => (plane.facts?.position ?? null) !== null).length,
    },
    missing: missingPlanes(acquisition),
  }
}

function numbers(
  promised: readonly (readonly number[])[],
  seen: readonly (number | null)[],
): readonly number[] {
  return distinct([...promised.flat(), ...seen.flatMap(one => one ?? [])]).sort((a, b) => a - b)
}

function distinct<T>(values: readonly T[]): T[] {
  return [...new Set(values)]
}

/** Of times of one clock, spelt alike. */
function earliest(times: readonly string[]): string | null {
  return times.reduce<string | null>((first, time) => {
    return first === null || time < first ? time : first
  }, null)
}
