import type { Naming } from '../naming.ts'
import { cytationNaming } from './cytation.ts'
import { imagexpressHcsAiNaming } from './imagexpress-hcs-ai.ts'
import { imagexpressNaming } from './imagexpress.ts'
import { microManagerNaming } from './micro-manager.ts'
import { omeTiffNaming } from './ome-tiff.ts'
import { omeZarr05Naming, omeZarrNaming } from './ome-zarr.ts'
import { operettaNaming } from './operetta.ts'
import { inCellNaming } from './in-cell.ts'
import { incucyteNaming } from './incucyte.ts'
import { patternNaming } from './pattern.ts'
import { scanRNaming } from './scan-r.ts'
import { yokogawaNaming } from './yokogawa.ts'

/** By the name that `--naming` takes. */
export const NAMINGS: Readonly<Record<string, Naming>> = {
  imagexpress: imagexpressNaming,
  'imagexpress-hcs-ai': imagexpressHcsAiNaming,
  operetta: operettaNaming,
  'in-cell': inCellNaming,
  'scan-r': scanRNaming,
  cytation: cytationNaming,
  incucyte: incucyteNaming,
  'ome-zarr': omeZarrNaming,
  'ome-zarr-0.5': omeZarr05Naming,
  'ome-tiff': omeTiffNaming,
  'micro-manager': microManagerNaming,
  pattern: patternNaming,
  yokogawa: yokogawaNaming,
}
