import { PLATE_FORMATS, wellName, type PlateFormat, type WellPosition } from '../plate/well.ts'
import type { Channel } from './channel.ts'
import { DEFECTS, type Defect, type DefectShares } from './defects.ts'
import { randomFrom } from './random.ts'

export interface PlannedPlane {
  readonly channel: Channel
  /** In the order of DEFECTS. */
  readonly defects: readonly Defect[]
}

export interface PlannedField {
  readonly well: WellPosition
  /** Counted from 1. */
  readonly site: number
  readonly planes: readonly PlannedPlane[]
}

export interface PlateOrder {
  readonly seed: number
  readonly format: PlateFormat
  readonly wells: number
  /** Of each well. */
  readonly fields: number
  readonly channels: readonly Channel[]
  readonly defects: DefectShares
}

/** The smallest standard plate with room for these wells; null when none is large enough. */
export function plateFor(wells: number): PlateFormat | null {
  const formats = Object.keys(PLATE_FORMATS).map(Number) as PlateFormat[]
  return formats.find(format => format >= wells) ?? null
}

/** Decides what is imaged, well by well along the rows, and what goes wrong. */
export function planPlate(order: PlateOrder): readonly PlannedField[] {
  const sites = listSites(order)
  const struck = strike(sites, order)
  return sites.map(site => ({
    ...site,
    planes: order.channels.map(channel => {
      const units = [wellName(site.well), fieldUnit(site), planeUnit(site, channel)]
      return {
        channel,
        defects: DEFECTS.filter(defect => units.some(unit => struck[defect].has(unit))),
      }
    }),
  }))
}

type Site = Pick<PlannedField, 'well' | 'site'>

function listSites({ format, wells, fields }: PlateOrder): readonly Site[] {
  const { columns } = PLATE_FORMATS[format]
  return Array.from({ length: wells * fields }, (_, i) => {
    const well = Math.floor(i / fields)
    return {
      well: { row: Math.floor(well / columns), column: well % columns },
      site: 1 + (i % fields),
    }
  })
}

/**
 * Whom each defect strikes: whole wells, fields in all their channels, or single planes.
 *
 * Wells without cells are kept out of the other defects of an image, most of which would not show
 * there, and a file that is missing cannot be truncated as well.
 */
function strike(
  sites: readonly Site[],
  order: PlateOrder,
): Readonly<Record<Defect, ReadonlySet<string>>> {
  const choose = (defect: Defect, units: readonly string[]): ReadonlySet<string> =>
    chooseShare(units, order.defects[defect] ?? 0, [order.seed, 'defect', defect])
  const planesOf = (some: readonly Site[]): readonly string[] =>
    some.flatMap(site => order.channels.map(channel => planeUnit(site, channel)))

  const empty = choose('empty', [...new Set(sites.map(({ well }) => wellName(well)))])
  const populated = sites.filter(({ well }) => !empty.has(wellName(well)))
  const fields = populated.map(fieldUnit)
  const planes = planesOf(populated)
  const files = planesOf(sites)
  const missing = choose('missing', files)
  const written = files.filter(file => !missing.has(file))
  return {
    empty,
    missing,
    truncated: choose('truncated', written),
    defocus: choose('defocus', fields),
    bubble: choose('bubble', fields),
    debris: choose('debris', fields),
    vignette: choose('vignette', fields),
    saturation: choose('saturation', planes),
    flicker: choose('flicker', planes),
    motion: choose('motion', planes),
  }
}

/** The units that come first when all are shuffled; as many as the share makes, rounded. */
function chooseShare(
  units: readonly string[],
  share: number,
  key: readonly (string | number)[],
): ReadonlySet<string> {
  const shuffled = units
    .map(unit => ({ unit, rank: randomFrom(...key, unit).uniform() }))
    .sort((a, b) => a.rank - b.rank)
  return new Set(shuffled.slice(0, Math.round(share * units.length)).map(({ unit }) => unit))
}

function fieldUnit({ well, site }: Site): string {
  return `${wellName(well)}/${site}`
}

function planeUnit(site: Site, { name }: Channel): string {
  return `${fieldUnit(site)}/${name}`
}
