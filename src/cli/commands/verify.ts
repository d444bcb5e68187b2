import { Command } from 'commander'
import { verifyStore } from '#workstation/record/verify-store.ts'
import { openStoreReader } from '#workstation/store/open-store.ts'
import { EXIT, failWith, printJson } from '../exit.ts'
import { userPath } from '../paths.ts'
import { showProgress } from '../progress.ts'

export function verifyCommand(): Command {
  return new Command('verify')
    .description(
      'Check the audit chain, the database, artifacts and raw files against their hashes',
    )
    .argument('<store>', 'store folder')
    .option('--json', 'print one JSON document')
    .action(async (folder: string, { json }: { readonly json?: true }) => {
      const store = openStoreReader(userPath(folder))
      if (!store.ok) return failWith(store.fault)
      const progress = showProgress('Verifying')
      const report = await verifyStore(store.value, (done, of) => progress.update(done, of))
      progress.end()
      store.value.close()
      if (!report.ok) process.exitCode = EXIT.faults
      if (json === true) return printJson(report)
      const { audit, records, decisions, models, artifacts, files } = report.checked
      process.stdout.write(
        `${report.ok ? 'All is as it was recorded' : `${report.problems.length} problems`}: ` +
          `${audit} audit rows, ${records} records, ${decisions} decisions, ${models} model rows, ` +
          `${artifacts} artifacts, ${files} raw files checked.\n`,
      )
      for (const { kind, where, message } of report.problems) {
        process.stdout.write(`${kind}  ${where}: ${message}\n`)
      }
    })
}
