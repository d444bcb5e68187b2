import { Command, InvalidArgumentError, Option } from 'commander'
import { ok } from '#core/fault.ts'
import type { StartOptions } from '#workstation/desk/start-options.ts'
import { builtWindow, electronRuntime } from '../built-window.ts'
import { chooseHost, HOSTS, type AskedHost } from '../choose-host.ts'
import { EXIT, failWith } from '../exit.ts'
import { foldersToWatch } from '../folders-to-watch.ts'
import { wholeNumber } from '../numbers.ts'
import { recipeFrom } from '../recipe-option.ts'
import { startElectron } from '../start-electron.ts'
import { storeFrom } from '../store-option.ts'

interface StartCommandOptions {
  readonly host: AskedHost
  readonly port: number
  readonly store?: string
  readonly recipe?: string
  readonly open: boolean
}

export function startCommand(): Command {
  return new Command('start')
    .description(
      'Open the workstation on folders; with none, on those it remembers, or a simulated plate',
    )
    .argument('[folder...]', 'folders that microscopes write to')
    .addOption(new Option('--host <host>', 'where the window opens').choices(HOSTS).default('auto'))
    .option('--port <n>', 'port for a browser, 0 for any that is free', portNumber, 0)
    .option('--store <dir>', 'where results are kept (default: in your data folder)')
    .option('--recipe <name|file>', 'recipe to follow (default: the one in use)')
    .option('--no-open', 'print the address for a browser and open none')
    .action(start)
}

async function start(folders: readonly string[], options: StartCommandOptions): Promise<void> {
  const recipe = options.recipe === undefined ? ok(null) : recipeFrom(options.recipe)
  if (!recipe.ok) return failWith(recipe.fault)
  const storeFolder = storeFrom(options.store, folders)
  if (!storeFolder.ok) return failWith(storeFolder.fault)
  const watched = foldersToWatch(folders)
  if (!watched.ok) return failWith(watched.fault)
  const start: StartOptions = {
    storeFolder: storeFolder.value,
    folders: watched.value,
    simulate: folders.length === 0,
    recipe: recipe.value,
  }
  const choice = await chooseHost(options.host, {
    opens: options.open,
    platform: process.platform,
    environment: process.env,
    runtime: electronRuntime,
  })
  if ('impossible' in choice) return giveUp(`Electron cannot open: ${choice.impossible}.`)
  const window = await builtWindow()
  if ('missing' in window) return giveUp(window.missing)
  if (choice.executable === null) return inBrowser(choice.because)
  say(`Opening in Electron, because ${choice.because}.`)
  const failure = await startElectron(choice.executable, start)
  if (failure === null) return
  if (options.host === 'electron') return giveUp(failure)
  await inBrowser(failure)

  async function inBrowser(because: string): Promise<void> {
    if ('missing' in window) return
    say(`Opening in a browser, because ${because}.`)
    const { port, open } = options
    const { startWeb } = await import('../start-web.ts')
    const ended = await startWeb(start, { port, open, bundle: window.folder })
    if (!ended.ok) failWith(ended.fault)
  }
}

function portNumber(text: string): number {
  const port = wholeNumber(0)(text)
  if (port > 65_535) throw new InvalidArgumentError('Allowed: a whole number from 0 to 65535.')
  return port
}

function say(line: string): void {
  process.stderr.write(`${line}\n`)
}

function giveUp(why: string): void {
  process.stderr.write(`parfocal: ${why}\n`)
  process.exitCode = EXIT.failed
}
