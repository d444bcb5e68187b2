import { readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { segmentNuclei } from '#core/derive/nuclei.ts'
import type { Labels } from '#core/image/labels.ts'
import { evaluateLabels, poolEvaluations, type Evaluation } from '#core/review/evaluate.ts'
import { readLabels } from '#workstation/reading/read-labels.ts'
import { describeReal, realPath } from '../support/real-data.ts'
import { realPlane } from '../support/real-plane.ts'

const THRESHOLDS = [0.5, 0.7] as const

async function realLabels(path: string): Promise<Labels> {
  const labels = await readLabels(realPath(path))
  if (!labels.ok) throw new Error(`${path}: ${labels.fault.kind}`)
  return labels.value
}

async function evaluateGroup(group: string): Promise<readonly Evaluation[]> {
  const evaluations: Evaluation[] = []
  for (const name of readdirSync(realPath('nuclei', group, 'images'))) {
    const plane = await realPlane(`nuclei/${group}/images/${name}`)
    const truth = await realLabels(`nuclei/${group}/labels/${name}`)
    const { labels } = segmentNuclei.run(plane, segmentNuclei.defaults)
    evaluations.push(evaluateLabels(labels, truth, THRESHOLDS))
  }
  return evaluations
}

function describePooled(name: string, evaluations: readonly Evaluation[]): string {
  const { thresholds } = poolEvaluations(evaluations, THRESHOLDS)
  const scores = THRESHOLDS.map(threshold => {
    const { f1, precision, recall } = thresholds[threshold]!
    const figures = [f1, precision, recall].map(figure => figure.toFixed(3)).join(' ')
    return `IoU ${threshold}: F1, precision, recall ${figures}`
  })
  return [name.padEnd(16), `${evaluations.length} images`.padStart(11), ...scores].join('  ')
}

describeReal('nuclei of BBBC038, every fluorescence group, one recipe', () => {
  test('are found with the pooled F1 that we claim', { timeout: 600_000 }, async () => {
    const groups = readdirSync(realPath('nuclei')).filter(name => name.startsWith('fluo_'))
    const all: Evaluation[] = []
    for (const group of groups) {
      const evaluations = await evaluateGroup(group)
      console.log(describePooled(group, evaluations))
      all.push(...evaluations)
    }
    console.log(describePooled('all', all))
    const { thresholds } = poolEvaluations(all, THRESHOLDS)
    // Reached: 0.888 and 0.785; a margin for changes that are neither better nor worse.
    expect(thresholds['0.5']!.f1).toBeGreaterThan(0.88)
    expect(thresholds['0.7']!.f1).toBeGreaterThan(0.775)
  })
})
