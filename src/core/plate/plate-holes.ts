import type { ArrivalState, RunCompleteness } from './completeness.ts'
import type { PlaneKind, PlaneLedger } from './plane-ledger.ts'

export type HoleState = Exclude<ArrivalState, 'here' | 'awaited'>

export interface MissedPlane extends PlaneKind {
  readonly well: string
  readonly state: HoleState
}

/** What of a plate is not here, whichever run was to bring it. */
export interface PlateHoles {
  /** Promised planes, one that several runs promise counted once, by how they stand. */
  readonly counts: Readonly<Record<ArrivalState, number>>
  /** Wells of which planes are late or missing, in the order of the promise. */
  readonly wells: readonly WellHole[]
  /** Channels of which nothing came while others did, and how the best of their planes stands. */
  readonly absentChannels: readonly AbsentChannel[]
  /** Wells of which nothing came before the end. */
  readonly absentWells: readonly string[]
  /** Late and missing planes of other wells and channels, in the order of the promise: as many as were asked for. */
  readonly planes: readonly MissedPlane[]
}

export interface WellHole {
  readonly well: string
  readonly late: number
  readonly missing: number
}

export interface AbsentChannel {
  readonly channel: string
  readonly planes: number
  readonly state: Exclude<ArrivalState, 'here'>
}

export interface MeasuredRun {
  readonly ledger: PlaneLedger
  readonly measured: RunCompleteness
}

/**
 * Puts the runs of a plate together: a plane is here when any of them has brought it, and awaited while any still may.
 *
 * @param most planes listed one by one
 */
export function findHoles(runs: readonly MeasuredRun[], most: number): PlateHoles {
  const standings = standingsOf(runs)
  const tally: Tally = [0, 0, 0, 0]
  const channels = new Map<string, Tally>()
  const wells = new Map<string, Tally>()
  for (const { ledger, states } of standings) {
    const byWell = ledger.wells.map(well => tallyOf(wells, well))
    const byKind = ledger.kinds.map(({ channel }) => tallyOf(channels, channel))
    for (let i = 0; i < states.length; i += 1) {
      const state = states[i]!
      if (state === ELSEWHERE) continue
      tally[state]! += 1
      byWell[ledger.wellOf[i]!]![state]! += 1
      byKind[ledger.kindOf[i]!]![state]! += 1
    }
  }
  const absent = [...channels].filter(([, [here]]) => here === 0)
  const absentWells = [...wells]
    .filter(([, [here, awaited, late]]) => here + awaited + late === 0)
    .map(([well]) => well)
  const apart = { wells: new Set(absentWells), channels: new Set(absent.map(([name]) => name)) }
  return {
    counts: { here: tally[0], awaited: tally[1], late: tally[2], missing: tally[3] },
    wells: [...wells]
      .map(([well, [, , late, missing]]) => ({ well, late, missing }))
      .filter(({ late, missing }) => late + missing > 0),
    absentChannels: absent.length === channels.size ? [] : absent.map(absentChannel),
    absentWells,
    planes: [...missedPlanes(standings, apart, most)],
  }
}

/** Every plane that is missing from a plate. */
export function missingPlanes(runs: readonly MeasuredRun[]): readonly MissedPlane[] {
  const all = missedPlanes(standingsOf(runs), { wells: new Set(), channels: new Set() }, Infinity)
  return [...all].filter(({ state }) => state === 'missing')
}

/** Planes by their places in ARRIVAL_STATES. */
type Tally = [number, number, number, number]

/** How the planes of a ledger stand for the plate: places in ARRIVAL_STATES, or ELSEWHERE. */
interface Standing {
  readonly ledger: PlaneLedger
  readonly states: Uint8Array
}

/** Of a plane that several runs promise, all but the best. */
const ELSEWHERE = 255
const LATE = 2

function standingsOf(runs: readonly MeasuredRun[]): readonly Standing[] {
  const standings = runs.map(({ ledger, measured }) => ({
    ledger,
    states: measured.states.map((state, i) => (ledger.brought[i] === 1 ? 0 : state)),
  }))
  for (const [place, standing] of standings.entries()) {
    for (const other of standings.slice(place + 1)) {
      const [small, large] =
        standing.states.length < other.states.length ? [standing, other] : [other, standing]
      for (let i = 0; i < small.states.length; i += 1) {
        const same = large.ledger.find(planeAt(small.ledger, i))
        if (same === undefined || small.states[i] === ELSEWHERE) continue
        if (large.states[same]! < small.states[i]!) small.states[i] = ELSEWHERE
        else large.states[same] = ELSEWHERE
      }
    }
  }
  return standings
}

function* missedPlanes(
  standings: readonly Standing[],
  apart: { readonly wells: ReadonlySet<string>; readonly channels: ReadonlySet<string> },
  most: number,
): Generator<MissedPlane> {
  let left = most
  for (const { ledger, states } of standings) {
    for (let i = 0; i < states.length; i += 1) {
      const state = states[i]!
      if (left === 0) return
      if (state < LATE || state === ELSEWHERE) continue
      const plane = planeAt(ledger, i)
      if (apart.wells.has(plane.well) || apart.channels.has(plane.channel)) continue
      left -= 1
      yield { ...plane, state: state === LATE ? 'late' : 'missing' }
    }
  }
}

function planeAt({ wells, kinds, wellOf, kindOf }: PlaneLedger, i: number) {
  return { well: wells[wellOf[i]!]!, ...kinds[kindOf[i]!]! }
}

function tallyOf(tallies: Map<string, Tally>, key: string): Tally {
  const known = tallies.get(key) ?? [0, 0, 0, 0]
  tallies.set(key, known)
  return known
}

function absentChannel([channel, tally]: [string, Tally]): AbsentChannel {
  const [, awaited, late, missing] = tally
  const state = awaited > 0 ? 'awaited' : late > 0 ? 'late' : 'missing'
  return { channel, planes: awaited + late + missing, state }
}
