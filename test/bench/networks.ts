// How well networks find nuclei, and what their uncertainty is worth: on experiments that they were not trained on,
// this is `node test/bench/networks.ts PACKAGES IMAGES LABELS [--members N] [--dihedral] [--every N] [--rows FILE]`.
// PACKAGES holds `<id>/<version>/rdf.yaml` of each member.
import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Labels } from '#core/image/labels.ts'
import { resizeTensor } from '#core/infer/augment.ts'
import { foregroundOf } from '#core/infer/decode-objects.ts'
import { Inference } from '#core/infer/inference-params.ts'
import { predictField, type PredictedField } from '#core/infer/predict-field.ts'
import {
  expectedCalibrationError,
  reliabilityDiagram,
  type ReliabilityBin,
} from '#core/infer/reliability.ts'
import { matchObjects } from '#core/review/match-objects.ts'
import { overlapsOf } from '#core/review/overlaps.ts'
import { evaluateLabels, poolEvaluations, type Evaluation } from '#core/review/evaluate.ts'
import type { NetworkFile } from '#workstation/analysis/job.ts'
import { readLabels } from '#workstation/reading/read-labels.ts'
import { toPlane } from '#workstation/reading/to-plane.ts'
import { firstPage } from '../support/first-page.ts'
import { networkIn, openNetworks } from '../support/shipped-networks.ts'
import { valueOf } from '../support/value-of.ts'

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    members: { type: 'string', default: '3' },
    dihedral: { type: 'boolean', default: false },
    dropout: { type: 'string', default: '0' },
    every: { type: 'string', default: '1' },
    rows: { type: 'string' },
  },
})
const [packages, images, labels] = positionals
if (packages === undefined || images === undefined || labels === undefined) {
  throw new Error('Three folders are needed: packages, images, labels')
}

const THRESHOLDS = [0.5, 0.7] as const
const files = await membersIn(packages, Number(values.members))
const opened = await openNetworks(files)
const params = Inference.parse({
  models: files.map(({ reference }) => reference),
  augment: { dihedral: values.dihedral ? 8 : 1 },
  dropout: { passes: Number(values.dropout) },
})

/** Confidences with what came of them, thinned so that all fields weigh about alike. */
const pixels = { confidence: [] as number[], correct: [] as number[] }
const objects = { confidence: [] as number[], correct: [] as number[] }
const PIXELS_A_FIELD = 5000

interface Row {
  readonly name: string
  readonly evaluation: Evaluation
  readonly predicted: Pick<PredictedField, 'uncertainty' | 'components' | 'novelty' | 'factor'>
}

const rows: Row[] = []
let seconds = 0
for (const name of readdirSync(images).filter((_, i) => i % Number(values.every) === 0)) {
  const plane = toPlane(await firstPage(join(images, name)))
  const truth = valueOf(await readLabels(join(labels, name)))
  const startedAt = performance.now()
  const field = { planes: [plane], pixelSize: null, ...opened, seed: 0 }
  const predicted = await predictField.run(field, params)
  const { labels: found, uncertainty, components, novelty, factor } = predicted
  seconds += (performance.now() - startedAt) / 1000
  const evaluation = evaluateLabels(found, truth, THRESHOLDS)
  notePixels(predicted, truth)
  noteObjects(predicted, truth)
  rows.push({ name, evaluation, predicted: { uncertainty, components, novelty, factor } })
}
report(rows)
if (values.rows !== undefined) writeFileSync(values.rows, JSON.stringify(rows))

function report(all: readonly Row[]): void {
  const pooled = poolEvaluations(
    all.map(({ evaluation }) => evaluation),
    THRESHOLDS,
  ).thresholds
  const f1 = THRESHOLDS.map(threshold => pooled[threshold]!.f1.toFixed(3)).join(' ')
  const quality = all.map(({ evaluation }) => evaluation.thresholds['0.7']!.f1)
  const doubt = all.map(({ predicted }) => predicted.uncertainty)
  const parts = Object.keys(all[0]!.predicted.components).map(name => {
    const values = all.map(({ predicted }) => Reflect.get(predicted.components, name) as number)
    return `${name} ${spearman(values, quality).toFixed(2)}`
  })
  const sure = all.toSorted((a, b) => a.predicted.uncertainty - b.predicted.uncertainty)
  const kept = sure.slice(0, Math.round(0.8 * sure.length))
  const line = [
    `${all.length} fields, ${files.length} members`,
    `F1 at IoU 0.5 and 0.7: ${f1}`,
    `Spearman with F1 at 0.7: ${spearman(doubt, quality).toFixed(3)} (${parts.join(', ')})`,
    `errors a true object: ${errorRate(all).toFixed(3)}, without the most uncertain fifth ${errorRate(kept).toFixed(3)}`,
    `ECE of pixels ${errorOf(pixels)}, of objects at IoU 0.5 ${errorOf(objects)}`,
    `${(seconds / all.length).toFixed(3)} s a field`,
    ...reliabilityDiagram(objects.confidence, objects.correct, 10).flatMap(binLine),
  ]
  process.stdout.write(`${line.join('\n')}\n`)
}

/** How probable the foreground was at some pixels of the field, and whether it was there. */
function notePixels({ prediction }: PredictedField, truth: Labels): void {
  const { width, height } = prediction
  const map = { data: foregroundOf(prediction), dims: [1, 1, height, width] }
  const { data } = resizeTensor(map, truth)
  const step = Math.max(1, Math.floor(data.length / PIXELS_A_FIELD))
  for (let i = 0; i < data.length; i += step) {
    pixels.confidence.push(Math.min(1, Math.max(0, data[i]!)))
    pixels.correct.push(truth.pixels[i] === 0 ? 0 : 1)
  }
}

/** How sure it was of each object, and whether there is one with half of it in common. */
function noteObjects({ labels: found, columns }: PredictedField, truth: Labels): void {
  const doubts = columns.find(({ name }) => name === 'Prediction_Uncertainty')!.values
  const pairs = matchObjects(overlapsOf(found, truth), 0.5)
  const matched = new Set(pairs.map(({ predicted }) => predicted))
  doubts.forEach((doubt, i) => {
    objects.confidence.push(1 - doubt)
    objects.correct.push(matched.has(i + 1) ? 1 : 0)
  })
}

function errorOf({ confidence, correct }: typeof pixels): string {
  return expectedCalibrationError(confidence, correct).toFixed(3)
}

function binLine({ low, high, count, confidence, accuracy }: ReliabilityBin): readonly string[] {
  if (confidence === null || accuracy === null) return []
  const range = `${low.toFixed(1)}…${high.toFixed(1)}`
  return [
    `  objects ${range}: ${count}, sure ${confidence.toFixed(3)}, right ${accuracy.toFixed(3)}`,
  ]
}

/** Missed and invented objects at IoU 0.5, for each true one. */
function errorRate(all: readonly Row[]): number {
  const { truth, predicted, f1 } = poolEvaluations(
    all.map(({ evaluation }) => evaluation),
    THRESHOLDS,
  ).thresholds['0.5']!
  const matched = (f1 * (truth + predicted)) / 2
  return (truth + predicted - 2 * matched) / truth
}

function spearman(a: readonly number[], b: readonly number[]): number {
  const x = ranksOf(a)
  const y = ranksOf(b)
  const mean = (a.length - 1) / 2
  const product = (p: readonly number[], q: readonly number[]): number =>
    p.reduce((sum, value, i) => sum + (value - mean) * (q[i]! - mean), 0)
  return product(x, y) / Math.sqrt(product(x, x) * product(y, y))
}

/** Places in rising order from 0; equals share their mean place. */
function ranksOf(values: readonly number[]): readonly number[] {
  return values.map(value => {
    const below = values.filter(other => other < value).length
    const equal = values.filter(other => other === value).length
    return below + (equal - 1) / 2
  })
}

function membersIn(folder: string, count: number): Promise<readonly NetworkFile[]> {
  const ids = readdirSync(folder).filter(id => id.startsWith('nuclei-'))
  const paths = ids
    .sort()
    .slice(0, count)
    .map(id => join(folder, id, readdirSync(join(folder, id))[0]!))
  return Promise.all(paths.map(networkIn))
}
