import { metaSeriesFile } from '../metaseries-description.ts'
import type { Naming } from '../naming.ts'

/** What `--naming` of those who read has to be for these names, which no instrument writes. */
export const READS_PATTERN_NAMING = String.raw`^(?<plate>.+)_(?<well>[A-Z]{1,2}\d{2})_s(?<site>\d+)_(?<channel>\w+)\.tif$`

/** Names alone, in one folder: what many scripts and microscopes write. */
export const patternNaming: Naming = {
  packs: 'plane',
  planePath: ({ name }, { well, site, channel }) => `${name}_${well}_s${site}_${channel}.tif`,
  files: (plate, { planes }) =>
    planes.map(image => metaSeriesFile(patternNaming.planePath(plate, image), plate, image)),
  sideFiles: () => [],
}
