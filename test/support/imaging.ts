import { measureRun, type RunCompleteness } from '../../src/core/plate/completeness.ts'
import {
  enterArrival,
  openLedger,
  type ArrivedPlane,
  type PlaneLedger,
  type PromisedBlock,
} from '../../src/core/plate/plane-ledger.ts'

export type ImagedPlace = Omit<ArrivedPlane, 'at'>

/** Begins at a round number, so that times can be read. */
export const BEGUN_AT = 1_000_000

export function block(
  wells: readonly string[],
  sites: readonly number[],
  channels: readonly string[],
  t: readonly number[] = [1],
): PromisedBlock {
  return { wells, sites, channels: channels.map(name => ({ name })), z: [1], t }
}

/** Planes of a block well by well, site by site, channel by channel. */
export function wellByWell({ wells, sites, channels, t: times }: PromisedBlock): ImagedPlace[] {
  return times.flatMap(t =>
    wells.flatMap(well =>
      sites.flatMap(site =>
        channels.map(({ name: channel }) => ({
          ...{ well, site, channel, z: 1, t },
          projection: false,
        })),
      ),
    ),
  )
}

/** `B02 1 GFP` */
export function nameOf({ well, site, channel }: ImagedPlace): string {
  return `${well} ${site} ${channel}`
}

/** A ledger into which planes came, one every `every` milliseconds; those in `lost` took their time and never came. */
export function imaged(
  promised: readonly PromisedBlock[],
  planes: readonly ImagedPlace[],
  lost: ReadonlySet<string> = new Set(),
  every = 2000,
): PlaneLedger {
  const ledger = openLedger(promised)
  for (const [i, plane] of planes.entries()) {
    if (!lost.has(nameOf(plane))) enterArrival(ledger, { ...plane, at: BEGUN_AT + i * every })
  }
  return ledger
}

/** The planes that stand so, by their names. */
export function standing(
  { wells, kinds, wellOf, kindOf }: PlaneLedger,
  { states }: RunCompleteness,
  state: number,
): string[] {
  return Array.from(states.keys())
    .filter(i => states[i] === state)
    .map(i => nameOf({ well: wells[wellOf[i]!]!, ...kinds[kindOf[i]!]! }))
}

export { measureRun }
