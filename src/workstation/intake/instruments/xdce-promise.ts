import { wellName } from '#core/plate/well.ts'
import { blockSize, type PlaneBlock } from '../acquisition.ts'
import { gatherBlocks } from '../gather-blocks.ts'
import type { PlaneAddress } from '../plane-file.ts'
import type { XdceSettings, XdceWave } from './xdce-settings.ts'

/** Far above any real acquisition; an index that promises more is damaged. */
const MOST_PLANES = 10_000_000

/**
 * What an IN Cell was told to image, and what it lists beyond that; null where it is absurdly much.
 *
 * Wells are those of the plate that are not excluded. A protocol that excludes none may have its wells elsewhere: then
 * those count of which images are listed, and all of the plate while none is.
 */
export function promiseOf(
  settings: XdceSettings,
  waves: readonly XdceWave[],
  listed: readonly PlaneAddress[],
): readonly PlaneBlock[] | null {
  const blocks = settingBlocks(settings, waves, listed)
  const planes = blocks.reduce((sum, block) => sum + blockSize(block), 0)
  if (planes > MOST_PLANES) return null
  return [...blocks, ...gatherBlocks(imagesBeyond(blocks, listed))]
}

function settingBlocks(
  settings: XdceSettings,
  waves: readonly XdceWave[],
  listed: readonly PlaneAddress[],
): readonly PlaneBlock[] {
  const wells = wellsOf(settings, listed)
  const sites = [...settings.offsets.keys()].sort((a, b) => a - b)
  if (wells.length === 0 || sites.length === 0 || waves.length === 0) return []
  const times = settings.timed && settings.times.length > 0 ? settings.times : [0]
  // Which waves a time point leaves out is said by no attribute that is known: there the listed images speak alone.
  const t = times.flatMap((acquired, index) =>
    acquired === 0 || acquired === waves.length ? [index + 1] : [],
  )
  if (t.length === 0) return []
  const stacked = Map.groupBy(waves, ({ wave }) => {
    const mode = settings.waves.find(({ index }) => index + 1 === wave)?.mode ?? null
    const hasStack = (mode === null || mode === '3-D') && !settings.flat.has(wave)
    return hasStack ? settings.slices : 1
  })
  return [...stacked].map(([slices, own]) => ({
    wells,
    sites,
    channels: own.map(({ wave, name }) => ({ wave, name })),
    z: Array.from({ length: slices }, (_, index) => index + 1),
    t,
  }))
}

function wellsOf(
  { format, excluded }: XdceSettings,
  listed: readonly PlaneAddress[],
): readonly string[] {
  if (excluded.size === 0 && listed.length > 0)
    return [...new Set(listed.flatMap(({ well }) => well ?? []))]
  if (format === null) return []
  const wells: string[] = []
  for (let row = 0; row < format.rows; row += 1) {
    for (let column = 0; column < format.columns; column += 1) {
      const well = wellName({ row, column })
      if (!excluded.has(well)) wells.push(well)
    }
  }
  return wells
}

/** Listed images that the settings do not cover. */
function imagesBeyond(
  blocks: readonly PlaneBlock[],
  listed: readonly PlaneAddress[],
): readonly PlaneAddress[] {
  const sets = blocks.map(({ wells, sites, channels, z, t }) => ({
    wells: new Set<string | null>(wells),
    sites: new Set<number | null>(sites),
    waves: new Set(channels.map(({ wave }) => wave)),
    z: new Set(z),
    t: new Set(t),
  }))
  return listed.filter(
    image =>
      !sets.some(
        block =>
          block.wells.has(image.well) &&
          block.sites.has(image.site) &&
          block.waves.has(image.wave) &&
          block.z.has(image.z) &&
          block.t.has(image.t),
      ),
  )
}
