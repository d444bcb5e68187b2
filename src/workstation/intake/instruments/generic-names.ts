import type { Fault } from '#core/fault.ts'
import type { Acquisition } from '../acquisition.ts'
import { readByPattern, type NamePattern } from '../name-pattern.ts'
import type { SurveyedFile } from '../survey-folder.ts'
import type { Instrument } from './instrument.ts'

/** Names that are in use without belonging to an instrument. */
export const genericNames: Instrument = {
  id: 'generic',
  name: 'Plain names, such as A01_s1_w1',
  detect: files => {
    const named = files.find(file => patternOf(file) !== null)
    return named === undefined
      ? []
      : [{ by: 'name', sure: 'possible', why: `names like ${named.path}` }]
  },
  read: async ({ root, files, access }) => {
    const acquisitions: Acquisition[] = []
    const faults: Fault[] = []
    for (const pattern of PATTERNS) {
      const own = files.filter(file => patternOf(file) === pattern)
      const reading = await readByPattern(pattern, genericNames.id, root, own, access)
      acquisitions.push(...reading.acquisitions)
      faults.push(...reading.faults)
    }
    return { acquisitions, faults }
  },
}

const PATTERNS: readonly NamePattern[] = [
  // CellProfiler's default: plate_A01_s1_w1
  /^(?<plate>.+)_(?<well>[A-Za-z]{1,2}\d{2})_s(?<site>\d+)_w(?<wave>\d{1,2})(?:_t(?<t>\d+))?(?:_z(?<z>\d+))?\.(?:tiff?|png)$/i,
  // BBBC006: BBBC006_z_aligned__a01__s1__w1_10, where 10 is the focal plane
  /^(?<plate>.+?)__(?<well>[A-Za-z]{1,2}\d{2})__s(?<site>\d+)__w(?<wave>\d{1,2})(?:_(?<z>\d+))?\.(?:tiff?|png)$/i,
  // CellProfiler's SBS examples: Channel1-13-B-01, where 13 counts the wells
  /^(?<channel>Channel\d+)-\d+-(?<row>[A-Z]{1,2})-(?<col>\d{2,3})\.(?:tiff?|png)$/i,
].map(expression => ({ expression, wholePath: false }))

/** The first pattern that matches, so that a file has one reading. */
function patternOf(file: SurveyedFile): NamePattern | null {
  const name = file.path.slice(file.path.lastIndexOf('/') + 1)
  return PATTERNS.find(({ expression }) => expression.test(name)) ?? null
}
