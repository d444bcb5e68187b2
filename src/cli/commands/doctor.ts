import { Command } from 'commander'
import { examine, type Examination } from '#workstation/doctor/examine.ts'
import type { ProviderReport } from '#workstation/inference/providers.ts'
import { EXIT, failWith, printJson } from '../exit.ts'
import { ownStore } from '../store-option.ts'

export function doctorCommand(): Command {
  return new Command('doctor')
    .description('Check versions, disk and numbers on this machine, and say what is missing')
    .option('--json', 'print one JSON document')
    .action(async ({ json }: { readonly json?: true }) => {
      const examined = await examine(ownStore())
      if (!examined.ok) return failWith(examined.fault)
      const examination = examined.value
      if (!examination.ok) process.exitCode = EXIT.faults
      if (json === true) return printJson(examination)
      process.stdout.write(tableOf(examination))
    })
}

function tableOf(examination: Examination): string {
  const { versions, machine, store, providers, selfTests, problems, missing } = examination
  const rows: readonly (readonly [name: string, value: string])[] = [
    ['Parfocal', versions.parfocal],
    ['Node', versions.node],
    ...(versions.electron === null ? [] : ([['Electron', versions.electron]] as const)),
    ['SQLite', versions.sqlite],
    ['Networks', `ONNX Runtime ${versions.onnxRuntime}`],
    ['System', `${machine.platform} ${machine.release}, ${machine.architecture}`],
    ['Processor', `${machine.processor}, ${machine.cores} cores`],
    ['Memory', `${gigabytes(machine.memoryBytes)}, ${gigabytes(machine.freeMemoryBytes)} free`],
    ['Store', `${store.folder}${store.exists ? '' : ' (not made yet)'}`],
    ['Disk', `${gigabytes(store.freeBytes)} free`],
    ...providers.map(report => ['Provider', providerText(report)] as const),
    ...selfTests.map(
      ({ name, ok }) => [`Self-test`, `${ok ? 'passed' : 'FAILED'}  ${name}`] as const,
    ),
    ...missing.map(({ what, how }) => ['Missing', `${what}. ${how}`] as const),
    ...problems.map(problem => ['Problem', problem] as const),
  ]
  const lines = rows.map(([name, value]) => `${name.padEnd(10)}  ${value}`)
  const verdict = problems.length === 0 ? 'All is well.' : `Problems: ${problems.length}`
  return `${[...lines, '', verdict].join('\n')}\n`
}

function providerText({ provider, whyNot, device }: ProviderReport): string {
  const name = provider.padEnd(8)
  if (whyNot !== null) return `${name}not here: ${whyNot.what}. ${whyNot.how}`
  if (device === null) return `${name}works`
  const driver = device.driver === null ? '' : `, driver ${device.driver}`
  return `${name}works on ${device.name}${driver}`
}

function gigabytes(bytes: number): string {
  return `${(bytes / 1e9).toFixed(1)} GB`
}
