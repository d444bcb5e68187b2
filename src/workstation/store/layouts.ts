import type { PlateId } from '#core/brand.ts'
import type { LayoutWell } from '#core/plate/layout.ts'
import { first, write, type ReadableDb, type WritableDb } from './db.ts'

/** Appends a platemap: a corrected one is another after it. */
export function appendLayout(
  db: WritableDb,
  plateId: PlateId,
  wells: readonly LayoutWell[],
  at: string,
): void {
  const text = JSON.stringify(wells)
  write(db, 'INSERT INTO layout (plateId, wells, at) VALUES (?, ?, ?)', plateId, text, at)
}

/** The platemap that counts: the last that was given; empty where none was. */
export function latestLayout(db: ReadableDb, plateId: PlateId): readonly LayoutWell[] {
  const row = first<{ wells: string }>(
    db,
    'SELECT wells FROM layout WHERE plateId = ? ORDER BY id DESC LIMIT 1',
    plateId,
  )
  return row === undefined ? [] : (JSON.parse(row.wells) as LayoutWell[])
}
