import { fail, ok, type FaultOf, type Result } from '#core/fault.ts'
import { wellName, type PlateSize } from '#core/plate/well.ts'
import type { FileAccess } from '../file-access.ts'
import { visitXml, type XmlElement } from '../visit-xml.ts'

/** What an index of Harmony or Columbus says. */
export interface HarmonyIndex {
  readonly plate: string | null
  /** The barcode or name that the user gave the plate; null where there is only an id of the measurement. */
  readonly plateId: string | null
  readonly startedAt: string | null
  readonly format: PlateSize | null
  /** By their ids, in the order of these. */
  readonly channels: ReadonlyMap<number, HarmonyChannel>
  /** In the index's order. */
  readonly images: readonly HarmonyImage[]
}

export interface HarmonyChannel {
  readonly name: string
  /** µm */
  readonly pixelSize: number | null
  /** nm; of brightfield, 0 is none. */
  readonly excitation: number | null
  readonly emission: number | null
  /** ms */
  readonly exposure: number | null
  readonly magnification: number | null
  readonly numericalAperture: number | null
  /** Whether the index holds a profile that is not flat. */
  readonly flatField: boolean
}

/** An image that was to be taken. */
export interface HarmonyImage {
  /** As the index names it, relative to its folder; empty where the instrument has none. */
  readonly url: string
  /** Counted from 0. */
  readonly page: number
  readonly well: string
  readonly site: number
  readonly z: number
  /** Counted from 1; null where only the folder of the index tells it. */
  readonly t: number | null
  /** Id. */
  readonly channel: number
  /** µm, y growing upwards. */
  readonly x: number | null
  readonly y: number | null
  readonly focus: number | null
  readonly takenAt: string | null
}

/** Where the name of a file alone says little, its start tells whose index it is. */
const START_BYTES = 4096

/** Whether a file begins like an index of Harmony (http://www.perkinelmer.com/PEHH/HarmonyV5) or Columbus. */
export async function isHarmonyIndex(
  { readStart }: Pick<FileAccess, 'readStart'>,
  path: string,
): Promise<boolean> {
  const start = await readStart(path, START_BYTES)
  if (!start.ok) return false
  const text = new TextDecoder('latin1').decode(start.value)
  return /<(?:\w+:)?EvaluationInputData\s[^>]*(?:Harmony|Operett|PEHH|Columbus)/i.test(text)
}

/**
 * Reads an index: `Plates`, `Maps` (facts of channels) and `Images`, one element an image that was to be taken.
 *
 * Older versions repeat the facts of a channel in each image, versions from 6 on keep them in `Maps/Map/Entry`; of a
 * channel's facts the first image's count. Read from indexes of Harmony 5 and 7 and from Bio-Formats' OperettaReader and
 * ColumbusReader: Harmony counts time points from 0, from version 6 on from 1, as in the names of its images; Columbus
 * from 1, and 0 in an index for each time point.
 */
export async function parseHarmonyIndex(
  access: Pick<FileAccess, 'readStart'>,
  path: string,
): Promise<Result<HarmonyIndex>> {
  const reading = beginReading()
  const visit = await visitXml(access, path, {
    open: ({ name, attributes, within }) => {
      if (within.length === 0) {
        reading.root = name
        reading.space = attributes['xmlns'] ?? ''
      }
      if (name === 'Entry') reading.entryChannel = attributes['ChannelID'] ?? ''
      if (name === 'Image' || name === 'Entry') reading.fields.clear()
    },
    close: element => closeElement(reading, element),
  })
  if (!visit.ok) return visit
  if (reading.root !== 'EvaluationInputData')
    return invalid(path, `it is no index of Harmony: it begins with <${reading.root}>`)
  if (!visit.value.complete) return invalid(path, 'it ends in the middle')
  if (reading.problem !== null) return invalid(path, reading.problem)
  if (reading.images.length === 0) return invalid(path, 'it lists no image')
  return ok(indexOf(reading))
}

interface Reading {
  root: string
  /** Of the names in the index: who wrote it, and in which version. */
  space: string
  /** What Harmony calls the first time point; null until an image tells it. */
  firstTime: 0 | 1 | null
  entryChannel: string
  problem: string | null
  readonly plate: Map<string, string>
  /** Texts of the image or entry that is open. */
  readonly fields: Map<string, Field>
  readonly images: HarmonyImage[]
  /** By the channel's id. */
  readonly imageFacts: Map<number, ReadonlyMap<string, Field>>
  readonly entryFacts: Map<number, Map<string, Field>>
}

interface Field {
  readonly text: string
  readonly unit: string | undefined
}

function beginReading(): Reading {
  return {
    root: '',
    space: '',
    firstTime: null,
    entryChannel: '',
    problem: null,
    plate: new Map(),
    fields: new Map(),
    images: [],
    imageFacts: new Map(),
    entryFacts: new Map(),
  }
}

const CHANNEL_FACTS = new Set([
  'ChannelName',
  'ImageResolutionX',
  'MainExcitationWavelength',
  'MainEmissionWavelength',
  'ObjectiveMagnification',
  'ObjectiveNA',
  'ExposureTime',
  'FlatfieldProfile',
])

function closeElement(reading: Reading, { name, attributes, text, within }: XmlElement): void {
  const around = within.at(-1)
  if (around === 'Image' || around === 'Entry') {
    const unit = attributes['Unit']
    reading.fields.set(name, { text, unit })
    if (name === 'URL') reading.fields.set('BufferNo', { text: attributes['BufferNo'] ?? '', unit })
  } else if (around === 'Plate') {
    if (!reading.plate.has(name)) reading.plate.set(name, ownText(text))
  } else if (name === 'Image' && around === 'Images') closeImage(reading)
  else if (name === 'Entry') closeEntry(reading)
}

function closeImage(reading: Reading): void {
  const { fields, images } = reading
  const text = (name: string) => fields.get(name)?.text ?? ''
  const count = (name: string) => wholeNumber(text(name)) ?? -1
  const row = count('Row') - 1
  const column = count('Col') - 1
  const [site, channel] = [count('FieldID'), count('ChannelID')]
  const url = ownText(text('URL'))
  if (row < 0 || row >= 52 || column < 0 || column >= 99 || site < 0 || channel < 0) {
    reading.problem ??= `its image ${images.length + 1} has no well, field or channel`
    return
  }
  images.push({
    url,
    page: wholeNumber(text('BufferNo')) ?? 0,
    well: wellName({ row, column }),
    site,
    z: Math.max(0, wholeNumber(text('PlaneID')) ?? 1),
    t: timePoint(reading, count('TimepointID'), url),
    channel,
    x: micrometres(fields.get('PositionX')),
    y: micrometres(fields.get('PositionY')),
    focus: micrometres(fields.get('AbsPositionZ')) ?? micrometres(fields.get('PositionZ')),
    takenAt: ownText(text('AbsTime')) || null,
  })
  if (!reading.imageFacts.has(channel)) reading.imageFacts.set(channel, factsIn(fields))
}

function timePoint(reading: Reading, time: number, url: string): number | null {
  if (/Columbus/i.test(reading.space)) return time > 0 ? time : null
  const first = (reading.firstTime ??= firstTime(reading.space, time, url))
  return Math.max(first, time) - first + 1
}

/** By an image whose name says which time point it is, else by the version. */
function firstTime(space: string, time: number, url: string): 0 | 1 {
  const named = Number(/-ch\d+sk(\d+)/i.exec(url)?.[1])
  if (named === time) return 1
  if (named === time + 1) return 0
  return Number(/HarmonyV(\d+)/i.exec(space)?.[1]) >= 6 ? 1 : 0
}

function closeEntry({ fields, entryChannel, entryFacts }: Reading): void {
  const channel = wholeNumber(entryChannel)
  if (channel === null) return
  const known = entryFacts.get(channel) ?? new Map<string, Field>()
  entryFacts.set(channel, known)
  for (const [name, field] of factsIn(fields)) known.set(name, field)
}

function factsIn(fields: ReadonlyMap<string, Field>): ReadonlyMap<string, Field> {
  const facts = [...fields].filter(([name, { text }]) => CHANNEL_FACTS.has(name) && text !== '')
  return new Map(facts.map(([name, { text, unit }]) => [name, { text: ownText(text), unit }]))
}

function indexOf({ plate, images, imageFacts, entryFacts }: Reading): HarmonyIndex {
  const [rows, columns] = [
    wholeNumber(plate.get('PlateRows')),
    wholeNumber(plate.get('PlateColumns')),
  ]
  const sized = rows !== null && columns !== null && rows > 0 && columns > 0
  const ids = [...imageFacts.keys()].sort((a, b) => a - b)
  const taken = new Set<string>()
  const channels = ids.map((id): [number, HarmonyChannel] => {
    const facts = new Map([...(entryFacts.get(id) ?? []), ...imageFacts.get(id)!])
    const given = facts.get('ChannelName')?.text ?? `ch${id}`
    const name = taken.has(given) ? `${given} (ch${id})` : given
    taken.add(name)
    const seconds = quantity(facts.get('ExposureTime'))
    return [
      id,
      {
        name,
        pixelSize: micrometres(facts.get('ImageResolutionX')),
        excitation: wavelength(facts.get('MainExcitationWavelength')),
        emission: wavelength(facts.get('MainEmissionWavelength')),
        exposure: seconds === null ? null : tidy(seconds * 1000),
        magnification: quantity(facts.get('ObjectiveMagnification')),
        numericalAperture: quantity(facts.get('ObjectiveNA')),
        flatField: /Character:\s*NonFlat\b/.test(facts.get('FlatfieldProfile')?.text ?? ''),
      },
    ]
  })
  const measurement = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
  const plateId = plate.get('PlateID') || null
  return {
    plate: plate.get('Name') || plateId,
    plateId: plateId === null || measurement.test(plateId) ? null : plateId,
    startedAt: plate.get('MeasurementStartTime') || null,
    format: sized ? { rows, columns } : null,
    channels: new Map(channels),
    images,
  }
}

const UNITS = new Map([
  ['m', 1],
  ['mm', 1e-3],
  ['um', 1e-6],
  ['µm', 1e-6],
  ['nm', 1e-9],
  ['s', 1],
  ['ms', 1e-3],
])

/** In metres or seconds, which is what is meant where no unit is written. */
function quantity(field: Field | undefined): number | null {
  if (field === undefined || field.text === '') return null
  const value = Number(field.text) * (UNITS.get(field.unit ?? '') ?? 1)
  return Number.isFinite(value) ? value : null
}

function micrometres(field: Field | undefined): number | null {
  const metres = quantity(field)
  return metres === null ? null : tidy(metres * 1e6)
}

function wavelength(field: Field | undefined): number | null {
  const nanometres = Number(field?.text)
  return Number.isFinite(nanometres) && nanometres > 0 ? nanometres : null
}

/** Without the last digits, in which decimal fractions of another unit differ. */
function tidy(value: number): number {
  return Number(value.toPrecision(12))
}

function wholeNumber(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : null
}

/** A text of its own: what is cut out of the index would keep all of it in memory. */
function ownText(text: string): string {
  return Buffer.from(text).toString()
}

function invalid(path: string, detail: string): Result<never, FaultOf<'index-invalid'>> {
  return fail({ kind: 'index-invalid', path, detail })
}
