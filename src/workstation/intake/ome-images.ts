import { omeLength, omeTime } from './ome-units.ts'
import {
  omePlaneIndex,
  type OmeChannel,
  type OmeImage,
  type OmeObjective,
  type OmePlane,
  type OmePosition,
  type TiffBlock,
} from './ome-metadata.ts'
import type { XmlElement, XmlVisitor } from './visit-xml.ts'
import { positive } from './written-number.ts'

/** Of all images together, far above any acquisition: a text that claims more is damaged. */
const MOST_PLANES = 10_000_000
/** Pixels count as square when their sides differ by no more than this share. */
const SQUARE = 0.01

export interface OmeImages extends Required<XmlVisitor> {
  /** What cannot be; null while all is well. */
  readonly problem: () => string | null
  readonly images: readonly OmeImage[]
  readonly objectives: ReadonlyMap<string, OmeObjective>
}

type Attributes = XmlElement['attributes']

interface Draft {
  readonly id: string
  readonly name: string | null
  stageName: string | null
  acquiredAt: string | null
  objective: string | null
  stage: OmePosition | null
  pixels: Attributes | null
  elsewhere: boolean
  readonly channels: (OmeChannel & { readonly samples: number })[]
  readonly blocks: TiffBlock[]
  readonly planes: (OmePlane & { readonly z: number; readonly c: number; readonly t: number })[]
}

/** Collects the images of an OME-XML text, and the objectives that they name. */
export function readOmeImages(): OmeImages {
  const images: OmeImage[] = []
  const objectives = new Map<string, OmeObjective>()
  let draft: Draft | null = null
  let planes = 0
  let problem: string | null = null

  const inPixels: Readonly<Record<string, (draft: Draft, attributes: Attributes) => void>> = {
    Channel: ({ channels }, attributes) => channels.push(readChannel(attributes)),
    TiffData: ({ blocks }, attributes) => blocks.push(readBlock(attributes)),
    Plane: (image, attributes) => {
      const [z, c, t] = ['TheZ', 'TheC', 'TheT'].map(name => countOf(attributes, name) ?? 0)
      image.planes.push({ z: z!, c: c!, t: t!, ...readPlane(attributes) })
    },
    BinData: image => (image.elsewhere = true),
    MetadataOnly: image => (image.elsewhere = true),
  }

  return {
    images,
    objectives,
    problem: () => problem,

    open({ name, attributes, within }) {
      const parent = within.at(-1)
      if (parent === 'Instrument' && name === 'Objective') {
        objectives.set(attributes['ID'] ?? '', readObjective(attributes))
      } else if (parent === 'OME' && name === 'Image') draft = beginImage(attributes)
      else if (draft === null) return
      else if (parent === 'Image') {
        if (name === 'Pixels') draft.pixels ??= attributes
        if (name === 'ObjectiveSettings') draft.objective = attributes['ID'] ?? null
        if (name === 'StageLabel') {
          draft.stageName = attributes['Name'] || null
          draft.stage = readPosition(attributes, '', '')
        }
      } else if (parent === 'Pixels') {
        if (Object.hasOwn(inPixels, name)) inPixels[name]!(draft, attributes)
      } else if (parent === 'TiffData' && name === 'UUID') {
        const block = draft.blocks.pop()
        if (block !== undefined)
          draft.blocks.push({ ...block, fileName: attributes['FileName'] ?? null })
      }
    },

    close({ name, text, within }) {
      if (draft === null) return
      const parent = within.at(-1)
      if (parent === 'Image' && name === 'AcquisitionDate') draft.acquiredAt = text
      if (parent === 'TiffData' && name === 'UUID') {
        const block = draft.blocks.pop()
        if (block !== undefined) draft.blocks.push({ ...block, uuid: text })
      }
      if (parent !== 'OME' || name !== 'Image') return
      const finished = finishImage(draft)
      draft = null
      if (typeof finished === 'string') problem = finished
      else if (finished !== null) {
        planes += finished.depths * finished.channels.length * finished.times
        if (planes > MOST_PLANES) problem = `it has more than ${MOST_PLANES} planes`
        else images.push(finished)
      }
    },
  }
}

function beginImage(attributes: Attributes): Draft {
  return {
    id: attributes['ID'] ?? '',
    name: attributes['Name'] || null,
    stageName: null,
    acquiredAt: null,
    objective: null,
    stage: null,
    pixels: null,
    elsewhere: false,
    channels: [],
    blocks: [],
    planes: [],
  }
}

/** Null for an image without pixels; a text says what is wrong with it. */
function finishImage(draft: Draft): OmeImage | string | null {
  const { pixels, channels: named, blocks, planes: notes, ...rest } = draft
  if (pixels === null) return null
  const [depths, all, times] = ['SizeZ', 'SizeC', 'SizeT'].map(name => countOf(pixels, name))
  if (!depths || !all || !times) return `the sizes of ${draft.id} are none`
  // VisiView counts a time fewer than it has written pages for.
  const size = {
    depths: blocks.reduce((most, { depth }) => Math.max(most, depth + 1), depths),
    times: blocks.reduce((most, { time }) => Math.max(most, time + 1), times),
  }
  if (size.depths * all * size.times > MOST_PLANES) {
    return `${draft.id} has more than ${MOST_PLANES} planes`
  }
  const samples = named[0]?.samples ?? 1
  const colour = samples > 1 && named.reduce((sum, channel) => sum + channel.samples, 0) === all
  const channels = Array.from({ length: colour ? named.length : all }, (_, i): OmeChannel => {
    const { name, excitation, emission } = named[i] ?? UNNAMED
    return { name, excitation, emission }
  })
  const planes = new Map<number, OmePlane>()
  for (const { z, c, t, delay, exposure, position } of notes) {
    if (z >= size.depths || c >= channels.length || t >= size.times) continue
    const index = omePlaneIndex({ ...size, channels }, z, c, t)
    if (!planes.has(index)) planes.set(index, { delay, exposure, position })
  }
  return {
    ...rest,
    ...size,
    channels,
    samples: colour ? samples : 1,
    order: orderOf(pixels['DimensionOrder']),
    pixelSize: pixelSizeOf(pixels),
    blocks,
    planes,
  }
}

const UNNAMED: OmeChannel = { name: null, excitation: null, emission: null }

function orderOf(text: string | undefined): string {
  const axes = (text ?? '').slice(2)
  return [...axes].sort().join('') === 'CTZ' ? axes : 'ZCT'
}

function readChannel(attributes: Attributes): OmeChannel & { readonly samples: number } {
  const wavelength = (name: string) => {
    const unit = attributes[`${name}WavelengthUnit`] ?? 'nm'
    const length = omeLength(attributes[`${name}Wavelength`], unit)
    // Rounded, for a thousandth and a thousand do not make one in binary.
    return length === null ? null : Math.round(length * 1e9) / 1e6
  }
  return {
    name: attributes['Name'] || attributes['Fluor'] || null,
    excitation: wavelength('Excitation'),
    emission: wavelength('Emission'),
    samples: countOf(attributes, 'SamplesPerPixel') || 1,
  }
}

/** Without a page and a number every page is meant, with a page alone that page (OME-TIFF specification, TiffData). */
function readBlock(attributes: Attributes): TiffBlock {
  const page = countOf(attributes, 'IFD')
  const count = countOf(attributes, 'PlaneCount')
  return {
    depth: countOf(attributes, 'FirstZ') ?? 0,
    channel: countOf(attributes, 'FirstC') ?? 0,
    time: countOf(attributes, 'FirstT') ?? 0,
    page: page ?? (count === null ? null : 0),
    count: count ?? (page === null ? null : 1),
    fileName: null,
    uuid: null,
  }
}

function readPlane(attributes: Attributes): OmePlane {
  return {
    delay: omeTime(attributes['DeltaT'], attributes['DeltaTUnit'] ?? 's'),
    exposure: omeTime(attributes['ExposureTime'], attributes['ExposureTimeUnit'] ?? 's'),
    position: readPosition(attributes, 'Position', ''),
  }
}

/**
 * A place on the stage, µm, from attributes such as `PositionX` and `PositionXUnit`. Where no unit is written the schema
 * means one that is no length.
 */
export function readPosition(
  attributes: Attributes,
  before: string,
  after: string,
): OmePosition | null {
  const [x, y, z] = ['X', 'Y', 'Z'].map(axis => {
    const name = `${before}${axis}${after}`
    return omeLength(attributes[name], attributes[`${name}Unit`] ?? 'reference frame')
  })
  return x === null || y === null ? null : { x: x!, y: y!, z: z! }
}

function pixelSizeOf(pixels: Attributes): number | null {
  const [x, y] = ['X', 'Y'].map(axis =>
    omeLength(pixels[`PhysicalSize${axis}`], pixels[`PhysicalSize${axis}Unit`] ?? 'µm'),
  )
  if (!x || x < 0) return null
  if (pixels['PhysicalSizeY'] === undefined) return x
  return y && Math.abs(x - y) <= SQUARE * x ? x : null
}

function readObjective(attributes: Attributes): OmeObjective {
  return {
    name: attributes['Model'] || null,
    magnification:
      positive(attributes['NominalMagnification']) ??
      positive(attributes['CalibratedMagnification']),
    numericalAperture: positive(attributes['LensNA']),
  }
}

/** A whole number from 0; null for anything else. */
function countOf(attributes: Attributes, name: string): number | null {
  const text = attributes[name]
  return text !== undefined && /^\d{1,15}$/.test(text.trim()) ? Number(text) : null
}
