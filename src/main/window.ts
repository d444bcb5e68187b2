import { join } from 'node:path'
import { BrowserWindow, type WebPreferences } from 'electron'
import { APP_URL } from './origin.ts'

const WEB_PREFERENCES: WebPreferences = {
  // A sandboxed preload is one bundled CommonJS file.
  preload: join(import.meta.dirname, '../preload/preload.cjs'),
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  webSecurity: true,
  // Electron fetches its dictionaries from the network.
  spellcheck: false,
}

export function openWindow(): BrowserWindow {
  const window = new BrowserWindow({
    width: 1440,
    height: 900,
    minWidth: 800,
    minHeight: 500,
    title: 'Parfocal',
    // `--surface` of the dark theme, so that a dark room sees no white flash.
    backgroundColor: '#16181b',
    show: false,
    webPreferences: WEB_PREFERENCES,
  })
  window.once('ready-to-show', () => window.show())
  void window.loadURL(APP_URL)
  return window
}
