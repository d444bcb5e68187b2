import { ok, type FaultOf, type Result } from '#core/fault.ts'
import type { Channel, PlaneBlock } from '../acquisition.ts'
import type { MeasurementData } from './yokogawa-data.ts'
import type { MeasurementDetail } from './yokogawa-detail.ts'
import { channelLabel } from './yokogawa-names.ts'
import type { Action, MeasurementSettings } from './yokogawa-settings.ts'
import { invalid } from './yokogawa-xml.ts'

/** The channel that an action images. */
export type NameChannel = (action: number, channel: number) => Channel

/**
 * Channels by the names that the settings give them. Where one timeline images a channel in two actions these are two
 * channels, told apart by their labels, and so are two of one name.
 */
export function nameChannels(settings: MeasurementSettings | null): NameChannel {
  const names = new Map<number, string>()
  const taken = new Set<string>()
  for (const [number, { name }] of settings?.channels ?? []) {
    if (name === null) continue
    const own = taken.has(name) ? `${name} (C${String(number).padStart(2, '0')})` : name
    taken.add(own)
    names.set(number, own)
  }
  const repeated = new Set(
    settings?.timelines.flatMap(({ actions }) => {
      const imaged = actions.flatMap(({ channels }) => [...new Set(channels)])
      return imaged.filter((channel, index) => imaged.indexOf(channel) !== index)
    }),
  )
  return (action, wave) => {
    const label = channelLabel(action, wave)
    const name = names.get(wave)
    if (name === undefined) return { wave, name: label }
    return { wave, name: repeated.has(wave) ? `${name} (${label})` : name }
  }
}

/** Far above any real acquisition; settings that promise more are damaged. */
const MOST_PLANES = 10_000_000

const KNOWN_ACTIONS = ['ActionAcquire', 'ActionAcquire3D', 'ActionAcquireBF', 'ActionAcquireBF3D']

/** What a measurement was told to image: every field of every well at every time, action by action. */
export interface Plan {
  readonly wells: readonly string[]
  readonly fields: number
  readonly times: number
  /** In their order. */
  readonly actions: readonly { readonly channels: readonly number[]; readonly steps: number }[]
}

/**
 * What the settings say was to be imaged; null where they do not say it beyond doubt.
 *
 * They do with one timeline of listed wells and positions, actions of known kinds that keep what they take, and numbers
 * of fields and steps that the detail confirms. Several timelines count their times in ways that were seen to differ,
 * areas do not list their fields, and of what is projected nothing says whether its steps are kept.
 */
export function planOf(
  settings: MeasurementSettings,
  detail: MeasurementDetail,
  path: string,
): Result<Plan | null, FaultOf<'index-invalid'>> {
  const [timeline, another] = settings.timelines
  const { fields, steps, timePoints: times } = detail
  if (timeline === undefined || another !== undefined || times === null) return ok(null)
  const { wells, actions } = timeline
  if (fields === null || timeline.fields !== fields || wells.length === 0) return ok(null)
  const known = actions.every(
    ({ kind, channels, processed }) =>
      KNOWN_ACTIONS.includes(kind) && channels.length > 0 && !processed,
  )
  const stepped = known && actions.length > 0 ? countSteps(actions, steps) : null
  if (stepped === null) return ok(null)
  const planned = actions.map(({ channels }, index) => ({ channels, steps: stepped[index]! }))
  const perField = planned.reduce((sum, { channels, steps }) => sum + channels.length * steps, 0)
  if (wells.length * fields * times * perField > MOST_PLANES)
    return invalid(path, `it promises more than ${MOST_PLANES} planes`)
  return ok({ wells, fields, times, actions: planned })
}

/**
 * Steps of each action; null unless the highest number is the one that the detail has. Where the range is no multiple
 * of the interval, a CV8000 was seen to stop below its end and a CQ3K beyond it.
 */
function countSteps(actions: readonly Action[], most: number | null): readonly number[] | null {
  const roundings = [Math.floor, Math.ceil]
  const counts = roundings.map(round =>
    actions.map(({ kind, range, interval }) => {
      if (!kind.endsWith('3D')) return 1
      if (range === null || interval === null) return 0
      // Tenths of micrometres are no exact binary fractions.
      return round(Number((Math.abs(range) / interval).toFixed(6))) + 1
    }),
  )
  return counts.find(steps => !steps.includes(0) && Math.max(...steps) === most) ?? null
}

/**
 * The promise: the plan. Where there is none, or the list holds a plane that it does not, the list is the promise, with
 * what it says was lost; it grows while the instrument images. Null where nothing is promised yet.
 */
export function promisedPlanes(
  plan: Plan | null,
  { listed }: MeasurementData,
  nameChannel: NameChannel,
): readonly PlaneBlock[] | null {
  if (plan !== null && listed.every(block => covers(plan, block)))
    return blocksOf(plan, nameChannel)
  if (listed.length === 0) return null
  return listed.map(block => {
    const named = block.channels.map(({ name }) => nameChannel(...labelled(name)))
    return { ...block, channels: [...new Map(named.map(one => [one.name, one])).values()] }
  })
}

/** Action and channel of a label. */
function labelled(label: string): readonly [action: number, channel: number] {
  const [action, channel] = label.slice(1).split('C')
  return [Number(action), Number(channel)]
}

function covers(plan: Plan, { wells, sites, channels, z, t, ...block }: PlaneBlock): boolean {
  if (block.projection === true) return false
  const known = new Set(plan.wells)
  const inAction = ({ name }: Channel) => {
    const [number, channel] = labelled(name)
    const action = plan.actions[number - 1]
    return action !== undefined && action.channels.includes(channel) && within(z, action.steps)
  }
  const inPlace = wells.every(well => known.has(well)) && within(sites, plan.fields)
  return inPlace && within(t, plan.times) && channels.every(inAction)
}

function within(numbers: readonly number[], most: number): boolean {
  return numbers.every(number => number <= most)
}

function blocksOf(plan: Plan, nameChannel: NameChannel): readonly PlaneBlock[] {
  const { wells, fields, times, actions } = plan
  const numbered = actions.map((action, index) => ({ ...action, number: index + 1 }))
  return [...Map.groupBy(numbered, ({ steps }) => steps)].map(([steps, alike]) => ({
    wells,
    sites: upTo(fields),
    channels: alike.flatMap(({ channels, number }) =>
      [...new Set(channels)].map(channel => nameChannel(number, channel)),
    ),
    z: upTo(steps),
    t: upTo(times),
  }))
}

function upTo(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => index + 1)
}
