import { fail, ok, type Result } from '#core/fault.ts'
import { wellName, type PlateSize } from '#core/plate/well.ts'
import type { PlaneBlock, RunFacts } from '../acquisition.ts'
import type { FileAccess } from '../file-access.ts'
import { pathBelow } from '../path-below.ts'
import type { PlaneAddress, PlaneFacts } from '../plane-file.ts'
import { visitXml, type XmlElement, type XmlVisitor } from '../visit-xml.ts'
import { promiseOf } from './xdce-promise.ts'
import { nameWaves, type Offset, type XdceSettings, type XdceWave } from './xdce-settings.ts'
import { creationOf, filterOf, momentOf, offsetOf, takenAt, type Creation } from './xdce-values.ts'
import { decimal, positive } from '../written-number.ts'

/** What an IN Cell index says. */
export interface XdceIndex {
  readonly format: PlateSize | null
  readonly waves: readonly XdceWave[]
  readonly promised: readonly PlaneBlock[]
  /** By the path that the index gives, below its own folder, in lower case. */
  readonly images: ReadonlyMap<string, XdceImage>
  /** Thumbnails and images that the instrument fused from others, by path as above. */
  readonly besides: ReadonlySet<string>
  readonly facts: RunFacts
  /** Side of a pixel, µm. */
  readonly pixelSize: number | null
  readonly offsets: ReadonlyMap<number, Offset>
}

export interface XdceImage extends PlaneAddress {
  readonly facts: PlaneFacts
}

/** Rows and columns that a well's name can count. */
const PLATE_LIMITS = { rows: 52, columns: 99 }
/** Far above any real acquisition: fields, waves, steps and times each, and images listed. */
const MOST_OF_EACH = 100_000
const MOST_IMAGES = 2_000_000

/**
 * Reads an IN Cell index (`.xdce`): XML, `ImageStack` with the protocol that was set and the images that were taken.
 *
 * Elements, attributes and units as Bio-Formats' InCellReader reads them; per image also `OffsetFromWellCenter`
 * (as TissueMAPS does) and `timestamp_sec`. Indices count from 0, here from 1. `pixel_width` is taken as it stands,
 * whatever the binning. MetaXpress lists the one plane of a wave without stack at every step of the other waves.
 */
export async function readXdce(access: FileAccess, path: string): Promise<Result<XdceIndex>> {
  const found = collectXdce()
  const visited = await visitXml(access, path, found.visitor)
  if (!visited.ok) return visited
  const problem = problemOf(found, visited.value.complete)
  const waves = nameWaves(found.settings.waves)
  const images = placeImages(found, waves)
  const promised = problem === null ? promiseOf(found.settings, waves, [...images.values()]) : []
  if (problem === null && promised !== null) {
    const { settings, pixelSize, besides } = found
    const { format, offsets } = settings
    const facts = runFacts(found, waves)
    return ok({ format, waves, promised, images, besides, facts, pixelSize, offsets })
  }
  const detail = problem ?? 'it promises more planes than any acquisition has'
  return fail({ kind: 'index-invalid', path, detail })
}

/** An image of the list; counted as the index does, rows and columns from 1 and the rest from 0. */
interface ListedImage {
  readonly path: string | null
  readonly attributes: XmlElement['attributes']
  row: number
  column: number
  field: number
  z: number
  t: number
  wave: number
  focus: number | null
  offset: Offset | null
  exposure: number | null
}

interface Collected {
  readonly visitor: XmlVisitor
  readonly settings: XdceSettings
  readonly listed: ListedImage[]
  readonly besides: Set<string>
  readonly objective: {
    name: string | null
    magnification: number | null
    numericalAperture: number | null
  }
  pixelSize: number | null
  created: Creation | null
  root: string | null
  /** The first thing that was not as it should be. */
  problem: string | null
}

function collectXdce(): Collected {
  const settings: XdceSettings = {
    format: null,
    excluded: new Set(),
    offsets: new Map(),
    waves: [],
    flat: new Set(),
    slices: 1,
    times: [],
    timed: true,
  }
  let image: ListedImage | null = null
  const visitor: XmlVisitor = {
    open(element) {
      found.root ??= element.name
      if (image !== null) return openInImage(element, image)
      if (element.name !== 'Image') return openSetting(element)
      image = openImage(element)
    },
    close({ name }) {
      if (name !== 'Image' || image === null) return
      if (found.listed.length < MOST_IMAGES) found.listed.push(image)
      else found.problem ??= `it lists more than ${MOST_IMAGES} images`
      image = null
    },
  }
  const found: Collected = {
    visitor,
    settings,
    listed: [],
    besides: new Set(),
    objective: { name: null, magnification: null, numericalAperture: null },
    pixelSize: null,
    created: null,
    root: null,
    problem: null,
  }

  function count(text: string | undefined, what: string, from: number): number {
    const value = decimal(text)
    if (value !== null && Number.isInteger(value) && value >= from && value <= MOST_OF_EACH)
      return value
    found.problem ??= `the ${what} is “${(text ?? '').slice(0, 40)}”`
    return from
  }

  function openImage({ attributes }: Opened): ListedImage {
    const path = pathBelow('', attributes['filename'] ?? '')
    if (path === null) found.problem ??= 'the name of an image leads out of its folder'
    const thumbnail = pathBelow('', attributes['thumbnail'] ?? '')
    if (thumbnail !== null && thumbnail !== path) found.besides.add(thumbnail.toLowerCase())
    const nowhere = { row: 0, column: 0, field: 0, z: 0, t: 0, wave: -1 }
    return { path, attributes, ...nowhere, focus: null, offset: null, exposure: null }
  }

  function openInImage({ name, attributes }: Opened, current: ListedImage): void {
    if (name === 'Row') current.row = count(attributes['number'], 'row of an image', 1)
    else if (name === 'Column')
      current.column = count(attributes['number'], 'column of an image', 1)
    else if (name === 'Identifier') {
      current.field = count(attributes['field_index'], 'field of an image', 0)
      current.wave = count(attributes['wave_index'], 'wave of an image', 0)
      current.z = count(attributes['z_index'] ?? '0', 'step of an image', 0)
      current.t = count(attributes['time_index'] ?? '0', 'time of an image', 0)
    } else if (name === 'FocusPosition') current.focus = decimal(attributes['z'])
    else if (name === 'OffsetFromWellCenter') current.offset = offsetOf(attributes)
    else if (name === 'Exposure') current.exposure = decimal(attributes['time'])
  }

  function openSetting({ name, attributes, within }: Opened): void {
    const wave = within.includes('Wavelength') ? settings.waves.at(-1) : undefined
    if (wave !== undefined) {
      if (name === 'ExcitationFilter') wave.excitation = filterOf(attributes)
      else if (name === 'EmissionFilter') wave.emission = filterOf(attributes)
      else if (name === 'Exposure') wave.exposure = decimal(attributes['time'])
    } else if (name === 'Wavelength') {
      settings.waves.push({
        index: count(attributes['index'] ?? `${settings.waves.length}`, 'number of a wave', 0),
        mode: attributes['imaging_mode'] ?? null,
        fused: attributes['fusion_wave'] === 'true',
        excitation: { name: '', wavelength: null },
        emission: { name: '', wavelength: null },
        exposure: null,
      })
    } else if (name === 'Plate') {
      const rows = count(attributes['rows'], 'number of rows', 1)
      settings.format = { rows, columns: count(attributes['columns'], 'number of columns', 1) }
    } else if (name === 'Exclude') {
      const row = count(attributes['row'], 'row of an excluded well', 1) - 1
      const column = count(attributes['col'], 'column of an excluded well', 1) - 1
      settings.excluded.add(wellName({ row, column }))
    } else if (name === 'offset_point') {
      const index = count(attributes['index'] ?? `${settings.offsets.size}`, 'field', 0)
      const offset = offsetOf(attributes)
      if (offset === null) found.problem ??= `the place of field ${index} is no number`
      else settings.offsets.set(index + 1, offset)
    } else if (name === 'ZDimensionParameters') {
      const slices = count(attributes['number_of_slices'] ?? '1', 'number of steps', 0)
      if (attributes['enabled'] !== 'false') settings.slices = Math.max(1, slices)
    } else if (name === 'TimeSchedule') {
      settings.timed = attributes['enabled'] !== 'false'
    } else if (name === 'TimePoint') {
      if (settings.times.push(0) > MOST_OF_EACH) found.problem ??= 'it has too many time points'
    } else if (name === 'AcqWave') {
      if (settings.times.length > 0) settings.times[settings.times.length - 1]! += 1
    } else if (name === 'ObjectiveCalibration') {
      found.pixelSize = positive(attributes['pixel_width'])
      found.objective.name = attributes['objective_name'] || null
      found.objective.magnification = positive(attributes['magnification'])
      found.objective.numericalAperture = positive(attributes['numerical_aperture'])
    } else if (name === 'Creation') {
      found.created ??= creationOf(attributes)
    }
  }

  return found
}

type Opened = Omit<XmlElement, 'text'>

function problemOf(
  { root, problem, settings, listed }: Collected,
  complete: boolean,
): string | null {
  if (root !== 'ImageStack') return 'it does not begin with <ImageStack>'
  if (!complete) return 'it ends before </ImageStack>'
  const { rows, columns } = settings.format ?? PLATE_LIMITS
  if (rows > PLATE_LIMITS.rows || columns > PLATE_LIMITS.columns)
    return `no plate has ${rows} × ${columns} wells`
  if (problem !== null) return problem
  if (listed.some(({ row, column, wave }) => row < 1 || column < 1 || wave < 0))
    return 'it does not say where an image belongs'
  if (listed.some(({ row, column }) => row > rows || column > columns))
    return 'an image is outside the plate'
  const numbers = new Set(settings.waves.map(({ index }) => index))
  return numbers.size < settings.waves.length ? 'two waves have one number' : null
}

/** The images by their paths; those of fused waves go to what is besides. */
function placeImages(
  { settings, listed, besides, pixelSize, created }: Collected,
  waves: readonly XdceWave[],
): ReadonlyMap<string, XdceImage> {
  const fused = new Set(settings.waves.filter(wave => wave.fused).map(({ index }) => index))
  const names = new Map(waves.map(({ wave, name }) => [wave, name]))
  const images = new Map<string, XdceImage>()
  for (const image of listed) {
    const path = image.path?.toLowerCase() ?? ''
    if (fused.has(image.wave)) {
      besides.add(path)
      continue
    }
    const [wave, site] = [image.wave + 1, image.field + 1]
    const offset = image.offset ?? settings.offsets.get(site) ?? null
    const position = offset === null ? null : { ...offset, z: image.focus }
    const well = wellName({ row: image.row - 1, column: image.column - 1 })
    const before = path === '' ? undefined : images.get(path)
    if (before?.well === well && before.site === site && before.wave === wave) {
      const sameTime = before.t === image.t + 1
      if (sameTime && before.z !== image.z + 1) settings.flat.add(wave)
      if (sameTime && before.z <= image.z + 1) continue
    }
    images.set(path, {
      well,
      site,
      channel: names.get(wave) ?? `w${wave}`,
      wave,
      z: image.z + 1,
      t: image.t + 1,
      projection: false,
      facts: { pixelSize, position, takenAt: takenAt(created, image.attributes) },
    })
  }
  return images
}

function runFacts(
  { settings, listed, objective, created }: Collected,
  waves: readonly XdceWave[],
): RunFacts {
  const exposures = new Map(listed.map(({ wave, exposure }) => [wave + 1, exposure]))
  const says = Object.values(objective).some(value => value !== null)
  return {
    startedAt: created === null ? null : momentOf(created, 0),
    objective: says ? objective : null,
    channels: waves.map(({ wave, name }) => {
      const { excitation, emission, exposure } = settings.waves.find(
        ({ index }) => index + 1 === wave,
      )!
      return {
        channel: name,
        excitation: excitation.wavelength,
        emission: emission.wavelength,
        exposure: exposure ?? exposures.get(wave) ?? null,
        flatField: null,
      }
    }),
  }
}
