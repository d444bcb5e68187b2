#!/usr/bin/env node
import { enableCompileCache } from 'node:module'
import { Command, CommanderError } from 'commander'
import { applicationVersion } from '#workstation/application.ts'
import { EXIT } from './exit.ts'

/** Each command is a file; only the one that is asked for is loaded. */
const COMMANDS = {
  start: async () => (await import('./commands/start.ts')).startCommand(),
  run: async () => (await import('./commands/run.ts')).runCommand(),
  watch: async () => (await import('./commands/watch.ts')).watchCommand(),
  identify: async () => (await import('./commands/identify.ts')).identifyCommand(),
  quality: async () => (await import('./commands/quality.ts')).qualityCommand(),
  simulate: async () => (await import('./commands/simulate.ts')).simulateCommand(),
  models: async () => (await import('./commands/models.ts')).modelsCommand(),
  export: async () => (await import('./commands/export.ts')).exportCommand(),
  evaluate: async () => (await import('./commands/evaluate.ts')).evaluateCommand(),
  verify: async () => (await import('./commands/verify.ts')).verifyCommand(),
  reproduce: async () => (await import('./commands/reproduce.ts')).reproduceCommand(),
  doctor: async () => (await import('./commands/doctor.ts')).doctorCommand(),
  bench: async () => (await import('./commands/bench.ts')).benchCommand(),
} satisfies Record<string, () => Promise<Command>>

// A share that does not answer holds a thread for each file that it was asked about; other folders need theirs.
process.env['UV_THREADPOOL_SIZE'] ??= '48'
enableCompileCache()
// Whoever reads no further, as "head" does, has what they wanted.
process.stdout.on('error', (cause: NodeJS.ErrnoException) => {
  if (cause.code !== 'EPIPE') throw cause
  process.exit()
})
await main(process.argv)

async function main(argv: readonly string[]): Promise<void> {
  const program = new Command('parfocal')
    .description('Judges, measures and records every image that a microscope writes.')
    .version(applicationVersion())
    .showHelpAfterError('(add --help for what is allowed)')
  const asked = Object.entries(COMMANDS).filter(([name]) => name === argv[2])
  const needed = asked.length > 0 ? asked : Object.entries(COMMANDS)
  for (const [, load] of needed) program.addCommand(await load())
  for (const command of [program, ...program.commands]) command.exitOverride()
  try {
    await program.parseAsync(argv)
  } catch (cause) {
    if (cause instanceof CommanderError) {
      process.exitCode = cause.exitCode === 0 ? EXIT.done : EXIT.failed
      return
    }
    // Commands end in faults; whatever is thrown is a mistake of ours.
    const trace = cause instanceof Error ? cause.stack : String(cause)
    process.stderr.write(`parfocal: this is a mistake in Parfocal, please report it.\n${trace}\n`)
    process.exitCode = EXIT.failed
  }
}
