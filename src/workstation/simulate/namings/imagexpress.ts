import { imagexpressIndex } from '../imagexpress-index.ts'
import { metaSeriesFile } from '../metaseries-description.ts'
import type { Naming } from '../naming.ts'

/** Molecular Devices ImageXpress: the site and wave are left out where there is only one. */
export const imagexpressNaming: Naming = {
  packs: 'plane',
  planePath: ({ name, sitesPerWell, channels }, { well, site, wave }) => {
    const s = sitesPerWell > 1 ? `_s${site}` : ''
    const w = channels.length > 1 ? `_w${wave}` : ''
    return `TimePoint_1/${name}_${well}${s}${w}.tif`
  },
  files: (plate, { planes }) =>
    planes.map(image => metaSeriesFile(imagexpressNaming.planePath(plate, image), plate, image)),
  sideFiles: (plate, imagedFields) =>
    imagedFields === 0 ? [{ path: `${plate.name}.HTD`, text: imagexpressIndex(plate) }] : [],
}
