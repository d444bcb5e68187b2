import { parseWell, wellName } from '#core/plate/well.ts'
import type { SurveyedFile } from '../survey-folder.ts'

/** What the name of a Gen5 image says. */
export interface CytationName {
  readonly file: SurveyedFile
  readonly well: string
  readonly site: number
  /** Of interest, counted from 1; null for images of the well itself. */
  readonly region: number | null
  /** As the name has it, without what Gen5 did to the image: `GFP 469,525`. */
  readonly channel: string
  /** What else the name orders channels by: the step of the protocol and the place in it. */
  readonly step: number
  readonly place: number
  /** Counted from 1; from 0 in the name. */
  readonly z: number
  readonly t: number
  /** How much Gen5 made of the image: 0 as the camera gave it, 1 `Stitched[…]`, 2 `Tsf[Stitched[…]]`. */
  readonly processing: number
  readonly projection: boolean
}

const WELL = '(?<row>[A-Z]{1,2})(?<column>\\d{1,2})'
/** What people call channels, and what Gen5 puts around it. */
const CHANNEL = '[A-Za-z0-9 ,.+#()\\[\\]-]{1,100}'

/**
 * The forms that Glencoe's BioTekReader (bioformats2raw) met: `A1_01_1_9_DAPI_001.tif` says step, place of the channel
 * and field; `A1_1Z4_DAPI_1_003_.tif` field, place, time and step; the third has two stitched channels in one.
 * Regions of interest are `A1ROI1_01_1_2Z0_Confocal DAPI_001.tif`. That the last number of the first form is the
 * kinetic read is from its fourth; times have three digits at least, which keeps names of other origin out.
 */
const IMAGE_NAMES = [
  `^${WELL}(?:ROI(?<region>\\d{1,4}))?_(?<step>-?\\d{1,4})_(?<place>\\d{1,4})_(?<field>\\d{1,5})(?:Z(?<z>\\d{1,5}))?_(?<channel>${CHANNEL})_(?<t>-?\\d{3,6})\\.tiff?$`,
  `^${WELL}_(?<field>-?\\d{1,5})(?:Z(?<z>\\d{1,5}))?_(?<channel>${CHANNEL})_(?<place>\\d{1,4})_(?<t>\\d{3,6})_(?<step>-?\\d{1,4})?\\.tiff?$`,
  `^${WELL}_(?<field>-?\\d{1,5})(?:Z(?<z>\\d{1,5}))?_(?<wrapped>[A-Za-z ]{1,40})\\[[A-Za-z0-9 ]{1,60}_(?<channel>[A-Za-z0-9 ,.+#-]{1,100})\\]_(?<place>\\d{1,4})_(?<t>\\d{3,6})_(?<step>-?\\d{1,4})?\\.tiff?$`,
].map(pattern => new RegExp(pattern, 'i'))

/** Null for what is no image of Gen5. */
export function readCytationName(file: SurveyedFile): CytationName | null {
  const name = file.path.slice(file.path.lastIndexOf('/') + 1)
  for (const pattern of IMAGE_NAMES) {
    const groups = pattern.exec(name)?.groups
    if (groups === undefined) continue
    const well = parseWell(`${groups['row']}${groups['column']}`)
    if (well === null) return null
    const { region, wrapped } = groups
    const { channel, layers } = unwrap(groups['channel']!)
    if (wrapped !== undefined) layers.unshift(wrapped)
    const projection = layers.some(isProjection)
    return {
      file,
      well: wellName(well),
      site: Number(groups['field']),
      region: region === undefined ? null : Number(region),
      channel,
      step: Number(groups['step'] ?? 0),
      place: Number(groups['place']),
      z: projection ? 0 : Number(groups['z'] ?? 0) + 1,
      // −1 and 000 where there is one time.
      t: Math.max(1, Number(groups['t'])),
      // Steps below 0 are those that work on images of others.
      processing: Math.max(
        layers.filter(layer => !isProjection(layer)).length,
        Number(groups['step'] ?? 0) < 0 && !projection ? 1 : 0,
      ),
      projection,
    }
  }
  return null
}

/** `Tsf[Stitched[GFP 469,525]]` is GFP 469,525 after two steps, the outermost first. */
function unwrap(text: string): { readonly channel: string; readonly layers: string[] } {
  const layers: string[] = []
  let channel = text
  for (;;) {
    const match = /^(?<layer>[A-Za-z ]+)\[(?<inner>.+)\]$/.exec(channel)?.groups
    if (match === undefined) return { channel, layers }
    layers.push(match['layer']!)
    channel = match['inner']!
  }
}

/** `ZProj[…]`: what Gen5 projected along z. */
function isProjection(layer: string): boolean {
  return /^z ?proj/i.test(layer)
}

/** `GFP 469,525`: excitation and emission, nm; null where the name has none. */
export function filtersOf(
  channel: string,
): { readonly excitation: number; readonly emission: number } | null {
  const match = / (?<excitation>\d{3,4}),(?<emission>\d{3,4})$/.exec(channel)?.groups
  if (match === undefined) return null
  return { excitation: Number(match['excitation']), emission: Number(match['emission']) }
}

/** The folder of a plate: Gen5 may give each well a folder of its own in it, `B2` or `ID_B2 …`. */
export function plateFolder({ file }: CytationName): string {
  const folders = file.path.split('/').slice(0, -1)
  const own = /^(?:ID_)?(?<well>[A-Z]{1,2}\d{1,2})(?: .*)?$/i.exec(folders.at(-1) ?? '')
  const name = file.path.slice(file.path.lastIndexOf('/') + 1)
  const well = own?.groups?.['well']?.toLowerCase()
  if (well !== undefined && /^[A-Z]+\d+/i.exec(name)?.[0].toLowerCase() === well) folders.pop()
  return folders.join('/')
}
