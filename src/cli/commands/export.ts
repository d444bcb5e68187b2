import { Command, Option } from 'commander'
import { fail, ok, type Result } from '#core/fault.ts'
import { exportCsv } from '#workstation/export/export-csv.ts'
import { exportMasks } from '#workstation/export/export-masks.ts'
import { exportedFields } from '#workstation/export/exported-fields.ts'
import { openStoreReader } from '#workstation/store/open-store.ts'
import { listAcquisitions } from '#workstation/store/plates.ts'
import { storeFault } from '#workstation/store/store-fault.ts'
import { failWith } from '../exit.ts'
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
      process.stderr.write(`Wrote ${result.value.length} files to ${userPath(options.to)}\n`)
    })
}

async function exportStore(
  folder: string,
  { to, as, plate }: ExportOptions,
): Promise<Result<readonly string[]>> {
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
    const fields = runs.flatMap(run => exportedFields(store.db, run))
    const target = userPath(to)
    return ok(
      as === 'csv'
        ? await exportCsv(store, runs, fields, target)
        : await exportMasks(store, fields, target),
    )
  } catch (cause) {
    const fault = storeFault(cause, userPath(to))
    if (fault === null) throw cause
    if (fault.kind !== 'store-not-writable') return fail(fault)
    return fail({ kind: 'output-not-writable', path: fault.path, detail: fault.detail })
  } finally {
    store.close()
  }
}
