import { checkSealedRows, together, type SealedRows } from '../../record/check-sealed-rows.ts'
import type { ReadableDb } from '../../store/db.ts'
import { modelSeal, modelStateSeal, modelTestSeal } from './model-seal.ts'

/** Holds every registered network, its tests and its states against the seals that the audit trail has of them. */
export function checkModels(db: ReadableDb): SealedRows<'model'> {
  return together([
    checkSealedRows(db, 'model', 'model', modelSeal),
    checkSealedRows(db, 'model', 'modelTest', modelTestSeal),
    checkSealedRows(db, 'model', 'modelState', modelStateSeal),
  ])
}
