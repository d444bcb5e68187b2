import { fail, ok, type Result } from '#core/fault.ts'
import type { FileAccess } from '../file-access.ts'
import { momentAfter } from '../ome-units.ts'
import type { PlaneFacts } from '../plane-file.ts'
import type { SurveyedFile } from '../survey-folder.ts'
import { MOST_CHANNELS } from './micro-manager-names.ts'
import { visitJsonMembers } from '../visit-json-members.ts'

/**
 * A metadata.txt of Micro-Manager 1.4 or 2.0, as far as it was written. Read from files and from what writes them:
 * FileSet, StorageSinglePlaneTiffSeries, PropertyKey (micro-manager), MicromanagerReader (Bio-Formats).
 */
export interface MicroManagerMetadata {
  readonly summary: MicroManagerSummary | null
  /** In the order in which they were taken. */
  readonly frames: readonly MicroManagerFrame[]
}

export interface MicroManagerSummary {
  /** What the acquisition was called; null where it had no name. */
  readonly prefix: string | null
  readonly channels: readonly string[]
  /** What was asked for; null where it does not say so. */
  readonly sizes: {
    readonly channels: number
    readonly slices: number
    readonly frames: number
  } | null
  /** In the order in which they are gone to; empty where it does not say. */
  readonly positions: readonly string[]
  readonly startedAt: string | null
}

/** Counted from 0. */
export interface MicroManagerFrame {
  readonly frame: number
  readonly slice: number
  readonly channel: number
  readonly channelName: string | null
  readonly position: string | null
  /** Without folders; null where it does not say. */
  readonly fileName: string | null
  /** ms */
  readonly exposure: number | null
  readonly facts: PlaneFacts
}

/** A metadata.txt of 100,000 planes with every property of every device has about 500 MB. */
const LARGEST = 1024 * 2 ** 20
const MOST_FRAMES = 2_000_000
/** Of all positions, far above any acquisition; more is damaged. */
const MOST_PLANES = 10_000_000

export async function readMicroManagerMetadata(
  access: Pick<FileAccess, 'readStart'>,
  { absolute: path, bytes }: SurveyedFile,
): Promise<Result<MicroManagerMetadata>> {
  const start = await access.readStart(path, Math.min(bytes, LARGEST))
  if (!start.ok) return start
  let summary: MicroManagerSummary | null = null
  const frames: MicroManagerFrame[] = []
  /** Of separate images 2.0 writes the place and all else apart. */
  const places = new Map<string, Members>()
  let startedAt: string | null = null
  const keep = (frame: MicroManagerFrame) => {
    const counts = [frame.frame, frame.slice, frame.channel]
    if (counts.every(count => Number.isInteger(count) && count >= 0 && count < MOST_PLANES)) {
      if (frame.channel < MOST_CHANNELS) frames.push(frame)
    }
  }
  const visited = await visitJsonMembers(start.value, path, (name, value) => {
    if (frames.length >= MOST_FRAMES || !isMembers(value)) return
    if (name === 'Summary') {
      summary = readSummary(value)
      startedAt = summary.startedAt
    } else if (name.startsWith('Coords-')) places.set(name.slice('Coords-'.length), value)
    else if (name.startsWith('Metadata-')) {
      const file = name.slice('Metadata-'.length)
      const place = places.get(file) ?? {}
      places.delete(file)
      keep(readFrame({ FileName: file, ...value, ...placeIn(place) }, null, startedAt))
    } else if (name.startsWith('FrameKey-')) {
      const key = /^FrameKey-(\d{1,9})-(\d{1,9})-(\d{1,9})$/.exec(name)
      if (key !== null) keep(readFrame(value, key.slice(1).map(Number), startedAt))
    }
  })
  if (!visited.ok) return visited
  for (const [file, place] of places) {
    keep(readFrame({ FileName: file, ...placeIn(place) }, null, startedAt))
  }
  if (summary === null && frames.length === 0) {
    return fail({ kind: 'index-invalid', path, detail: 'it holds no summary and no frames' })
  }
  return ok({ summary, frames })
}

type Members = Readonly<Record<string, unknown>>

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Axes as 2.0 beta (`channel`, `z`) and later (`ChannelIndex`, `SliceIndex`) call them. */
function placeIn(place: Members): Members {
  const index = (...names: readonly string[]) =>
    names.map(name => place[name]).find(one => one !== undefined)
  return {
    FrameIndex: index('FrameIndex', 'time', 'Frame'),
    SliceIndex: index('SliceIndex', 'z', 'Slice'),
    ChannelIndex: index('ChannelIndex', 'channel'),
  }
}

function readSummary(summary: Members): MicroManagerSummary {
  const stops = listOf(summary['StagePositions'] ?? summary['InitialPositionList'])
  const channelNames = listOf(summary['ChNames']).slice(0, MOST_CHANNELS)
  const names = channelNames.map(name => (typeof name === 'string' ? name : ''))
  const [channels, slices, frames] = ['Channels', 'Slices', 'Frames'].map(
    key => numberOf(summary[key]) ?? 0,
  )
  const counts = [channels!, slices!, frames!].map(count => Math.max(count, 1))
  const sound =
    channels! > 0 &&
    channels! <= MOST_CHANNELS &&
    counts.every(Number.isInteger) &&
    counts.reduce((all, count) => all * count) * Math.max(stops.length, 1) <= MOST_PLANES
  const labels = stops.map(stop =>
    isMembers(stop) ? textOf(stop['Label'] ?? stop['label']) : null,
  )
  return {
    prefix: textOf(summary['Prefix']),
    channels: names,
    sizes: sound ? { channels: counts[0]!, slices: counts[1]!, frames: counts[2]! } : null,
    positions: labels.includes(null) ? [] : labels.filter(label => label !== null),
    startedAt: momentOf(summary['StartTime'] ?? summary['Time']),
  }
}

function readFrame(
  frame: Members,
  key: readonly number[] | null,
  startedAt: string | null,
): MicroManagerFrame {
  const index = (name: string, place: number) => key?.[place] ?? numberOf(frame[name]) ?? 0
  const fileName = textOf(frame['FileName'])
  return {
    frame: index('FrameIndex', 0),
    channel: index('ChannelIndex', 1),
    slice: index('SliceIndex', 2),
    channelName: textOf(frame['Channel']),
    position: textOf(frame['PositionName']),
    fileName: fileName === null ? null : fileName.slice(fileName.search(/[^\\/]*$/)),
    exposure: numberOf(frame['Exposure-ms']) ?? numberOf(frame['ExposureMs']),
    facts: readFacts(frame, startedAt),
  }
}

function readFacts(frame: Members, startedAt: string | null): PlaneFacts {
  const [x, y, z] = ['X', 'Y', 'Z'].map(axis => numberOf(frame[`${axis}PositionUm`]))
  const size = numberOf(frame['PixelSizeUm']) ?? numberOf(frame['PixelSize_um'])
  const elapsed = numberOf(frame['ElapsedTime-ms'])
  const after = startedAt === null || elapsed === null ? null : momentAfter(startedAt, elapsed)
  const turned = x === null || y === null ? null : turn(x!, y!, frame['PixelSizeAffine'])
  return {
    pixelSize: size !== null && size > 0 ? size : null,
    position: turned === null ? null : { ...turned, z: z! },
    takenAt: momentOf(frame['ReceivedTime']) ?? after ?? momentOf(frame['Time']),
  }
}

/**
 * From the stage's frame into the image's. The affine transform `a;b;c;d;e;f` leads from pixels to µm of the stage
 * (x = a·column + b·row + c, y = d·column + e·row + f), so its inverse, without its scale, turns the stage's x and y.
 * Where it was not measured the stage is taken as it is: by default Micro-Manager's axes run as the image's.
 */
function turn(x: number, y: number, affine: unknown): { readonly x: number; readonly y: number } {
  const parts = typeof affine === 'string' ? affine.split(';').map(Number) : []
  const [a, b, , d, e] = parts
  const determinant = a! * e! - b! * d!
  const scale = Math.sqrt(Math.abs(determinant))
  if (parts.length !== 6 || !(scale > 0) || !Number.isFinite(scale)) return { x, y }
  const factor = scale / determinant
  const turned = { x: factor * (e! * x - b! * y), y: factor * (a! * y - d! * x) }
  return Number.isFinite(turned.x) && Number.isFinite(turned.y) ? turned : { x, y }
}

/** `2021-03-04 10:11:12.345 -0800` of 2.0, `2012-04-20 13:46:03 -0400` of 1.4; ISO 8601. */
function momentOf(value: unknown): string | null {
  const parts =
    /^(\d{4}-\d\d-\d\d)(?: [A-Z][a-z]{2})?[ T](\d\d:\d\d:\d\d(?:\.\d+)?) ?([+-]\d\d):?(\d\d)$/.exec(
      textOf(value) ?? '',
    )
  if (parts === null) return null
  return momentAfter(`${parts[1]!}T${parts[2]!}${parts[3]!}:${parts[4]!}`, 0)
}

/** Numbers are written as texts too. */
function numberOf(value: unknown): number | null {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  return typeof number === 'number' && Number.isFinite(number) ? number : null
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' && value !== 'null' ? value : null
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}
