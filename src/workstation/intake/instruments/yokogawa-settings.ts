import { ok, type Result } from '#core/fault.ts'
import { wellOf, count, visitWhole, type Access, type Attributes } from './yokogawa-xml.ts'
import { positive } from '../written-number.ts'

/** What the settings (.mes) say: what is done where, and how each channel is imaged. */
export interface MeasurementSettings {
  readonly timelines: readonly Timeline[]
  /** By number. */
  readonly channels: ReadonlyMap<number, ChannelSettings>
}

export interface Timeline {
  readonly wells: readonly string[]
  /** Positions in each well; null where fields are not listed but follow from areas. */
  readonly fields: number | null
  readonly actions: readonly Action[]
}

export interface Action {
  /** `ActionAcquire3D` and the like. */
  readonly kind: string
  readonly channels: readonly number[]
  /** From the lowest step to the highest, and between two, µm; null where there is no stack. */
  readonly range: number | null
  readonly interval: number | null
  /** Whether images are worked on before they are kept, or taken continuously: their number is not told. */
  readonly processed: boolean
}

export interface ChannelSettings {
  /** Null where the settings give it none. */
  readonly name: string | null
  readonly objective: string | null
  readonly magnification: number | null
  /** ms */
  readonly exposure: number | null
  /** nm */
  readonly excitation: number | null
  readonly emission: number | null
}

/** Reads a .mes, as a CV8000 and a CQ3K write it. */
export async function parseMeasurementSettings(
  access: Access,
  path: string,
): Promise<Result<MeasurementSettings>> {
  const timelines: OpenTimeline[] = []
  const lights = new Map<string, number | null>()
  const channels = new Map<number, OpenChannel>()
  let channel: OpenChannel | undefined
  const visited = await visitWhole(
    access,
    path,
    'MeasurementSetting',
    ({ name, attributes, within }) => {
      const timeline = timelines.at(-1)
      const number = count(attributes['Ch'])
      if (name === 'Timeline') timelines.push({ wells: [], points: 0, areas: false, actions: [] })
      else if (name === 'PartialTiledPosition' && timeline !== undefined) timeline.areas = true
      else if (name === 'Point' && timeline !== undefined) timeline.points += 1
      else if (within.at(-1) === 'ActionList')
        timeline?.actions.push({ kind: name, attributes, channels: [], live: false })
      else if (name === 'LiveOption') Object.assign(timeline?.actions.at(-1) ?? {}, { live: true })
      else if (name === 'LightSource')
        lights.set(attributes['Name'] ?? '', positive(attributes['WaveLength']))
      else if (name === 'Channel' && number !== null) {
        channel = { attributes, lights: [] }
        if (!channels.has(number)) channels.set(number, channel)
      }
    },
    ({ name, attributes, text, within }) => {
      const timeline = timelines.at(-1)
      const well = wellOf(attributes)
      if (name === 'TargetWell' && text === 'true' && well !== null) timeline?.wells.push(well)
      else if (name === 'Ch' && within.includes('ActionList'))
        timeline?.actions.at(-1)?.channels.push(count(text) ?? 0)
      else if (name === 'LightSourceName') channel?.lights.push(text)
    },
  )
  if (!visited.ok) return visited
  return ok({
    timelines: timelines.map(({ wells, points, areas, actions }) => ({
      wells: [...new Set(wells)],
      fields: areas ? null : points,
      actions: actions.map(readAction),
    })),
    channels: new Map([...channels].map(([number, open]) => [number, readChannel(open, lights)])),
  })
}

interface OpenTimeline {
  readonly wells: string[]
  points: number
  areas: boolean
  readonly actions: OpenAction[]
}

interface OpenAction {
  readonly kind: string
  readonly attributes: Attributes
  readonly channels: number[]
  live: boolean
}

interface OpenChannel {
  readonly attributes: Attributes
  readonly lights: string[]
}

function readAction({ kind, attributes, channels, live }: OpenAction): Action {
  const range = Number(attributes['TopDistance']) - Number(attributes['BottomDistance'])
  const processed = live || (attributes['ImageProcessing'] ?? '') !== ''
  return {
    kind,
    channels,
    range: Number.isFinite(range) ? range : null,
    interval: positive(attributes['SliceLength']),
    processed,
  }
}

/** `BP525/50` is a filter around 525 nm. Of several light sources none is the channel's own. */
function readChannel(
  { attributes, lights: names }: OpenChannel,
  lights: ReadonlyMap<string, number | null>,
): ChannelSettings {
  return {
    name: attributes['Target']?.trim() || attributes['Fluorophore']?.trim() || null,
    objective: attributes['Objective'] || null,
    magnification: positive(attributes['Magnification']),
    exposure: positive(attributes['ExposureTime']),
    excitation: names.length === 1 ? (lights.get(names[0]!) ?? null) : null,
    emission: positive(/^BP(\d+(?:\.\d+)?)\//.exec(attributes['Acquisition'] ?? '')?.[1]),
  }
}
