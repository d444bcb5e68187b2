import { ok, type Result } from '#core/fault.ts'
import type { PlaneBlock } from '../acquisition.ts'
import { gatherBlocks } from '../gather-blocks.ts'
import { pathBelow } from '../path-below.ts'
import { visitXml, type XmlElement } from '../visit-xml.ts'
import { channelLabel } from './yokogawa-names.ts'
import { count, invalid, wellOf, type Access, type Attributes } from './yokogawa-xml.ts'
import { decimal } from '../written-number.ts'

/** A plane in the list of a measurement. Everything counts from 1. */
export interface MeasuredPlane {
  readonly well: string
  readonly site: number
  readonly z: number
  readonly t: number
  readonly timeline: number
  readonly action: number
  readonly channel: number
  readonly projection: boolean
  /** µm, y growing upwards. */
  readonly x: number | null
  readonly y: number | null
  readonly focus: number | null
  readonly takenAt: string | null
}

/** What MeasurementData.mlf says so far. */
export interface MeasurementData {
  /** By the path below the measurement's folder, without its ending and in lower case; see recordKey. */
  readonly planes: ReadonlyMap<string, MeasuredPlane>
  /** The planes that are listed, as images or as lost; channels by their labels. */
  readonly listed: readonly PlaneBlock[]
}

/** Where images may be stored as PNG, the list says `.tif` all the same. */
export function recordKey(path: string): string {
  return path.replace(/\.(?:tiff?|png)$/i, '').toLowerCase()
}

/**
 * Reads the list of a measurement, `MeasurementRecord` by `MeasurementRecord`: `IMG` is an image, `ERR` what failed.
 * The instrument adds to it while it images, so that it may end anywhere; what is complete of it counts.
 *
 * A failed autofocus names the well and the position and nothing else: what is lost with it is what was taken there in
 * other wells. Read from lists of a CV8000 and a CQ3K, and from Bio-Formats' CV7000Reader.
 */
export async function parseMeasurementData(
  access: Access,
  path: string,
): Promise<Result<MeasurementData>> {
  const planes = new Map<string, MeasuredPlane>()
  const lost: MeasuredPlane[] = []
  const failedFocus: Failure[] = []
  let root = ''
  let records = 0
  let odd: number | null = null
  const visit = await visitXml(access, path, {
    open: ({ name, within }) => {
      if (within.length === 0) root = name
    },
    close: element => {
      if (element.name !== 'MeasurementRecord') return
      records += 1
      const { attributes, text } = element
      const type = attributes['Type']
      if (type !== 'IMG' && type !== 'ERR') return
      const plane = readPlane(element)
      const below = pathBelow('', text)
      if (type === 'IMG' && plane === null) odd ??= records
      else if (type === 'IMG' && below !== null) planes.set(recordKey(ownText(below)), plane!)
      else if (plane !== null) lost.push(plane)
      else failedFocus.push(readFailure(attributes))
    },
  })
  if (!visit.ok) return visit
  if (root !== 'MeasurementData') return invalid(path, `it begins with <${root}>`)
  if (odd !== null) return invalid(path, `its record ${odd} has no well, field, step or channel`)
  const kept = [...planes.values()]
  const listed = [...kept, ...lost, ...lostWithFocus(kept, failedFocus)].map(plane => {
    const { well, site, z, t, action, channel: wave, projection } = plane
    return { well, site, z, t, channel: channelLabel(action, wave), wave, projection }
  })
  return ok({ planes, listed: gatherBlocks(listed) })
}

function readPlane({ attributes, text }: XmlElement): MeasuredPlane | null {
  const number = (name: string) => count(attributes[name])
  const well = wellOf(attributes)
  const [site, z, channel] = [number('FieldIndex'), number('ZIndex'), number('Ch')]
  if (well === null || site === null || z === null || channel === null) return null
  const projection = (attributes['ZImageProcessing'] ?? '') !== ''
  const named = /A0*(\d+)Z\w+C\d{2}\.\w+$/.exec(text)?.[1]
  return {
    well,
    site,
    z: projection ? 0 : z,
    t: number('TimePoint') ?? 1,
    timeline: number('TimelineIndex') ?? 1,
    action: number('ActionIndex') ?? count(named) ?? 1,
    channel,
    projection,
    x: decimal(attributes['X']),
    y: decimal(attributes['Y']),
    focus: decimal(attributes['Z']),
    takenAt: ownText(attributes['Time'] ?? '') || null,
  }
}

interface Failure {
  readonly well: string | null
  readonly t: number
  /** Of the timeline and the position in the well. */
  readonly place: string
}

function readFailure(attributes: Attributes): Failure {
  const timeline = count(attributes['TimelineIndex']) ?? 1
  const [x, y] = [decimal(attributes['X']), decimal(attributes['Y'])]
  const t = count(attributes['TimePoint']) ?? 1
  return { well: wellOf(attributes), t, place: `${timeline} ${x} ${y}` }
}

function lostWithFocus(
  planes: readonly MeasuredPlane[],
  failures: readonly Failure[],
): readonly MeasuredPlane[] {
  if (failures.length === 0) return []
  const places = Map.groupBy(planes, ({ timeline, x, y }) => `${timeline} ${x} ${y}`)
  return failures.flatMap(({ well, t, place }) => {
    const there = places.get(place)
    if (well === null || there === undefined) return []
    const [{ well: like, t: then }] = there as [MeasuredPlane, ...MeasuredPlane[]]
    const field = there.filter(plane => plane.well === like && plane.t === then)
    return field.map(plane => ({ ...plane, well, t, takenAt: null }))
  })
}

/** A text of its own: what is cut out of the list would keep all of it in memory. */
function ownText(text: string): string {
  return Buffer.from(text).toString()
}
