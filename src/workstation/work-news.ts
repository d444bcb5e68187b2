import type { Fault } from '#core/fault.ts'
import type { FieldDone } from './record/recorder.ts'
import type { PlateReport } from './run-folder.ts'
import type { AcquisitionRow } from './store/plates.ts'

/** What there is to tell of the work on what arrives. */
export type WorkNews =
  | { readonly kind: 'field'; readonly done: FieldDone }
  /** All of a run that has come is done and summed up. */
  | { readonly kind: 'plate'; readonly run: AcquisitionRow; readonly report: PlateReport }
  /** The store takes nothing more; nothing is done until `restart`. */
  | { readonly kind: 'halted'; readonly fault: Fault }
