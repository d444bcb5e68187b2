import { fail, ok, type FaultOf, type Result } from '#core/fault.ts'
import { parseWell, wellName, type PlateSize } from '#core/plate/well.ts'
import type { Channel, PlaneBlock } from '../acquisition.ts'
import type { FileAccess } from '../file-access.ts'
import { visitXmlText, type XmlVisitor } from '../visit-xml.ts'
import { positive } from '../written-number.ts'

/** What the index of a scan^R run says. */
export interface ScanRIndex {
  /** Null where it has none. */
  readonly plate: string | null
  readonly format: PlateSize | null
  readonly channels: readonly (Channel & {
    /** ms */
    readonly exposure: number | null
  })[]
  /** Side of a pixel, µm. */
  readonly pixelSize: number | null
  /** Names of wells, as far as it gives them, by their numbers. */
  readonly labels: ReadonlyMap<number, string>
  /** Null where it names no wells or no channels. */
  readonly promised: PlaneBlock | null
}

/** The well of this number, counted from 1 along the rows; null where the index does not say where it is. */
export function numberedWell(
  { format, labels }: Pick<ScanRIndex, 'format' | 'labels'>,
  number: number,
): string | null {
  if (format === null) return labels.get(number) ?? null
  const { rows, columns } = format
  if (number < 1 || number > rows * columns) return null
  const place = number - 1
  return wellName({ row: Math.floor(place / columns), column: place % columns })
}

/** Met ones have less than 1 MB. */
const LARGEST = 64 * 2 ** 20
/** Rows and columns that a well's name can count. */
const PLATE_LIMITS = { rows: 52, columns: 99 }
/** Far above any real acquisition: positions, steps, times, wells and channels each, and planes in all. */
const MOST_OF_EACH = 100_000
const MOST_PLANES = 10_000_000

/**
 * Reads an `experiment_descriptor.xml`: LabVIEW's clusters of elements, each with a `Name` and a `Val`.
 *
 * Names and their order as in Bio-Formats' ScanrReader. Its `subposition list` counts the positions of a well; where
 * they are is taken from the log, whose unit is known. The instrument writes its Windows code page without saying so.
 */
export async function readScanRDescriptor(
  { readStart }: Pick<FileAccess, 'readStart'>,
  path: string,
): Promise<Result<ScanRIndex>> {
  const start = await readStart(path, LARGEST)
  if (!start.ok) return start
  const found = collectDescriptor()
  const visited = await visitXmlText(decode(start.value), path, found.visitor)
  if (!visited.ok) return visited
  if (!visited.value.complete) return invalid(path, 'it ends too early')
  if (found.problem !== null) return invalid(path, found.problem)
  const { wells, labels, channels: all, columns, rows, pixelSize } = found
  if (wells.length === 0 && all.length === 0 && pixelSize === null)
    return invalid(path, 'nothing in it is of a scan^R experiment')
  if (rows > PLATE_LIMITS.rows || columns > PLATE_LIMITS.columns)
    return invalid(path, `no plate has ${rows} × ${columns} wells`)
  const format = rows > 0 && columns > 0 ? { rows, columns } : null
  // Where nothing says which channels rest, all are used.
  const said = all.some(({ used }) => used !== null)
  const channels = all
    .filter(({ name, used }) => name !== 'Autofocus' && (used === true || !said))
    .map(({ name, exposure }, place) => ({ wave: place + 1, name, exposure }))
  const index = { plate: found.plate, format, channels, pixelSize, labels }
  const named = wells.map(number => numberedWell(index, number))
  const placed = named.filter(well => well !== null)
  if (format !== null && placed.length < named.length)
    return invalid(path, 'it numbers a well that the plate does not have')
  const sites = found.positions ?? Math.max(1, found.fieldRows * found.fieldColumns)
  const sizes = [placed.length, sites, channels.length, found.slices, found.times]
  if (sizes.reduce((product, size) => product * size, 1) > MOST_PLANES)
    return invalid(path, `it promises more than ${MOST_PLANES} planes`)
  // Without their places, which only names may say, planes cannot be promised.
  const promises = placed.length === named.length && placed.length > 0 && channels.length > 0
  const promised = promises
    ? {
        wells: [...new Set(placed)],
        sites: upTo(sites),
        channels: channels.map(({ wave, name }) => ({ wave, name })),
        z: upTo(found.slices),
        t: upTo(found.times),
      }
    : null
  return ok({ ...index, promised })
}

interface Collected {
  readonly visitor: XmlVisitor
  plate: string | null
  rows: number
  columns: number
  readonly wells: number[]
  readonly labels: Map<number, string>
  readonly channels: { name: string; exposure: number | null; used: boolean | null }[]
  fieldRows: number
  fieldColumns: number
  /** Of each well; null where no list counts them. */
  positions: number | null
  slices: number
  times: number
  pixelSize: number | null
  problem: string | null
}

function collectDescriptor(): Collected {
  let key = ''
  /** In a cluster of which nothing has been closed: there `name` and `idle` are a channel's. */
  let inCluster = false
  let listsPositions = false
  let describesPlate = false
  const found: Collected = {
    visitor: {
      open({ name }) {
        if (isCluster(name)) inCluster = true
      },
      close({ name, text }) {
        if (text !== '') {
          if (name === 'Name') takeName(text)
          else if (name === 'Val') takeValue(text)
          else if (name === 'Dimsize' && listsPositions)
            found.positions ??= count(text, 'number of positions', 1)
        }
        if (isCluster(name)) inCluster = false
      },
    },
    plate: null,
    rows: 0,
    columns: 0,
    wells: [],
    labels: new Map(),
    channels: [],
    fieldRows: 0,
    fieldColumns: 0,
    positions: null,
    slices: 1,
    times: 1,
    pixelSize: null,
    problem: null,
  }

  function takeName(text: string): void {
    key = text
    if (key === 'subposition list') listsPositions = true
    if (key === 'format typedef') describesPlate = true
  }

  function takeValue(text: string): void {
    const channel = found.channels.at(-1)
    if (key === 'plate name') found.plate = text
    else if (key === 'Rows' && describesPlate) found.rows = count(text, 'number of rows', 1)
    else if (key === 'Columns' && describesPlate) {
      found.columns = count(text, 'number of columns', 1)
      describesPlate = false
    } else if (key === 'rows/well') found.fieldRows = count(text, 'number of field rows', 0)
    else if (key === 'columns/well') found.fieldColumns = count(text, 'number of field columns', 0)
    else if (key === '# slices') found.slices = Math.max(1, count(text, 'number of slices', 0))
    else if (key === 'timeloop real') found.times = Math.max(1, count(text, 'number of times', 0))
    else if (key === 'timeloop count') found.times = count(text, 'number of times', 0) + 1
    else if (key === 'conversion factor um/pixel') found.pixelSize = positive(text)
    else if (key === 'name' && inCluster) takeChannel(text)
    else if (key === 'exposure time' && channel !== undefined) channel.exposure ??= positive(text)
    else if (key === 'idle' && inCluster && channel !== undefined) channel.used ??= text === '0'
    else if (key === 'well selection table + cDNA') takeWell(text)
  }

  function takeChannel(name: string): void {
    if (found.channels.some(channel => channel.name === name)) return
    if (found.channels.length < MOST_OF_EACH)
      found.channels.push({ name, exposure: null, used: null })
    else found.problem ??= 'it has too many channels'
  }

  /** Numbers of wells, each followed by its name and by what is in it. */
  function takeWell(text: string): void {
    const number = found.wells.at(-1)
    if (/^\d/.test(text)) {
      if (found.wells.length < MOST_OF_EACH) found.wells.push(count(text, 'number of a well', 1))
      else found.problem ??= 'it has too many wells'
    } else if (number !== undefined && !found.labels.has(number)) {
      const well = parseWell(text)
      if (well !== null) found.labels.set(number, wellName(well))
    }
  }

  function count(text: string, what: string, from: number): number {
    const value = Number(text)
    if (Number.isInteger(value) && value >= from && value <= MOST_OF_EACH) return value
    found.problem ??= `the ${what} is “${text.slice(0, 40)}”`
    return from
  }

  return found
}

function isCluster(name: string): boolean {
  return name === 'Array' || name === 'Cluster'
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}

function upTo(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => index + 1)
}

function invalid(path: string, detail: string): Result<never, FaultOf<'index-invalid'>> {
  return fail({ kind: 'index-invalid', path, detail })
}
