import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { ok, type Result } from '#core/fault.ts'
import { openDesk } from '#workstation/desk/open-desk.ts'
import type { StartOptions } from '#workstation/desk/start-options.ts'
import { logMistake } from '#workstation/mistake-log.ts'
import { hasScreen } from './choose-host.ts'
import { faultLine } from './exit.ts'
import { openBrowser } from './open-browser.ts'
import { untilStopped } from './until-stopped.ts'
import { openWebHost } from '../web/web-host.ts'

interface WebStart {
  readonly port: number
  /** Whether a browser is opened too. */
  readonly open: boolean
  /** The folder of the built window. */
  readonly bundle: string
}

/** Opens the workstation for a browser on this machine, until it is stopped. */
export async function startWeb(
  start: StartOptions,
  { port, open, bundle }: WebStart,
): Promise<Result<null>> {
  const stopped = untilStopped()
  const report = (cause: unknown): string =>
    logMistake(join(start.storeFolder, 'parfocal.log'), cause, new Date())
  const desk = await openDesk({
    ...start,
    host: { kind: 'web', electron: null, chrome: null, chooseFolder: null, loginItem: null },
    report,
  })
  if (!desk.ok) return desk
  const host = await openWebHost({ desk: desk.value, bundle, port, report })
  if (!host.ok) {
    await desk.value.close()
    return host
  }
  const noteMistake = (cause: unknown): void => {
    host.value.tell('mistake.logged', { ticket: report(cause) })
  }
  process.on('uncaughtException', noteMistake)
  process.on('unhandledRejection', noteMistake)

  const say = (line: string): void => void process.stderr.write(`${line}\n`)
  const printAddress = (): void => void process.stdout.write(`${host.value.address()}\n`)
  for (const fault of desk.value.faults) say(faultLine(fault))
  say(`Store: ${start.storeFolder}`)
  say('The address works once, within 10 minutes. Enter prints a new one, Ctrl-C stops.')
  printAddress()
  const terminal = createInterface({ input: process.stdin }).on('line', printAddress)
  const wanted = open && hasScreen({ platform: process.platform, environment: process.env })
  if (wanted && !process.env['CI']) openBrowser(host.value.address('browser'))

  await stopped
  terminal.close()
  await host.value.close()
  await desk.value.close()
  return ok(null)
}
