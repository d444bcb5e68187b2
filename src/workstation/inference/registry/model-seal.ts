import type { Sha256 } from '#core/brand.ts'
import type { Json } from '#core/canonical.ts'
import { digestOf } from '../../record/digest.ts'
import { first, type ReadableDb } from '../../store/db.ts'
import { modelFiles } from '../../store/models.ts'

/** SHA-256 over a registered network and the hashes of its files, as they are in the database now. */
export function modelSeal(db: ReadableDb, id: number): Sha256 {
  const files = modelFiles(db, id).map(file => ({ ...file }))
  return digestOf({ model: rowOf(db, 'model', id), files })
}

/** SHA-256 over a test of a network. */
export function modelTestSeal(db: ReadableDb, id: number): Sha256 {
  return digestOf(rowOf(db, 'modelTest', id))
}

/** SHA-256 over a state that a network was brought into. */
export function modelStateSeal(db: ReadableDb, id: number): Sha256 {
  return digestOf(rowOf(db, 'modelState', id))
}

function rowOf(db: ReadableDb, table: 'model' | 'modelTest' | 'modelState', id: number): Json {
  return first<Json>(db, `SELECT * FROM ${table} WHERE id = ?`, id) ?? null
}
