import type { AcquisitionId, Sha256 } from '#core/brand.ts'
import { all, first, type ReadableDb } from './db.ts'

/** What one imaging run amounts to under one recipe. */
export interface Tally {
  readonly wells: number
  readonly fields: number
  readonly planes: { readonly arrived: number; readonly unreadable: number }
  readonly verdicts: {
    readonly pass: number
    readonly fail: number
    readonly 'cannot-judge': number
  }
  readonly objects: number
}

/** Counts planes by verdict: arrived = pass + fail + cannot-judge + unreadable, once all are judged. */
export function tally(db: ReadableDb, acquisitionId: AcquisitionId, recipeHash: Sha256): Tally {
  const places = first<{ wells: number; fields: number }>(
    db,
    `SELECT count(DISTINCT well) AS wells, count(*) AS fields FROM field WHERE acquisitionId = ?`,
    acquisitionId,
  )!
  const planes = all<{ verdict: string | null; planes: number }>(
    db,
    `SELECT judged.verdict, count(*) AS planes
     FROM field
     JOIN currentPlane AS plane ON plane.fieldId = field.id
     LEFT JOIN (
       SELECT verdict.planeId, verdict.verdict FROM verdict
       JOIN activity ON activity.id = verdict.activityId AND activity.recipeHash = ?
       GROUP BY verdict.planeId HAVING activity.sequence = max(activity.sequence)
     ) AS judged ON judged.planeId = plane.id
     WHERE field.acquisitionId = ?
     GROUP BY judged.verdict`,
    recipeHash,
    acquisitionId,
  )
  const count = (word: string | null): number =>
    planes.find(({ verdict }) => verdict === word)?.planes ?? 0
  const objects = first<{ objects: number | null }>(
    db,
    `SELECT sum(count) AS objects FROM (
       SELECT objects.count, max(activity.sequence)
       FROM field
       JOIN currentFieldObjects AS objects ON objects.fieldId = field.id
       JOIN activity ON activity.id = objects.activityId AND activity.recipeHash = ?
       WHERE field.acquisitionId = ?
       GROUP BY field.id)`,
    recipeHash,
    acquisitionId,
  )!
  return {
    ...places,
    planes: {
      arrived: planes.reduce((total, row) => total + row.planes, 0),
      unreadable: count(null),
    },
    verdicts: {
      pass: count('pass'),
      fail: count('fail'),
      'cannot-judge': count('cannot-judge'),
    },
    objects: objects.objects ?? 0,
  }
}
