import { pixelSizeOfMetaSeries } from '../../reading/pixel-size.ts'
import { xmlTags } from '../../reading/xml-tags.ts'
import type { RunFacts } from '../acquisition.ts'
import type { PlaneFacts } from '../plane-file.ts'
import { magnificationIn } from './objective-name.ts'

/** How one plane was imaged, as MetaXpress notes it in the image itself. */
export interface MetaSeriesNotes {
  readonly plane: PlaneFacts
  /** Of the light and the filters, as somebody called it: what the index has as the name of the wave. */
  readonly setting: string | null
  /** nm */
  readonly emission: number | null
  /** ms */
  readonly exposure: number | null
  readonly objective: RunFacts['objective']
}

/**
 * Reads the `<MetaData>` that MetaXpress 6 writes into ImageDescription; null where the text is another.
 *
 * Seen in plates of 2023 and 2024: the stage's x grows with the columns of the plate and its y with the rows, as in the
 * image; `wavelength` is the middle of the emission filter; the time is that of the instrument's PC, without an offset.
 */
export function parseMetaSeriesNotes(description: string): MetaSeriesNotes | null {
  if (!description.trimStart().startsWith('<MetaData')) return null
  const properties = readProperties(description)
  const x = lengthOf(properties.get('stage-position-x'))
  const y = lengthOf(properties.get('stage-position-y'))
  const z = lengthOf(properties.get('z-position'))
  const wavelength = numberOf(properties.get('wavelength'))
  return {
    plane: {
      pixelSize: pixelSizeOfMetaSeries(properties),
      position: x === null || y === null ? null : { x, y, z },
      takenAt: localTime(properties.get('acquisition-time-local')),
    },
    setting: settingOf(properties.get('_IllumSetting_')),
    // 0 where no filter is set
    emission: wavelength !== null && wavelength > 0 ? wavelength : null,
    exposure: millisecondsOf(properties.get('Exposure Time')),
    objective: objectiveOf(properties),
  }
}

/** Of a property that is written twice the first counts. */
function readProperties(description: string): ReadonlyMap<string, string> {
  const properties = new Map<string, string>()
  for (const { name, attributes } of xmlTags(description)) {
    if (name !== 'prop' && name !== 'custom-prop') continue
    const id = attributes.get('id')
    if (id !== undefined && !properties.has(id)) properties.set(id, attributes.get('value') ?? '')
  }
  return properties
}

const LONGEST_NAME = 100

function settingOf(text = ''): string | null {
  const name = text.trim()
  return name === '' || name.length > LONGEST_NAME ? null : name
}

/** µm: no stage travels ten metres. */
const FARTHEST = 10_000_000

function lengthOf(text: string | undefined): number | null {
  const length = numberOf(text)
  return length !== null && Math.abs(length) <= FARTHEST ? length : null
}

function numberOf(text: string | undefined): number | null {
  const sensible = /^[+-]?\d{1,12}(?:\.\d{1,20})?(?:[eE][+-]?\d{1,3})?$/.test(text ?? '')
  return sensible && Number.isFinite(Number(text)) ? Number(text) : null
}

/** `20240708 14:44:46.693` */
function localTime(text: string | undefined): string | null {
  const time = /^(\d{4})(\d{2})(\d{2}) (\d{2}:\d{2}:\d{2}(?:\.\d{1,6})?)$/.exec(text ?? '')
  if (time === null) return null
  const [, year, month, day, clock] = time
  const iso = `${year}-${month}-${day}T${clock}`
  return Number.isNaN(Date.parse(`${iso}Z`)) ? null : iso
}

/** `100 ms`, `1.5 s` */
function millisecondsOf(text: string | undefined): number | null {
  const time = /^(\d{1,9}(?:\.\d{1,9})?) ?(ms|msec|s|sec)$/.exec(text ?? '')
  if (time === null) return null
  return Number(time[1]) * (time[2]!.startsWith('m') ? 1 : 1000)
}

function objectiveOf(properties: ReadonlyMap<string, string>): RunFacts['objective'] {
  const name = properties.get('_MagSetting_') || properties.get('ImageXpress Micro Objective')
  const aperture = numberOf(properties.get('_MagNA_'))
  const numericalAperture = aperture !== null && aperture > 0 ? aperture : null
  if (name === undefined && numericalAperture === null) return null
  return { name: name ?? null, magnification: magnificationIn(name ?? ''), numericalAperture }
}
