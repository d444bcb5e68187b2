import { Command } from 'commander'
import { existsSync, statSync } from 'node:fs'
import { fail, ok, type Fault, type Result } from '#core/fault.ts'
import { METRIC_NAMES, type QualityMetrics } from '#core/quality/metrics.ts'
import { NUCLEI_FLUORESCENCE } from '#core/recipe.ts'
import { startPool } from '#workstation/analysis/worker-pool.ts'
import { writeCsv } from '#workstation/export/write-csv.ts'
import { surveyFile, surveyFolder, type Survey } from '#workstation/intake/survey-folder.ts'
import { judgeFiles, type JudgedPlane } from '#workstation/judge-files.ts'
import { EXIT, failWith, faultJson, faultLine, printJson } from '../exit.ts'
import { NAMING_HELP, namingFrom } from '../naming-option.ts'
import { userPath } from '../paths.ts'
import { showProgress } from '../progress.ts'

interface QualityOptions {
  readonly naming?: string
  readonly csv?: string
  readonly json?: true
}

/** A plane as the CSV and the JSON show it; `path` begins as the user typed it. */
interface PlaneRow {
  readonly path: string
  readonly plate: string
  readonly well: string | null
  readonly field: string | null
  readonly channel: string
  readonly z: number
  readonly t: number
  readonly width: number
  readonly height: number
  readonly bits: number
  readonly verdict: string
  readonly reasons: readonly string[]
  readonly metrics: QualityMetrics
}

const PLACE_COLUMNS = [
  'path',
  'plate',
  'well',
  'field',
  'channel',
  'z',
  't',
  'width',
  'height',
  'bits',
  'verdict',
  'reasons',
] as const

export function qualityCommand(): Command {
  return new Command('quality')
    .description('Measure and judge each plane of the files and folders named')
    .argument('<path...>', 'image files and folders')
    .option('--naming <name|pattern|csv>', NAMING_HELP)
    .option('--csv <file>', 'write a row a plane')
    .option('--json', 'print one JSON document')
    .action(judge)
}

async function judge(paths: readonly string[], options: QualityOptions): Promise<void> {
  const { csv, json } = options
  const chosen = namingFrom(options.naming)
  if (!chosen.ok) return failWith(chosen.fault)
  const naming = chosen.value ?? 'auto'
  const missing = paths.map(userPath).find(path => !existsSync(path))
  if (missing !== undefined) return failWith({ kind: 'file-not-found', path: missing })
  const planes: PlaneRow[] = []
  const faults: Fault[] = []
  const pool = startPool()
  const progress = showProgress('Planes')
  try {
    for (const typed of paths) {
      const { survey, prefix } = await surveyTyped(typed)
      const judged = await judgeFiles(
        pool,
        survey,
        { naming, recipe: NUCLEI_FLUORESCENCE },
        progress.update,
      )
      if (!judged.ok) return failWith(judged.fault)
      planes.push(...judged.value.planes.map(plane => rowOf(plane, prefix)))
      faults.push(...judged.value.faults)
    }
  } finally {
    progress.end()
    pool.end()
  }
  if (csv !== undefined) {
    const written = await writePlanes(userPath(csv), planes)
    if (!written.ok) return failWith(written.fault)
  }
  if (faults.length > 0) process.exitCode = EXIT.faults
  if (json === true) return printJson({ planes, faults: faults.map(faultJson) })
  if (csv === undefined) for (const plane of planes) process.stdout.write(`${lineOf(plane)}\n`)
  for (const fault of faults) process.stderr.write(`fault  ${faultLine(fault)}\n`)
}

/** What is at a path, and what goes before its files' names to give the path as it was typed. */
async function surveyTyped(typed: string): Promise<{ survey: Survey; prefix: string }> {
  const path = userPath(typed)
  if (statSync(path).isDirectory()) {
    const prefix = /[\\/]$/.test(typed) ? typed : `${typed}/`
    return { survey: await surveyFolder(path), prefix }
  }
  const slash = Math.max(typed.lastIndexOf('/'), typed.lastIndexOf('\\'))
  return { survey: await surveyFile(path), prefix: typed.slice(0, slash + 1) }
}

function rowOf({ file, plate, field, judgement }: JudgedPlane, prefix: string): PlaneRow {
  const { well, channel, z, t } = file
  const { image, verdict, reasons, metrics } = judgement
  return {
    path: `${prefix}${file.path}`,
    plate,
    well,
    field,
    channel,
    z,
    t,
    ...image,
    verdict,
    reasons,
    metrics,
  }
}

async function writePlanes(path: string, planes: readonly PlaneRow[]): Promise<Result<void>> {
  const rows = planes.map(({ reasons, metrics, ...place }) => ({
    ...place,
    reasons: reasons.join(';'),
    ...metrics,
  }))
  try {
    return ok(await writeCsv(path, [...PLACE_COLUMNS, ...METRIC_NAMES], rows))
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message : String(cause)
    return fail({ kind: 'output-not-writable', path, detail })
  }
}

function lineOf({ path, verdict, reasons }: PlaneRow): string {
  return `${verdict.padEnd(12)} ${path}${reasons.length === 0 ? '' : `  (${reasons.join(', ')})`}`
}
