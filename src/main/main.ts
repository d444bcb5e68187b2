import { homedir } from 'node:os'
import { join } from 'node:path'
import { app, BrowserWindow, dialog, ipcMain, Menu, nativeTheme, protocol, session } from 'electron'
import { calls } from '#contract/index.ts'
import { USUAL_WATCH } from '#contract/folders.ts'
import { serve } from '#contract/serve.ts'
import { faultText } from '#core/fault-text.ts'
import { ok, type Fault, type Result } from '#core/fault.ts'
import type { Desk } from '#workstation/desk/desk.ts'
import { openDesk } from '#workstation/desk/open-desk.ts'
import {
  readStartOptions,
  START_VARIABLE,
  type StartOptions,
} from '#workstation/desk/start-options.ts'
import { logMistake } from '#workstation/mistake-log.ts'
import { defaultStoreFolder } from '#workstation/store/location.ts'
import { createFolderChooser, electronHost } from './desk-host.ts'
import { guardContents, guardSession } from './guard.ts'
import { ipcPort } from './ipc-port.ts'
import { applicationMenu } from './menu.ts'
import { followNews, type News } from './news.ts'
import { APP_SCHEME } from './origin.ts'
import { serveWindow } from './serve-window.ts'
import { tell } from './tell.ts'
import { openWindow } from './window.ts'

app.enableSandbox()
protocol.registerSchemesAsPrivileged([
  {
    scheme: APP_SCHEME,
    privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
  },
])
process.on('unhandledRejection', noteMistake)
process.on('uncaughtException', noteMistake)

const chooser = createFolderChooser()
const options = startOptions()
let desk: Desk | null = null
let news: News | null = null

if (!options.ok) {
  refuseToStart(options.fault)
} else if (app.requestSingleInstanceLock(toOther(options.value))) {
  app.on('second-instance', (_event, _argv, _folder, other) => void welcome(other as Other))
  app.on('activate', showWindow)
  app.on('window-all-closed', () => void quitUnlessWatching())
  app.on('will-quit', closeDesk)
  app.on('web-contents-created', (_event, contents) => guardContents(contents))
  app.on('render-process-gone', (_event, _contents, { reason }) => {
    report(new Error(`The window's process is gone: ${reason}`))
  })
  const { value } = options
  // Not a top-level await: Electron becomes ready only after this module has run to its end.
  void app
    .whenReady()
    .then(() => start(value))
    .catch(giveUp)
} else {
  app.quit()
}

async function start(options: StartOptions): Promise<void> {
  guardSession(session.defaultSession)
  const opened = await openDesk({ ...options, host: electronHost(chooser), report })
  if (!opened.ok) return refuseToStart(opened.fault)
  desk = opened.value
  protocol.handle(APP_SCHEME, serveWindow(join(import.meta.dirname, '../renderer'), desk.pixels))
  serve(calls, desk.api, ipcPort(ipcMain), report)
  desk.listen(tell)
  news = await followNews(desk, { showWindow, quit: () => app.quit() })
  const menu = applicationMenu(process.platform, command => tell('command.chosen', { command }))
  Menu.setApplicationMenu(Menu.buildFromTemplate([...menu]))
  showWindow()
  if (desk.faults.length > 0) {
    const detail = desk.faults.map(faultLine).join('\n\n')
    await dialog.showMessageBox({ type: 'warning', message: 'Not all is as it should be.', detail })
  }
}

/** What the command line said; started by its icon, Parfocal opens the user's own store. */
function startOptions(): Result<StartOptions> {
  const given = readStartOptions(process.env[START_VARIABLE])
  if (!given.ok) return given
  const own = {
    storeFolder: defaultStoreFolder(process.env, process.platform, homedir()),
    folders: [],
    simulate: false,
    recipe: null,
  }
  return ok(given.value ?? own)
}

/** What a Parfocal that is started again tells the one that is open. */
interface Other {
  readonly storeFolder: string
  readonly folders: readonly string[]
}

function toOther({ storeFolder, folders }: StartOptions): Record<string, unknown> & Other {
  return { storeFolder, folders }
}

/** Somebody started Parfocal again: this one comes to the front and watches their folders too. */
async function welcome({ storeFolder, folders }: Other): Promise<void> {
  if (desk === null || !options.ok) return
  showWindow()
  const own = options.value.storeFolder
  if (storeFolder !== own) {
    const open = `Parfocal is open on the store ${own}. Close it to open ${storeFolder}.`
    return dialog.showErrorBox('Parfocal is open already', open)
  }
  for (const folder of folders) {
    const listing = await chooser.chooseInstead(folder, () => desk!.api['folders.choose']())
    if (!listing.ok || listing.value === null) continue
    await desk.api['folders.watch']({
      handle: listing.value.handle,
      naming: 'auto',
      settings: USUAL_WATCH,
    })
  }
}

function showWindow(): void {
  if (desk === null) return
  const [window] = BrowserWindow.getAllWindows()
  if (window === undefined) return void openWindow(nativeTheme.shouldUseDarkColors)
  if (window.isMinimized()) window.restore()
  window.focus()
}

async function quitUnlessWatching(): Promise<void> {
  if ((await news?.staysWithoutWindow()) !== true) app.quit()
}

/** Waits for what is being written; Electron quits again when it is. */
function closeDesk(event: { preventDefault(): void }): void {
  if (desk === null) return
  event.preventDefault()
  const closing = desk
  desk = null
  news?.end()
  void closing
    .close()
    .catch(report)
    .finally(() => app.quit())
}

function report(cause: unknown): string {
  return logMistake(join(app.getPath('logs'), 'parfocal.log'), cause, new Date())
}

function noteMistake(cause: unknown): void {
  tell('mistake.logged', { ticket: report(cause) })
}

function refuseToStart(fault: Fault): void {
  dialog.showErrorBox('Parfocal cannot open', faultLine(fault))
  app.exit(2)
}

function faultLine(fault: Fault): string {
  return 'path' in fault ? `${fault.path}: ${faultText(fault)}` : faultText(fault)
}

/** Without a window nobody would see that it did not start. */
function giveUp(cause: unknown): void {
  const ticket = report(cause)
  process.stderr.write(`Parfocal could not start: ${String(cause)} (${ticket})\n`)
  dialog.showErrorBox('Parfocal cannot open', faultText({ kind: 'unexpected', ticket }))
  app.exit(1)
}
