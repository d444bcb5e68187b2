import { Command, Option } from 'commander'
import { existsSync } from 'node:fs'
import { fail, ok, type Fault, type Result } from '#core/fault.ts'
import { exportCsv } from '#workstation/export/export-csv.ts'
import { exportMasks } from '#workstation/export/export-masks.ts'
import {
  exportedFields,
  plateLabels,
  type ExportedField,
} from '#workstation/export/exported-fields.ts'
import { artifactPath } from '#workstation/record/artifacts.ts'
import { openStoreReader } from '#workstation/store/open-store.ts'
import { listAcquisitions } from '#workstation/store/plates.ts'
import { storeFault } from '#workstation/store/store-fault.ts'
import { EXIT, failWith, faultLine } from '../exit.ts'
import { userPath } from '../paths.ts'

interface ExportOptions {
  readonly to: string
  readonly as: 'csv' | 'masks'
  readonly plate?: string
}

export function exportCommand(): Command {
  return new Command('export')
    .description('Write what a store holds as files that other programs read')
    .argument('<store>', 'store folder')
    .requiredOption('--to <dir>', 'folder to write into')
    .addOption(
      new Option('--as <format>', 'csv: image, object, well and plate tables; masks: label images')
        .choices(['csv', 'masks'])
        .makeOptionMandatory(),
    )
    .option('--plate <name>', 'only this plate')
    .action(async (store: string, options: ExportOptions) => {
      const result = await exportStore(userPath(store), options)
      if (!result.ok) return failWith(result.fault)
      const { written, faults } = result.value
      for (const fault of faults) process.stderr.write(`fault  ${faultLine(fault)}\n`)
      if (faults.length > 0) process.exitCode = EXIT.faults
      process.stderr.write(`Wrote ${written.length} files to ${userPath(options.to)}\n`)
    })
}

interface Exported {
  readonly written: readonly string[]
  readonly faults: readonly Fault[]
}

async function exportStore(
  folder: string,
  { to, as, plate }: ExportOptions,
): Promise<Result<Exported>> {
  const opened = openStoreReader(folder)
  if (!opened.ok) return opened
  const store = opened.value
  try {
    const all = listAcquisitions(store.db)
    const runs = all.filter(run => plate === undefined || run.plate === plate)
    if (plate !== undefined && runs.length === 0) {
      const allowed = [...new Set(all.map(run => run.plate))].join(', ') || 'the store has no plate'
      return fail({ kind: 'bad-option', option: '--plate', value: plate, allowed })
    }
    const labels = plateLabels(all)
    const found = runs.flatMap(run => exportedFields(store.db, run, labels.get(run.plateId)!))
    const { fields, faults } = withoutMissing(folder, found)
    const target = userPath(to)
    const written =
      as === 'csv'
        ? await exportCsv(store, runs, fields, target)
        : await exportMasks(store, fields, target)
    return ok({ written, faults })
  } catch (cause) {
    const fault = storeFault(cause, userPath(to))
    if (fault === null) throw cause
    if (fault.kind !== 'store-not-writable') return fail(fault)
    return fail({ kind: 'output-not-writable', path: fault.path, detail: fault.detail })
  } finally {
    store.close()
  }
}

/** Fields whose artifacts are gone lose their objects and become faults; the rest goes out. */
function withoutMissing(
  store: string,
  all: readonly ExportedField[],
): { readonly fields: readonly ExportedField[]; readonly faults: readonly Fault[] } {
  const faults: Fault[] = []
  const fields = all.map(field => {
    if (field.objects === null) return field
    const paths = [field.objects.labels, field.objects.table].map(({ location }) =>
      artifactPath(store, location),
    )
    const missing = paths.filter(path => !existsSync(path))
    faults.push(...missing.map(path => ({ kind: 'artifact-missing', path }) as const))
    return missing.length === 0 ? field : { ...field, objects: null }
  })
  return { fields, faults }
}
