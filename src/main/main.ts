import { join } from 'node:path'
import { app, BrowserWindow, ipcMain, Menu, protocol, session } from 'electron'
import { calls } from '#contract/index.ts'
import { serve } from '#contract/serve.ts'
import { logMistake } from '#workstation/mistake-log.ts'
import { serveBundle } from '#workstation/serving/serve-bundle.ts'
import { api } from './api.ts'
import { guardContents, guardSession } from './guard.ts'
import { ipcPort } from './ipc-port.ts'
import { applicationMenu } from './menu.ts'
import { APP_SCHEME } from './origin.ts'
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

if (app.requestSingleInstanceLock()) {
  app.on('second-instance', showWindow)
  app.on('activate', showWindow)
  app.on('window-all-closed', () => app.quit())
  app.on('web-contents-created', (_event, contents) => guardContents(contents))
  // Not a top-level await: Electron becomes ready only after this module has run to its end.
  void app.whenReady().then(start).catch(giveUp)
} else {
  app.quit()
}

function start(): void {
  const menu = applicationMenu(process.platform)
  Menu.setApplicationMenu(menu === null ? null : Menu.buildFromTemplate([...menu]))
  guardSession(session.defaultSession)
  protocol.handle(APP_SCHEME, serveBundle(join(import.meta.dirname, '../renderer')))
  serve(calls, api, ipcPort(ipcMain), report)
  openWindow()
}

function showWindow(): void {
  const [window] = BrowserWindow.getAllWindows()
  if (window === undefined) return void openWindow()
  if (window.isMinimized()) window.restore()
  window.focus()
}

function report(cause: unknown): string {
  return logMistake(join(app.getPath('logs'), 'parfocal.log'), cause, new Date())
}

function noteMistake(cause: unknown): void {
  tell('mistake.logged', { ticket: report(cause) })
}

/** Without a window nobody would see that it did not start. */
function giveUp(cause: unknown): void {
  process.stderr.write(`Parfocal could not start: ${String(cause)} (${report(cause)})\n`)
  app.exit(1)
}
