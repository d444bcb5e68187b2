import { PLANE_STATES, type PlaneState, type StateCounts } from '#contract/plates.ts'
import type { Preview } from '#contract/quality.ts'
import type { QualitySettings } from '#core/quality/rules.ts'
import type { Recipe } from '#core/recipe.ts'
import { judgeMetrics } from '../analysis/judge-metrics.ts'
import { pixelVersion } from '../pixels/pixel-version.ts'
import type { JudgedPlaneRow } from '../store/judged-planes.ts'
import { metricsIn } from './judged-columns.ts'

type Change = Preview['changes'][number]

/** As many changes as the window is shown. */
const MOST_CHANGES = 500

/** What rules make of planes by what was measured on them; the pixels are not looked at again. */
export interface RulesPreview {
  judge(rows: readonly JudgedPlaneRow[]): void
  finish(): Preview
}

export function previewRules(
  before: StateCounts,
  quality: QualitySettings,
  { channels }: Pick<Recipe, 'channels'>,
): RulesPreview {
  const after = { ...before }
  const changes: Change[] = []
  let changed = 0

  function judgeRow(row: JudgedPlaneRow): void {
    const metrics = metricsIn(row)
    if (metrics === null) return
    const { channel, state: from } = row
    const { verdict: to, reasons } = judgeMetrics(metrics, channel, { channels, quality })
    if (to === from) return
    after[from] -= 1
    after[to] += 1
    changed += 1
    if (changes.length < MOST_CHANGES)
      changes.push({ ...placeIn(row), from, to, reasons: [...reasons] })
  }

  return {
    judge: rows => rows.forEach(judgeRow),
    finish: () => ({ before, after, changed, changes }),
  }
}

export function stateCounts(
  rows: readonly { readonly state: PlaneState; readonly planes: number }[],
): StateCounts {
  const counts = Object.fromEntries(PLANE_STATES.map(state => [state, 0])) as StateCounts
  for (const { state, planes } of rows) counts[state] += planes
  return counts
}

function placeIn(row: JudgedPlaneRow): Omit<Change, 'from' | 'to' | 'reasons'> {
  const { planeId, fieldId, well, site, channel } = row
  return { planeId, version: pixelVersion(row), fieldId, well, site, channel }
}
