import { CsvError, parse } from 'csv-parse/sync'
import { ok, type Result } from '#core/fault.ts'
import type { ObjectKey } from './embedded-fields.ts'

/** An object whose class somebody named. */
export interface NamedObject {
  /** In the file, from 1. */
  readonly line: number
  readonly key: ObjectKey
  readonly class: string
}

export interface LineProblem {
  readonly line: number
  readonly detail: string
}

export interface NamedObjects {
  readonly named: readonly NamedObject[]
  readonly problems: readonly LineProblem[]
}

/** Headings of our own, and those of `object.csv`. */
const HEADINGS = {
  plate: ['plate', 'Metadata_Plate'],
  well: ['well', 'Metadata_Well'],
  site: ['site', 'Metadata_Site'],
  field: ['field', 'Metadata_Field'],
  acquisition: ['acquisition', 'Metadata_Acquisition'],
  time: ['time', 'Metadata_Time'],
  object: ['object', 'ObjectNumber'],
  class: ['class', 'Class'],
} as const
const NEEDED = ['plate', 'object', 'class'] as const

type Cells = Readonly<Record<string, string>>

/**
 * Reads the names that somebody gave to objects: CSV with the columns `plate,well,site,object,class`, and where fields
 * have to be told further `field`, `acquisition` and `time`. Fault: `bad-option` for a file that is no such table.
 */
export function readExamples(text: string, path: string): Result<NamedObjects> {
  let records: readonly { readonly record: Cells; readonly info: { readonly lines: number } }[]
  try {
    const options = { bom: true, columns: true, info: true, skip_empty_lines: true, trim: true }
    records = parse(text, options) as unknown as typeof records
  } catch (cause) {
    if (!(cause instanceof CsvError)) throw cause
    return unreadable(path, cause.message)
  }
  const headings = Object.keys(records[0]?.record ?? {})
  const missing = NEEDED.find(name => !HEADINGS[name].some(heading => headings.includes(heading)))
  if (missing !== undefined) return unreadable(path, `no column ${missing}`)
  const named: NamedObject[] = []
  const problems: LineProblem[] = []
  for (const { record, info } of records) {
    const one = namedIn(record, info.lines)
    if ('detail' in one) problems.push(one)
    else if (one.class !== '') named.push(one)
  }
  return ok({ named, problems })
}

function namedIn(cells: Cells, line: number): NamedObject | LineProblem {
  const cell = (name: keyof typeof HEADINGS): string | undefined =>
    HEADINGS[name].map(heading => cells[heading]).find(text => text !== undefined)
  const object = Number(cell('object'))
  if (!Number.isInteger(object) || object < 1) {
    return { line, detail: `object is “${cell('object') ?? ''}”, not its number from 1` }
  }
  const optional = (name: 'field' | 'acquisition' | 'time'): string | undefined => {
    const text = cell(name)
    return text === '' ? undefined : text
  }
  return {
    line,
    class: cell('class')!,
    key: {
      plate: cell('plate')!,
      well: cell('well') ?? '',
      site: cell('site') ?? '',
      field: optional('field'),
      acquisition: optional('acquisition'),
      time: optional('time'),
      object,
    },
  }
}

function unreadable(path: string, seen: string): Result<never> {
  const allowed = 'a CSV with the columns plate,well,site,object,class'
  return {
    ok: false,
    fault: { kind: 'bad-option', option: '--examples', value: `${path} (${seen})`, allowed },
  }
}
