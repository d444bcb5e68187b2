import { Command } from 'commander'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startPool } from '#workstation/analysis/worker-pool.ts'
import { reproduceStore } from '#workstation/record/reproduce-store.ts'
import { openStoreReader } from '#workstation/store/open-store.ts'
import { EXIT, failWith, printJson } from '../exit.ts'
import { wholeNumber } from '../numbers.ts'
import { userPath } from '../paths.ts'
import { showProgress } from '../progress.ts'

interface ReproduceOptions {
  readonly sample?: number
  readonly json?: true
}

export function reproduceCommand(): Command {
  return new Command('reproduce')
    .description('Do recorded work again from the raw files and compare the results')
    .argument('<store>', 'store folder')
    .option('--sample <n>', 'take only n records, spread over all of them', wholeNumber(1))
    .option('--json', 'print one JSON document')
    .action(async (folder: string, { sample, json }: ReproduceOptions) => {
      const store = openStoreReader(userPath(folder))
      if (!store.ok) return failWith(store.fault)
      // Artifacts that come out again are compared and thrown away.
      const scratch = mkdtempSync(join(tmpdir(), 'parfocal-reproduce-'))
      const pool = startPool()
      const progress = showProgress('Reproducing')
      try {
        const report = await reproduceStore(
          store.value,
          pool,
          scratch,
          sample ?? null,
          (done, of) => progress.update(done, of),
        )
        progress.end()
        if (report.different.length > 0) process.exitCode = EXIT.faults
        if (json === true) return printJson(report)
        const taken = report.superseded === 0 ? '' : `, ${report.superseded} were superseded`
        process.stdout.write(
          `${report.equal} of ${report.records} records came out equal${taken}.\n`,
        )
        for (const { record, field, expected, got, why } of report.different) {
          process.stdout.write(`${record}  ${field}: ${expected} then, ${got} now. ${why}\n`)
        }
      } finally {
        pool.end()
        store.value.close()
        rmSync(scratch, { recursive: true, force: true })
      }
    })
}
