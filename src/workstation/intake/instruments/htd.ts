import { fail, ok, type FaultOf, type Result } from '#core/fault.ts'
import { wellName, type PlateSize } from '#core/plate/well.ts'
import type { Channel, PlaneBlock } from '../acquisition.ts'
import { tellApart } from '../tell-channels-apart.ts'

/** What an ImageXpress index (HTD) promises. */
export interface HtdIndex {
  readonly uniqueId: string | null
  readonly format: PlateSize
  readonly planes: PlaneBlock
}

/** Far above any real acquisition; an index that promises more is damaged. */
const MOST_PLANES = 10_000_000

/** Rows and columns that a well's name can count. */
const PLATE_LIMITS = { rows: 52, columns: 99 }

/**
 * Reads an HTD: text, one `"Key", value` a line, written in the code page of the instrument's PC.
 *
 * Sites are numbered through the selected places of the grid, as Bio-Formats' MetaxpressTiffReader
 * does; `"Sites", FALSE` means one site however large the grid, and likewise for waves and steps.
 */
export function parseHtd(bytes: Uint8Array, path: string): Result<HtdIndex> {
  const entries = readEntries(decode(bytes))
  if (!entries.has('htsinfofile')) return invalid(path, 'it does not begin with "HTSInfoFile"')
  const number = (key: string): number => Number(entries.get(key) ?? '1')
  const off = (key: string): boolean => entries.get(key)?.toUpperCase() === 'FALSE'
  const sizes = {
    columns: number('xwells'),
    rows: number('ywells'),
    sites: off('sites') ? 1 : countSites(entries, number('xsites'), number('ysites')),
    waves: off('waves') ? 1 : number('nwavelengths'),
    // 0 where the instrument took no stack
    z: off('zseries') ? 1 : Math.max(1, number('zsteps')),
    t: Math.max(1, number('timepoints')),
  }
  const odd = Object.entries(sizes).find(([, size]) => !(Number.isInteger(size) && size >= 1))
  if (odd !== undefined) return invalid(path, `the number of ${odd[0]} is not one`)
  if (sizes.rows > PLATE_LIMITS.rows || sizes.columns > PLATE_LIMITS.columns)
    return invalid(path, `no plate has ${sizes.rows} × ${sizes.columns} wells`)
  const wells = selectedWells(entries, sizes.rows, sizes.columns)
  if (wells.length === 0) return invalid(path, 'no well is selected')
  if (wells.length * sizes.sites * sizes.waves * sizes.z * sizes.t > MOST_PLANES)
    return invalid(path, `it promises more than ${MOST_PLANES} planes`)
  const channels = nameChannels(entries, sizes.waves)
  const planes = { wells, sites: upTo(sizes.sites), channels, z: upTo(sizes.z), t: upTo(sizes.t) }
  const format = { rows: sizes.rows, columns: sizes.columns }
  return ok({ uniqueId: entries.get('uniqueplateidentifier') || null, format, planes })
}

type Entries = ReadonlyMap<string, string>

/** MetaXpress writes `µ` and its own separators in a Windows code page; newer exports use UTF-8. */
function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}

/** Values by key in lower case; of a key written twice the first counts. */
function readEntries(text: string): Entries {
  const entries = new Map<string, string>()
  for (const line of text.split(/\r\n|\r|\n/)) {
    const match = /^\s*"([^"]+)"\s*,\s*(.*?)\s*$/.exec(line)
    if (match === null) continue
    const key = match[1]!.toLowerCase()
    if (!entries.has(key)) entries.set(key, match[2]!.replace(/^"(.*)"$/, '$1').trim())
  }
  return entries
}

function selectedWells(entries: Entries, rows: number, columns: number): readonly string[] {
  const wells: string[] = []
  for (let row = 0; row < rows; row += 1) {
    const chosen = flags(entries, `wellsselection${row + 1}`)
    for (let column = 0; column < columns; column += 1) {
      if (chosen[column] === true) wells.push(wellName({ row, column }))
    }
  }
  return wells
}

/** All of the grid where no selection is written. */
function countSites(entries: Entries, columns: number, rows: number): number {
  const selections = [...entries.keys()].filter(key => key.startsWith('siteselection'))
  if (selections.length === 0) return columns * rows
  return selections.flatMap(key => flags(entries, key)).filter(Boolean).length
}

function flags(entries: Entries, key: string): readonly boolean[] {
  return (entries.get(key) ?? '').split(',').map(flag => flag.trim().toUpperCase() === 'TRUE')
}

function nameChannels(entries: Entries, waves: number): readonly Channel[] {
  return tellApart(upTo(waves).map(wave => entries.get(`wavename${wave}`) ?? null))
}

function upTo(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => index + 1)
}

function invalid(path: string, detail: string): Result<never, FaultOf<'index-invalid'>> {
  return fail({ kind: 'index-invalid', path, detail })
}
