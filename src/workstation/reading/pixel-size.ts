import { xmlTags } from './xml-tags.ts'

/** What a TIFF says beside its pixels. */
export interface TiffNotes {
  /** ImageDescription, as much of it as is read. */
  readonly description: string
  /** Pixels in a unit of length; null where there is none. */
  readonly xResolution: number | null
  readonly yResolution: number | null
  /** 1 none, 2 inch, 3 centimetre. */
  readonly resolutionUnit: number
  /** Of the first sample, up to 16 bits; null where there is none. */
  readonly maxSampleValue: number | null
}

/** Side of a pixel in µm as the microscope noted it, or null where it did not or not sensibly. */
export function pixelSizeOf(notes: TiffNotes): number | null {
  const { description } = notes
  const start = description.trimStart()
  const noted = start.startsWith('<')
    ? sizeInXml(start)
    : start.startsWith('ImageJ=')
      ? sizeOfImageJ(notes)
      : undefined
  return plausible(noted === undefined ? sizeByResolution(notes) : noted)
}

/** Side of a pixel in µm by the properties that MetaMorph and MetaXpress note, by their ids; null where they do not. */
export function pixelSizeOfMetaSeries(properties: ReadonlyMap<string, string>): number | null {
  return plausible(sizeOfMetaSeries(properties))
}

function plausible(size: number | null): number | null {
  return size !== null && size >= SMALLEST && size <= LARGEST ? size : null
}

/** In µm: no light microscope has pixels beyond these. */
const SMALLEST = 0.001
const LARGEST = 1000
/** Pixels count as square when their sides differ by no more than this share. */
const SQUARE = 0.01

const MICROMETRES: ReadonlyMap<string, number> = new Map([
  ['pm', 1e-6],
  ['nm', 1e-3],
  ['nanometer', 1e-3],
  ['um', 1],
  ['µm', 1],
  ['μm', 1],
  ['&#181;m', 1],
  ['&#956;m', 1],
  ['&#xb5;m', 1],
  ['&#x3bc;m', 1],
  ['\\u00b5m', 1],
  ['micron', 1],
  ['microns', 1],
  ['micrometer', 1],
  ['micrometers', 1],
  ['mm', 1e3],
  ['cm', 1e4],
  ['inch', 25_400],
  ['m', 1e6],
])

/** Undefined where the text says nothing about size, so that others may; null where it says that there is none. */
function sizeInXml(text: string): number | null | undefined {
  const properties = new Map<string, string>()
  const sizes: (number | null)[] = []
  for (const { name, attributes } of xmlTags(text)) {
    if (name === 'prop' && attributes.has('id')) {
      properties.set(attributes.get('id')!, attributes.get('value') ?? '')
    }
    if (name === 'Pixels' && attributes.has('PhysicalSizeX')) sizes.push(sizeOfOme(attributes))
  }
  if (properties.has('spatial-calibration-x')) return sizeOfMetaSeries(properties)
  if (sizes.length === 0) return undefined
  // Which image of the text this page is of is not known: they must agree.
  return sizes.every(size => size === sizes[0]) ? sizes[0]! : null
}

/** OME-XML: PhysicalSizeX, in µm where no unit is named. */
function sizeOfOme(attributes: ReadonlyMap<string, string>): number | null {
  const side = (axis: 'X' | 'Y'): number | null =>
    lengthOf(
      attributes.get(`PhysicalSize${axis}`) ?? '',
      attributes.get(`PhysicalSize${axis}Unit`) ?? 'µm',
    )
  const x = side('X')
  return attributes.has('PhysicalSizeY') ? square(x, side('Y')) : x
}

/** MetaMorph and MetaXpress; their `pixel-size-x` is the image's width, the pixel's is the spatial calibration. */
function sizeOfMetaSeries(properties: ReadonlyMap<string, string>): number | null {
  if (properties.get('spatial-calibration-state') === 'off') return null
  const unit = properties.get('spatial-calibration-units') ?? ''
  const side = (axis: 'x' | 'y'): number | null =>
    lengthOf(properties.get(`spatial-calibration-${axis}`) ?? '', unit)
  return properties.has('spatial-calibration-y') ? square(side('x'), side('y')) : side('x')
}

/** ImageJ: pixels per unit in the resolution tags, the unit in its description. */
function sizeOfImageJ({ description, xResolution, yResolution }: TiffNotes): number | null {
  const line = description.split('\n', 50).find(text => text.startsWith('unit='))
  const unit = MICROMETRES.get((line ?? '').slice('unit='.length).trim().toLowerCase())
  return unit === undefined ? null : square(sideOf(xResolution, unit), sideOf(yResolution, unit))
}

/** What programs write that know nothing about the pixel's size: screens and printers, in dots per inch. */
const FILLERS = new Set([1, 72, 96, 100, 150, 200, 300, 600, 1200])
const INCH = 2
const CENTIMETRE = 3

function sizeByResolution(notes: TiffNotes): number | null {
  const { xResolution, yResolution, resolutionUnit } = notes
  if (resolutionUnit !== INCH && resolutionUnit !== CENTIMETRE) return null
  const unit = MICROMETRES.get(resolutionUnit === INCH ? 'inch' : 'cm')!
  const perInch = resolutionUnit === INCH ? xResolution : (xResolution ?? 0) * 2.54
  if (xResolution === 1 || FILLERS.has(Math.round((perInch ?? 0) * 100) / 100)) return null
  return square(sideOf(xResolution, unit), sideOf(yResolution, unit))
}

function sideOf(resolution: number | null, unit: number): number | null {
  return resolution === null || resolution <= 0 ? null : unit / resolution
}

function lengthOf(text: string, unit: string): number | null {
  const factor = MICROMETRES.get(unit.trim().toLowerCase())
  const number = /^[0-9]{1,12}(\.[0-9]{1,20})?([eE][+-]?[0-9]{1,3})?$/.test(text.trim())
    ? Number(text)
    : NaN
  return factor === undefined || !Number.isFinite(number) ? null : number * factor
}

function square(x: number | null, y: number | null): number | null {
  if (x === null || y === null) return null
  return Math.abs(x - y) <= SQUARE * x ? x : null
}
