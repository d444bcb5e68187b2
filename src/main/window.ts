import { join } from 'node:path'
import { BrowserWindow, screen, type WebPreferences } from 'electron'
import { APP_URL } from './origin.ts'
import { fitWindow, LEAST_SIZE } from './window-bounds.ts'
import { keepWindow, keptWindow } from './window-memory.ts'

const WEB_PREFERENCES: WebPreferences = {
  // A sandboxed preload is one bundled CommonJS file.
  preload: join(import.meta.dirname, '../preload/preload.cjs'),
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  webviewTag: false,
  // Electron fetches its dictionaries from the network.
  spellcheck: false,
}

/** `--surface` of the two themes, so that a dark room sees no white flash. */
const SURFACE = { dark: '#15171a', light: '#f5f5f3' } as const

/** Opens the window where it was when it was last closed. */
export function openWindow(dark: boolean): BrowserWindow {
  const kept = keptWindow()
  const displays = screen.getAllDisplays().map(({ workArea }) => workArea)
  const window = new BrowserWindow({
    ...fitWindow(kept?.bounds ?? null, displays),
    minWidth: LEAST_SIZE.width,
    minHeight: LEAST_SIZE.height,
    title: 'Parfocal',
    icon: join(import.meta.dirname, '../../resources/icons/parfocal.png'),
    backgroundColor: dark ? SURFACE.dark : SURFACE.light,
    show: false,
    webPreferences: WEB_PREFERENCES,
  })
  if (kept?.maximized === true) window.maximize()
  window.once('ready-to-show', () => window.show())
  window.on('close', () =>
    keepWindow({ bounds: window.getNormalBounds(), maximized: window.isMaximized() }),
  )
  void window.loadURL(APP_URL)
  return window
}
