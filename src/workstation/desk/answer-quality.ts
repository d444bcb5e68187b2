import { setImmediate } from 'node:timers/promises'
import type { ParfocalApi } from '#contract/index.ts'
import type { PlaneId, PlateId } from '#core/brand.ts'
import { fail, ok } from '#core/fault.ts'
import { learnBaseline, type Baseline } from '#core/quality/baseline.ts'
import type { QualityMetrics } from '#core/quality/metrics.ts'
import type { ReadableDb } from '../store/db.ts'
import { standingDecisions } from '../store/decisions.ts'
import { judgedPlanes, planesByState, type JudgedPlaneRow } from '../store/judged-planes.ts'
import { plateIsKnown } from '../store/plates.ts'
import { judgedColumns, metricsIn } from './judged-columns.ts'
import { previewRules, stateCounts } from './preview-rules.ts'
import {
  recipeAnswers,
  recipeVersion,
  type RecipeAnswers,
  type WorkedBy,
  type UseRecipe,
} from './answer-recipes.ts'

export type QualityAnswers = Pick<
  ParfocalApi,
  'quality.planes' | 'quality.rules' | 'quality.preview' | 'quality.learn'
> &
  RecipeAnswers

/** Planes in one reply or one turn of the event loop: some 50 ms of work. */
const PAGE = 4000

/** Answers what the quality dashboard asks. */
export function qualityAnswers(
  workstation: WorkedBy,
  { useRecipe }: { readonly useRecipe: UseRecipe },
): QualityAnswers {
  const { db } = workstation.store

  return {
    ...recipeAnswers(workstation, useRecipe),

    async 'quality.planes'({ plateId, after, metrics }) {
      if (!plateIsKnown(db, plateId)) return fail({ kind: 'plate-not-found', plateId })
      const rows = judgedPlanes(db, plateId, after, PAGE)
      const cursor = rows.at(-1)?.sequence ?? after
      return ok({ cursor, more: rows.length === PAGE, ...judgedColumns(rows, metrics) })
    },

    async 'quality.rules'() {
      const { recipe } = workstation.recorder
      const { quality, channels } = recipe
      return ok({ recipe: recipeVersion(workstation, recipe), quality, channels })
    },

    async 'quality.preview'({ plateId, quality }) {
      if (!plateIsKnown(db, plateId)) return fail({ kind: 'plate-not-found', plateId })
      const before = stateCounts(planesByState(db, plateId))
      const preview = previewRules(before, quality, workstation.recorder.recipe)
      for await (const rows of pagesOf(db, plateId)) preview.judge(rows)
      return ok(preview.finish())
    },

    async 'quality.learn'({ plateId }) {
      if (!plateIsKnown(db, plateId)) return fail({ kind: 'plate-not-found', plateId })
      const words = new Map(
        standingDecisions(db, plateId).map(({ planeId, word }) => [planeId, word]),
      )
      const good = new Map<string, QualityMetrics[]>()
      for await (const rows of pagesOf(db, plateId)) {
        for (const row of rows) {
          const metrics = metricsIn(row)
          if (metrics === null || !isGood(row, words)) continue
          const known = good.get(row.channel)
          if (known === undefined) good.set(row.channel, [metrics])
          else known.push(metrics)
        }
      }
      const baselines: Record<string, Baseline> = {}
      for (const [channel, planes] of good) baselines[channel] = learnBaseline(planes)
      return ok({ baselines })
    },
  }
}

/** Somebody accepted it, or it passes and nobody has said otherwise. */
function isGood({ planeId, state }: JudgedPlaneRow, words: ReadonlyMap<PlaneId, string>): boolean {
  const word = words.get(planeId)
  return word === 'accept' || (state === 'pass' && word === undefined)
}

/** Every judged plane, page by page; other calls have their turn in between. */
async function* pagesOf(
  db: ReadableDb,
  plateId: PlateId,
): AsyncGenerator<readonly JudgedPlaneRow[]> {
  let after = 0
  for (;;) {
    const rows = judgedPlanes(db, plateId, after, PAGE)
    yield rows
    if (rows.length < PAGE) return
    after = rows.at(-1)!.sequence
    await setImmediate()
  }
}
