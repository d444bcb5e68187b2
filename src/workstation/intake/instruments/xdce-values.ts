import type { XmlElement } from '../visit-xml.ts'
import type { Filter, Offset } from './xdce-settings.ts'
import { decimal, positive } from '../written-number.ts'

type Attributes = XmlElement['attributes']

/** When a run began, by the instrument's clock. */
export interface Creation {
  /** ms since 1970, as if the clock showed UTC. */
  readonly local: number
  /** `Z`, `+01:00`, or nothing where the instrument says no zone. */
  readonly zone: string
}

/** `date="2010-11-17" time="20:23:53"`, newer software with `timezoneoffset`; null where it is neither. */
export function creationOf(attributes: Attributes): Creation | null {
  const date = /^\d{4}-\d{2}-\d{2}$/.exec(attributes['date'] ?? '')?.[0]
  const time = /^\d{2}:\d{2}:\d{2}(?:\.\d{1,6})?$/.exec(attributes['time'] ?? '')?.[0]
  const local = Date.parse(`${date}T${time}Z`)
  if (Number.isNaN(local)) return null
  const zone = attributes['timezoneoffset'] ?? ''
  if (/^[+-]?0+$/.test(zone)) return { local, zone: 'Z' }
  const hours = /^(?<sign>[+-])(?<h>\d{2}):?(?<m>\d{2})$/.exec(zone)?.groups
  return { local, zone: hours === undefined ? '' : `${hours['sign']}${hours['h']}:${hours['m']}` }
}

/** ISO 8601, so many ms after the beginning. */
export function momentOf({ local, zone }: Creation, afterMs: number): string {
  return new Date(local + Math.round(afterMs)).toISOString().slice(0, -1) + zone
}

/** What is longer after the start than this was measured from something else, ms. */
const LONGEST_RUN = 366 * 24 * 3600 * 1000
/** The year 5138: what is more is no number of seconds. */
const LAST_SECOND = 1e11

/** By `acquisition_time_ms` since the beginning, else by `timestamp_sec` since 1970. */
export function takenAt(created: Creation | null, attributes: Attributes): string | null {
  const after = decimal(attributes['acquisition_time_ms'])
  if (created !== null && after !== null && after >= 0 && after <= LONGEST_RUN)
    return momentOf(created, after)
  const seconds = positive(attributes['timestamp_sec'])
  if (seconds === null || seconds > LAST_SECOND) return null
  return new Date(Math.round(seconds * 1000)).toISOString()
}

export function filterOf(attributes: Attributes): Filter {
  return {
    name: attributes['name'] ?? '',
    wavelength: positive(attributes['wavelength']),
  }
}

/** The instrument's y grows upwards (ome/bioformats#3486). */
export function offsetOf(attributes: Attributes): Offset | null {
  const [x, y] = [decimal(attributes['x']), decimal(attributes['y'])]
  // No negative zero.
  return x === null || y === null ? null : { x, y: 0 - y }
}
