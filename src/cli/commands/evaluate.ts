import { Command } from 'commander'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fail, ok, type Fault, type Result } from '#core/fault.ts'
import type { Labels } from '#core/image/labels.ts'
import { evaluateLabels, poolEvaluations, type Evaluation } from '#core/review/evaluate.ts'
import { readLabels } from '#workstation/reading/read-labels.ts'
import { EXIT, failWith, faultJson, faultLine, printJson } from '../exit.ts'
import { userPath } from '../paths.ts'
import { showProgress } from '../progress.ts'

interface EvaluateOptions {
  readonly predicted: string
  readonly truth: string
  readonly json?: true
}

interface Report {
  readonly images: number
  /** True label images that have no prediction; all their objects count as missed. */
  readonly missing: number
  readonly missingNames: readonly string[]
  readonly thresholds: Evaluation['thresholds']
  readonly perImage: readonly ({ readonly name: string } & Evaluation)[]
  readonly faults: readonly Fault[]
}

const PREDICTION_ENDING = '.labels.tif'
const TRUTH_ENDING = /(?:\.labels)?\.(?:png|tiff?)$/i

export function evaluateCommand(): Command {
  return new Command('evaluate')
    .description('Compare label images with the truth: precision, recall, F1, IoU')
    .requiredOption('--predicted <dir>', `label images, <name>${PREDICTION_ENDING}`)
    .requiredOption('--truth <dir>', 'true label images, <name>.png or <name>.tif')
    .option('--json', 'print one JSON document')
    .action(async ({ predicted, truth, json }: EvaluateOptions) => {
      const result = await evaluateFolders(userPath(predicted), userPath(truth))
      if (!result.ok) return failWith(result.fault)
      const report = result.value
      if (report.faults.length > 0) process.exitCode = EXIT.faults
      if (json === true) return printJson({ ...report, faults: report.faults.map(faultJson) })
      printTable(report)
    })
}

async function evaluateFolders(predicted: string, truth: string): Promise<Result<Report>> {
  const truths = namesIn(truth)
  if (!truths.ok) return truths
  const predictions = namesIn(predicted)
  if (!predictions.ok) return predictions
  const known = new Set(predictions.value)
  const missingNames: string[] = []
  const faults: Fault[] = []
  const perImage: ({ name: string } & Evaluation)[] = []
  const progress = showProgress('Evaluating')
  const files = truths.value.filter(file => TRUTH_ENDING.test(file))
  if (files.length === 0) {
    const allowed = 'a folder with label images, <name>.png or <name>.tif'
    return fail({ kind: 'bad-option', option: '--truth', value: truth, allowed })
  }
  for (const [i, file] of files.entries()) {
    const name = file.replace(TRUTH_ENDING, '')
    const prediction = `${name}${PREDICTION_ENDING}`
    const scored = await evaluateOne(
      join(truth, file),
      known.has(prediction) ? join(predicted, prediction) : null,
    )
    if (!known.has(prediction)) missingNames.push(name)
    if (scored.ok) perImage.push({ name, ...scored.value })
    else faults.push(scored.fault)
    progress.update(i + 1, files.length)
  }
  progress.end()
  const { thresholds } = perImage.length === 0 ? { thresholds: {} } : poolEvaluations(perImage)
  const images = perImage.length
  return ok({ images, missing: missingNames.length, missingNames, thresholds, perImage, faults })
}

async function evaluateOne(truth: string, prediction: string | null): Promise<Result<Evaluation>> {
  const expected = await readLabels(truth)
  if (!expected.ok) return expected
  const found = prediction === null ? ok(noObjects(expected.value)) : await readLabels(prediction)
  if (!found.ok) return found
  const { width, height } = found.value
  if (width !== expected.value.width || height !== expected.value.height) {
    const detail = `${width}×${height}, truth ${expected.value.width}×${expected.value.height}`
    return fail({ kind: 'size-mismatch', path: prediction ?? truth, detail })
  }
  return ok(evaluateLabels(found.value, expected.value))
}

function noObjects({ width, height }: Labels): Labels {
  return { width, height, count: 0, pixels: new Uint32Array(width * height) }
}

function namesIn(folder: string): Result<readonly string[]> {
  try {
    return ok(readdirSync(folder).sort())
  } catch {
    return fail({ kind: 'folder-not-found', path: folder })
  }
}

function printTable({ images, missing, missingNames, thresholds, faults }: Report): void {
  const write = (line: string): boolean => process.stdout.write(`${line}\n`)
  write(
    `${images} images, ${missing} without a prediction${missing > 0 ? `: ${missingNames.join(', ')}` : ''}`,
  )
  write('IoU ≥  precision  recall     F1  matched IoU')
  for (const [threshold, { precision, recall, f1, matchedIou }] of Object.entries(thresholds)) {
    const cells = [
      precision.toFixed(3).padStart(9),
      recall.toFixed(3).padStart(7),
      f1.toFixed(3).padStart(6),
    ]
    write(`${threshold.padEnd(5)}  ${cells.join(' ')}  ${matchedIou.toFixed(3).padStart(11)}`)
  }
  for (const fault of faults) write(faultLine(fault))
}
