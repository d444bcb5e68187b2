import { invalid } from './objection.ts'

/** A value of a description and where it stands there, so that every message can name its field. */
export interface Field {
  /** As people write it: `inputs[0].axes[2].size`. */
  readonly path: string
  /** Maps are `Map`, lists are arrays, nothing is `null`. */
  readonly value: unknown
}

export function member(field: Field, name: string): Field {
  const path = field.path === '' ? name : `${field.path}.${name}`
  return { path, value: mapOf(field).get(name) ?? null }
}

export function isAbsent(field: Field): boolean {
  return field.value === null
}

export function isMap(field: Field): boolean {
  return field.value instanceof Map
}

export function isList(field: Field): boolean {
  return Array.isArray(field.value)
}

/** Its members; an absent one has none. */
export function mapOf(field: Field): ReadonlyMap<unknown, unknown> {
  if (field.value === null) return new Map()
  return field.value instanceof Map ? field.value : expected(field, 'a map of names to values')
}

export function namesOf(field: Field): readonly string[] {
  return [...mapOf(field).keys()].map(String)
}

/** Its items; an absent one has none. */
export function itemsOf(field: Field): readonly Field[] {
  if (field.value === null) return []
  if (!Array.isArray(field.value)) return expected(field, 'a list')
  return field.value.map((value: unknown, i) => ({ path: `${field.path}[${i}]`, value }))
}

export function someItemsOf(field: Field): readonly Field[] {
  const items = itemsOf(field)
  return items.length > 0 ? items : expected(field, 'a list with at least one item')
}

export function textOf(field: Field): string {
  return typeof field.value === 'string' ? field.value : expected(field, 'a text')
}

/** Versions are often written without quotes: 0.1 is then a number. */
export function wordOf(field: Field): string {
  return typeof field.value === 'number' ? String(field.value) : textOf(field)
}

export function filledTextOf(field: Field): string {
  const text = textOf(field)
  return text.trim() === '' ? expected(field, 'a text that is not empty') : text
}

export function optionOf<T extends string>(field: Field, options: readonly T[]): T {
  const option = options.find(candidate => candidate === field.value)
  return option ?? expected(field, `one of ${options.join(', ')}`)
}

export function flagOf(field: Field): boolean {
  return typeof field.value === 'boolean' ? field.value : expected(field, 'true or false')
}

/** A number that is not NaN or infinite, within both limits. */
export function numberOf(field: Field, least = -Infinity, most = Infinity): number {
  const { value } = field
  if (typeof value === 'number' && Number.isFinite(value) && value >= least && value <= most) {
    return value
  }
  return expected(field, `a number${limits(least, most)}`)
}

export function wholeOf(field: Field, least: number, most = Number.MAX_SAFE_INTEGER): number {
  const { value } = field
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= least && value <= most) {
    return value
  }
  return expected(field, `a whole number${limits(least, most)}`)
}

/** `read` of a field that is there, else `otherwise`. */
export function ifPresent<T, U>(field: Field, read: (field: Field) => T, otherwise: U): T | U {
  return isAbsent(field) ? otherwise : read(field)
}

export function expected(field: Field, allowed: string): never {
  return invalid(`${field.path || 'the description'} is ${shown(field.value)}; allowed: ${allowed}`)
}

function limits(least: number, most: number): string {
  const from = Number.isFinite(least) ? ` from ${least}` : ''
  const to = Number.isFinite(most) && most !== Number.MAX_SAFE_INTEGER ? ` to ${most}` : ''
  return from + to
}

function shown(value: unknown): string {
  if (value === null) return 'missing'
  if (value instanceof Map) return 'a map'
  if (Array.isArray(value)) return `a list of ${value.length}`
  const text = String(value)
  return `"${text.length > 60 ? `${text.slice(0, 60)}…` : text}"`
}
