import { decimal } from './written-number.ts'

/** Units of OME-XML 2016-06 (enumerations UnitsLength and UnitsTime of ome.xsd) that microscopes write. */
const MICROMETRES: ReadonlyMap<string, number> = new Map([
  ['pm', 1e-6],
  ['nm', 1e-3],
  ['µm', 1],
  ['μm', 1],
  ['um', 1],
  ['mm', 1e3],
  ['cm', 1e4],
  ['m', 1e6],
])

const MILLISECONDS: ReadonlyMap<string, number> = new Map([
  ['ns', 1e-6],
  ['µs', 1e-3],
  ['μs', 1e-3],
  ['us', 1e-3],
  ['ms', 1],
  ['s', 1e3],
  ['min', 6e4],
  ['h', 3.6e6],
])

/** In µm; null where there is no number, or a unit that is no length: OME's `reference frame`, `pixel`. */
export function omeLength(text: string | undefined, unit: string): number | null {
  return quantity(text, MICROMETRES.get(unit))
}

/** In ms; null where there is no number or no unit of time. */
export function omeTime(text: string | undefined, unit: string): number | null {
  return quantity(text, MILLISECONDS.get(unit))
}

/**
 * A moment so many milliseconds after another, written like it: with the offset from UTC that it has, or without one.
 * Null where it is no ISO 8601 date with a time.
 */
export function momentAfter(moment: string, milliseconds: number): string | null {
  const parts = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d+)?(Z|[+-]\d\d:?\d\d)?$/.exec(moment.trim())
  if (parts === null) return null
  const time = Date.parse(`${parts[1]!}Z`) + Number(parts[2] ?? 0) * 1000 + milliseconds
  if (!(Math.abs(time) < LATEST)) return null
  return `${new Date(Math.round(time)).toISOString().slice(0, -1)}${parts[3] ?? ''}`
}

/** Beyond the year 9999 dates are written otherwise. */
const LATEST = Date.UTC(9999, 0)

function quantity(text: string | undefined, factor: number | undefined): number | null {
  const number = decimal(text)
  const value = number === null || factor === undefined ? NaN : number * factor
  return Number.isFinite(value) ? value : null
}
