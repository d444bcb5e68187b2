import { Command } from 'commander'
import { measureSpeeds, type Speed } from '#workstation/measure-speeds.ts'
import { printJson } from '../exit.ts'
import { showProgress } from '../progress.ts'

export function benchCommand(): Command {
  return new Command('bench')
    .description('Measure how fast this machine reads, judges, segments and measures')
    .option('--json', 'print one JSON document')
    .action(async ({ json }: { readonly json?: true }) => {
      const progress = showProgress('Measuring')
      const speeds = await measureSpeeds((done, of) => progress.update(done, of))
      progress.end()
      if (json === true) return printJson(speeds)
      for (const speed of speeds) process.stdout.write(`${lineOf(speed)}\n`)
    })
}

function lineOf({ name, seconds, unit, perSecond }: Speed): string {
  const ms = `${(seconds * 1000).toFixed(1)} ms`
  return `${name.padEnd(44)} ${ms.padStart(10)}  ${perSecond.toFixed(1).padStart(8)} ${unit}/s`
}
