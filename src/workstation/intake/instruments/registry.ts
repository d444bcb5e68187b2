import { genericNames } from './generic-names.ts'
import { imagexpress } from './imagexpress.ts'
import type { Instrument } from './instrument.ts'
import { operetta } from './operetta.ts'

/** Every instrument, in the order in which they are asked; the vaguest names come last. */
export const INSTRUMENTS: readonly Instrument[] = [imagexpress, operetta, genericNames]
