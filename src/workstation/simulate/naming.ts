import type { ImagedPlate } from './imaged-plate.ts'
import { imagexpressIndex } from './imagexpress-index.ts'

export interface PlaneName {
  /** `B03` */
  readonly well: string
  /** Counted from 1. */
  readonly site: number
  /** Counted from 1. */
  readonly wave: number
  readonly channel: string
}

/** How an instrument lays out an acquisition on disk. Paths are relative, with forward slashes. */
export interface Naming {
  readonly planePath: (plate: ImagedPlate, plane: PlaneName) => string
  /** What promises the planes before the first is imaged. */
  readonly index: ((plate: ImagedPlate) => { readonly path: string; readonly text: string }) | null
}

/** By the name that `--naming` takes. */
export const NAMINGS: Readonly<Record<string, Naming>> = {
  /** Molecular Devices ImageXpress: the site and wave are left out where there is only one. */
  imagexpress: {
    planePath: ({ name, sitesPerWell, channels }, { well, site, wave }) => {
      const s = sitesPerWell > 1 ? `_s${site}` : ''
      const w = channels.length > 1 ? `_w${wave}` : ''
      return `TimePoint_1/${name}_${well}${s}${w}.tif`
    },
    index: plate => ({ path: `${plate.name}.HTD`, text: imagexpressIndex(plate) }),
  },
  /** Names alone, in one folder: what many scripts and microscopes write. */
  pattern: {
    planePath: ({ name }, { well, site, channel }) => `${name}_${well}_s${site}_${channel}.tif`,
    index: null,
  },
}
