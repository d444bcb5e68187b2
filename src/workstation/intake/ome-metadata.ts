import type { PlateSize } from '#core/plate/well.ts'

/** What an OME-XML text says of images and plates: schema 2016-06, and what is the same in those before. */
export interface OmeXml {
  /** Of the file that the text is in. */
  readonly uuid: string | null
  /** Name of the file that says it all, where this text does not. */
  readonly metadataFile: string | null
  readonly images: readonly OmeImage[]
  readonly plates: readonly OmePlate[]
  readonly objectives: ReadonlyMap<string, OmeObjective>
}

export interface OmeObjective {
  readonly name: string | null
  readonly magnification: number | null
  readonly numericalAperture: number | null
}

/** A series: planes of equal size by depth, channel and time, all counted from 0. */
export interface OmeImage {
  readonly id: string
  readonly name: string | null
  /** Name of its place on the stage. */
  readonly stageName: string | null
  readonly acquiredAt: string | null
  readonly objective: string | null
  readonly depths: number
  readonly times: number
  readonly channels: readonly OmeChannel[]
  /** Samples of a pixel that are one channel: 3 in colour images, whose samples the schema counts as channels. */
  readonly samples: number
  /** The axes from the fastest to the slowest, as `ZCT`. */
  readonly order: string
  /** Side of a pixel, µm; null where it is not said or pixels are not square. */
  readonly pixelSize: number | null
  /** Place of the stage, µm. */
  readonly stage: OmePosition | null
  readonly blocks: readonly TiffBlock[]
  /** Whether its pixels are in the XML itself, or nowhere. */
  readonly elsewhere: boolean
  /** By omePlaneIndex. */
  readonly planes: ReadonlyMap<number, OmePlane>
}

export interface OmeChannel {
  readonly name: string | null
  /** nm */
  readonly excitation: number | null
  readonly emission: number | null
}

export interface OmePosition {
  readonly x: number
  readonly y: number
  readonly z: number | null
}

export interface OmePlane {
  /** ms after the image was acquired. */
  readonly delay: number | null
  /** ms */
  readonly exposure: number | null
  /** Of the stage, µm. */
  readonly position: OmePosition | null
}

/** Pages of a TIFF that hold planes, one after the other in the image's order. */
export interface TiffBlock {
  readonly depth: number
  readonly channel: number
  readonly time: number
  /** Null where every page is meant, from the first. */
  readonly page: number | null
  /** Null where as many are meant as there are. */
  readonly count: number | null
  /** Null for the file that the text is in. */
  readonly fileName: string | null
  readonly uuid: string | null
}

export interface OmePlate {
  readonly id: string
  readonly name: string | null
  readonly externalId: string | null
  readonly format: PlateSize | null
  readonly samples: readonly OmeSample[]
  readonly runs: readonly OmeRun[]
}

/** A field of a well. */
export interface OmeSample {
  readonly id: string
  /** `B03` */
  readonly well: string
  /** Its place in the order of all fields, as written. */
  readonly index: number | null
  /** The image's id; null where it was not imaged. */
  readonly image: string | null
  /** µm */
  readonly position: OmePosition | null
}

/** A PlateAcquisition. */
export interface OmeRun {
  readonly id: string
  readonly name: string | null
  readonly startedAt: string | null
  readonly samples: readonly string[]
}

/** Where a plane's notes stand in `planes`. */
export function omePlaneIndex(
  { depths, channels }: Pick<OmeImage, 'depths' | 'channels'>,
  depth: number,
  channel: number,
  time: number,
): number {
  return (time * channels.length + channel) * depths + depth
}
