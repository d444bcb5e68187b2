import { keepPace, NO_PACE, type Pace } from './run-pace.ts'

/** Planes that a run was to bring: every combination of these. */
export interface PromisedBlock {
  readonly wells: readonly string[]
  readonly sites: readonly number[]
  readonly channels: readonly { readonly name: string }[]
  readonly z: readonly number[]
  readonly t: readonly number[]
  /** Of stacks that the instrument projects: z is 0. */
  readonly projection?: true
}

/** What a plane is of, wherever it is. */
export interface PlaneKind {
  readonly site: number
  readonly channel: string
  readonly z: number
  readonly t: number
  readonly projection: boolean
}

export interface ArrivedPlane extends PlaneKind {
  readonly well: string
  /** Milliseconds since 1970. */
  readonly at: number
}

/**
 * Every plane that a run promises, and when it came. Planes are counted from 0 in the order of the promise, one that is
 * promised twice once. It is filled in as planes come, so that a question does not read a whole plate again.
 */
export interface PlaneLedger {
  readonly wells: readonly string[]
  readonly kinds: readonly PlaneKind[]
  /** By plane: its place in `wells`, in `kinds`, and among the fields of the run. */
  readonly wellOf: Int32Array
  readonly kindOf: Int32Array
  readonly fieldOf: Int32Array
  /** When a plane came, milliseconds since 1970; NaN where it has not. */
  readonly arrivals: Float64Array
  /** 1 for a plane that another run of the plate has brought. */
  readonly brought: Uint8Array
  /** When the first plane of a well and of a field came; NaN before. */
  readonly wellBegun: Float64Array
  readonly fieldBegun: Float64Array
  /** The planes of each kind, and those of each well that are the same but for their site. */
  readonly byKind: readonly Int32Array[]
  readonly bySibling: readonly Int32Array[]
  readonly find: (plane: Omit<ArrivedPlane, 'at'>) => number | undefined
  arrived: number
  pace: Pace
}

/** A ledger in which nothing has come yet. */
export function openLedger(blocks: readonly PromisedBlock[]): PlaneLedger {
  const wells = new Places<string>()
  const kinds = new Places<PlaneKind>()
  const fields = new Places<null>()
  const planes = new Map<number, Map<number, number>>()
  const rows: { well: number; kind: number; field: number; sibling: string }[] = []
  for (const { wells: names, sites, channels, z: depths, t: times, ...block } of blocks) {
    const { projection = false } = block
    const kindsOfBlock = times.flatMap(t =>
      sites.flatMap(site =>
        channels.flatMap(({ name: channel }) =>
          depths.map(z => {
            const kind = { site, channel, z, t, projection }
            return {
              site,
              kind: kinds.of(kindKey(kind), kind),
              sibling: `${channel} ${depthKey(kind)} ${t}`,
            }
          }),
        ),
      ),
    )
    for (const name of names) {
      const well = wells.of(name, name)
      const own = planes.get(well) ?? new Map<number, number>()
      planes.set(well, own)
      for (const { site, kind, sibling } of kindsOfBlock) {
        if (own.has(kind)) continue
        own.set(kind, rows.length)
        rows.push({
          well,
          kind,
          field: fields.of(`${well} ${site}`, null),
          sibling: `${well} ${sibling}`,
        })
      }
    }
  }
  return {
    wells: wells.values,
    kinds: kinds.values,
    wellOf: Int32Array.from(rows, ({ well }) => well),
    kindOf: Int32Array.from(rows, ({ kind }) => kind),
    fieldOf: Int32Array.from(rows, ({ field }) => field),
    arrivals: new Float64Array(rows.length).fill(NaN),
    brought: new Uint8Array(rows.length),
    wellBegun: new Float64Array(wells.values.length).fill(NaN),
    fieldBegun: new Float64Array(fields.values.length).fill(NaN),
    byKind: groups(rows.map(({ kind }) => kind)),
    bySibling: groups(rows.map(({ sibling }) => sibling)),
    find({ well, ...kind }) {
      const own = planes.get(wells.find(well) ?? -1)
      return own?.get(kinds.find(kindKey(kind)) ?? -1)
    },
    arrived: 0,
    pace: NO_PACE,
  }
}

/** Notes a plane of this run; one that nobody promised says that the run goes on, and no more. */
export function enterArrival(ledger: PlaneLedger, plane: ArrivedPlane): void {
  const { arrivals, wellBegun, fieldBegun, wellOf, fieldOf } = ledger
  ledger.pace = keepPace(ledger.pace, plane.at)
  const place = ledger.find(plane)
  if (place === undefined || !Number.isNaN(arrivals[place])) return
  arrivals[place] = plane.at
  ledger.arrived += 1
  const [well, field] = [wellOf[place]!, fieldOf[place]!]
  wellBegun[well] = earlier(wellBegun[well]!, plane.at)
  fieldBegun[field] = earlier(fieldBegun[field]!, plane.at)
}

/** Notes a plane that another run of the plate has brought. */
export function enterFromElsewhere(ledger: PlaneLedger, plane: Omit<ArrivedPlane, 'at'>): void {
  const place = ledger.find(plane)
  if (place !== undefined) ledger.brought[place] = 1
}

function kindKey({ site, channel, t, ...kind }: PlaneKind): string {
  return `${site} ${depthKey(kind)} ${t} ${channel}`
}

function depthKey({ z, projection }: Pick<PlaneKind, 'z' | 'projection'>): string {
  return projection ? 'projection' : `${z}`
}

function earlier(known: number, at: number): number {
  return known <= at ? known : at
}

/** Numbers things from 0 as they come, by their keys. */
class Places<T> {
  readonly values: T[] = []
  readonly #byKey = new Map<string, number>()

  of(key: string, value: T): number {
    const known = this.#byKey.get(key)
    if (known !== undefined) return known
    this.#byKey.set(key, this.values.length)
    return this.values.push(value) - 1
  }

  find(key: string): number | undefined {
    return this.#byKey.get(key)
  }
}

function groups(keys: readonly (string | number)[]): readonly Int32Array[] {
  const found = Map.groupBy(keys.keys(), i => keys[i]!)
  return [...found.values()].map(group => Int32Array.from(group))
}
