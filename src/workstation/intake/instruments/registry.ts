import { acquifer } from './acquifer.ts'
import { cytation } from './cytation.ts'
import { genericNames } from './generic-names.ts'
import { imagexpressHcsAi } from './imagexpress-hcs-ai.ts'
import { imagexpress } from './imagexpress.ts'
import { inCell } from './in-cell.ts'
import { incucyte } from './incucyte.ts'
import type { Instrument } from './instrument.ts'
import { microManager } from './micro-manager.ts'
import { omeTiff, plainOmeTiff } from './ome-tiff.ts'
import { omeZarr } from './ome-zarr.ts'
import { operetta } from './operetta.ts'
import { scanR } from './scan-r.ts'
import { yokogawa } from './yokogawa.ts'

/** Every instrument, in the order in which they are asked; the vaguest names come last. */
export const INSTRUMENTS: readonly Instrument[] = [
  imagexpressHcsAi,
  imagexpress,
  operetta,
  yokogawa,
  inCell,
  scanR,
  incucyte,
  cytation,
  acquifer,
  microManager,
  omeTiff,
  omeZarr,
  genericNames,
  plainOmeTiff,
]

/** Ways to find places that are no instrument's. */
const OTHER_WAYS: ReadonlyMap<string, string> = new Map([
  ['pattern', 'A pattern'],
  ['map', 'A table of files'],
  ['loose', 'Loose images'],
])

/** What people call the instrument, or the way of naming, that has this id; the id where nothing has it any more. */
export function instrumentName(id: string): string {
  return INSTRUMENTS.find(each => each.id === id)?.name ?? OTHER_WAYS.get(id) ?? id
}
