import { Command } from 'commander'
import { runFolder, type PlateReport, type RunReport } from '#workstation/run-folder.ts'
import { openWorkstation } from '#workstation/workstation.ts'
import { EXIT, failWith, faultJson, faultLine, printJson } from '../exit.ts'
import { NAMING_HELP, namingFrom } from '../naming-option.ts'
import { missingLines } from '../hole-lines.ts'
import { userPath } from '../paths.ts'
import { plateLine } from '../plate-line.ts'
import { createPlateNames } from '../plate-names.ts'
import { showProgress } from '../progress.ts'
import { recipeFrom } from '../recipe-option.ts'
import { storeFrom } from '../store-option.ts'
import { nothingUsed, unmatchedLines } from '../unmatched-lines.ts'

interface RunCommandOptions {
  readonly store?: string
  readonly recipe?: string
  readonly naming?: string
  readonly qualityOnly?: true
  readonly json?: true
}

export function runCommand(): Command {
  return new Command('run')
    .description('Process everything in a folder once: judge, analyse, measure, record')
    .argument('<folder>', 'what the microscope wrote')
    .option('--store <dir>', 'where results are kept (default: in your data folder)')
    .option('--recipe <name|file>', 'recipe to follow (default: nuclei-fluorescence)')
    .option('--naming <name|pattern|csv>', NAMING_HELP)
    .option('--quality-only', 'verdicts only, no objects')
    .option('--json', 'print one JSON document')
    .action(run)
}

async function run(folder: string, options: RunCommandOptions): Promise<void> {
  const recipe = recipeFrom(options.recipe)
  if (!recipe.ok) return failWith(recipe.fault)
  const naming = namingFrom(options.naming)
  if (!naming.ok) return failWith(naming.fault)
  const storeFolder = storeFrom(options.store, [folder])
  if (!storeFolder.ok) return failWith(storeFolder.fault)
  const opened = openWorkstation({ storeFolder: storeFolder.value, recipe: recipe.value })
  if (!opened.ok) return failWith(opened.fault)
  const workstation = opened.value
  const progress = showProgress('Planes')
  try {
    const result = await runFolder(workstation, userPath(folder), {
      naming: naming.value,
      qualityOnly: options.qualityOnly === true,
      onProgress: (done, of) => progress.update(done, of),
    })
    progress.end()
    if (!result.ok) return failWith(result.fault)
    const { faults } = result.value
    if (faults.length > 0 || unusedText(result.value) !== null) process.exitCode = EXIT.faults
    if (options.json === true) printJson({ ...result.value, faults: faults.map(faultJson) })
    else printReport(result.value)
  } finally {
    workstation.close()
  }
}

function printReport(report: RunReport): void {
  const { store, plates, missing, unmatched, copies, faults } = report
  const unused = unusedText(report)
  const { note, nameOf: named } = createPlateNames()
  for (const { name, folder } of plates) note(name, folder)
  const lines = [
    ...plates.map(plate =>
      plateLine({ ...plate, name: named(plate.name, plate.folder) }, promisedHere(report, plate)),
    ),
    ...(plates.length > 0 || copies.length > 0 ? [] : ['No plate was found.']),
    ...(unused === null ? [] : [unused]),
    ...some(missingLines(missing.map(one => ({ ...one, plate: named(one.plate, one.folder) })))),
    ...unmatchedLines(unmatched),
    ...some(copies.map(({ path, of }) => `copy  ${path} of ${of}`)),
    ...faults.map(fault => `fault  ${faultLine(fault)}`),
    `Store: ${store}`,
  ]
  process.stdout.write(`${lines.join('\n')}\n`)
}

/** Null where nothing is promised, or where plates of one name lie in several folders. */
function promisedHere(
  { plates, missing }: RunReport,
  { name, planes }: PlateReport,
): number | null {
  const namesakes = plates.filter(plate => plate.name === name)
  if (planes.expected === null || namesakes.length > 1) return null
  return planes.expected - missing.filter(({ plate }) => plate === name).length
}

/** Null where an image was used, now or as a copy. */
function unusedText({ plates, copies, unmatched }: RunReport): string | null {
  const used = plates.reduce((sum, { planes }) => sum + planes.arrived, copies.length)
  return nothingUsed(used, unmatched)
}

/** As many lines as a person reads; `--json` has them all. */
function some(lines: readonly string[]): readonly string[] {
  const most = 20
  if (lines.length <= most) return lines
  return [...lines.slice(0, most), `… and ${lines.length - most} more`]
}
