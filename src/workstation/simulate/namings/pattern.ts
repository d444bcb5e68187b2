import { metaSeriesFile } from '../metaseries-description.ts'
import type { Naming } from '../naming.ts'

/** Names alone, in one folder: what many scripts and microscopes write. */
export const patternNaming: Naming = {
  packs: 'plane',
  planePath: ({ name }, { well, site, channel }) => `${name}_${well}_s${site}_${channel}.tif`,
  files: (plate, { planes }) =>
    planes.map(image => metaSeriesFile(patternNaming.planePath(plate, image), plate, image)),
  sideFiles: () => [],
}
