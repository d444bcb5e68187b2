import { EventEmitter } from 'node:events'
import { mkdirSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * The part of Electron that the main process stands on, as Electron's documentation describes it.
 *
 * It shows nothing: it keeps what it was told, and lets a test be the person and the page.
 */

type Answer<T> = (given: T) => void
type Options = Readonly<Record<string, unknown>>

class StandInContents extends EventEmitter {
  openWindow: () => { readonly action: string } = () => ({ action: 'allow' })
  readonly sent: (readonly [name: string, told: unknown])[] = []

  setWindowOpenHandler(handler: () => { readonly action: string }): void {
    this.openWindow = handler
  }

  send(name: string, told: unknown): void {
    this.sent.push([name, structuredClone(told)])
  }

  /** Whether something that the page tries goes ahead. */
  tries(what: string, url: string): boolean {
    let goesAhead = true
    this.emit(what, { url, preventDefault: () => (goesAhead = false) })
    return goesAhead
  }
}

export class BrowserWindow extends EventEmitter {
  static readonly open: BrowserWindow[] = []
  static getAllWindows(): readonly BrowserWindow[] {
    return BrowserWindow.open
  }

  readonly options: Options
  readonly webContents = new StandInContents()
  url: string | null = null
  shown = false
  minimized = false
  maximized = false
  focused = false
  bounds: Options

  constructor(options: Options) {
    super()
    this.options = options
    const { x, y, width, height } = options
    this.bounds = { x, y, width, height }
    BrowserWindow.open.push(this)
    app.emit('web-contents-created', {}, this.webContents)
  }

  async loadURL(url: string): Promise<void> {
    this.url = url
  }
  show(): void {
    this.shown = true
  }
  isMinimized(): boolean {
    return this.minimized
  }
  restore(): void {
    this.minimized = false
  }
  maximize(): void {
    this.maximized = true
  }
  isMaximized(): boolean {
    return this.maximized
  }
  getNormalBounds(): Options {
    return this.bounds
  }
  focus(): void {
    this.focused = true
  }
  /** As somebody closes it. */
  close(): void {
    this.emit('close')
    BrowserWindow.open.splice(BrowserWindow.open.indexOf(this), 1)
    if (BrowserWindow.open.length === 0) app.emit('window-all-closed')
  }
}

class StandInApp extends EventEmitter {
  readonly #ready = Promise.withResolvers<void>()
  readonly #gone = Promise.withResolvers<string>()
  readonly folder = mkdtempSync(join(tmpdir(), 'parfocal-shell-'))
  isReady = false
  sandboxed = false
  /** How it ended, once it has. */
  readonly gone = this.#gone.promise
  /** Whether no other Parfocal is open. */
  alone = true
  /** What this one tells another that is open. */
  toOther: unknown = null
  openAtLogin = false

  /** Electron becomes ready once the main module has run to its end. */
  becomeReady(): void {
    this.isReady = true
    this.#ready.resolve()
  }
  whenReady(): Promise<void> {
    return this.#ready.promise
  }
  enableSandbox(): void {
    if (this.isReady) throw new Error('enableSandbox works before ready only')
    this.sandboxed = true
  }
  requestSingleInstanceLock(toOther: unknown): boolean {
    this.toOther = structuredClone(toOther)
    return this.alone
  }
  getPath(name: string): string {
    const path = join(this.folder, name)
    mkdirSync(path, { recursive: true })
    return path
  }
  getLoginItemSettings(): { readonly openAtLogin: boolean } {
    return { openAtLogin: this.openAtLogin }
  }
  setLoginItemSettings({ openAtLogin }: { readonly openAtLogin: boolean }): void {
    this.openAtLogin = openAtLogin
  }
  /** Ends unless somebody wants a moment more; then they call it again. */
  quit(): void {
    let goesAhead = true
    this.emit('will-quit', { preventDefault: () => (goesAhead = false) })
    if (goesAhead) this.#gone.resolve('quit')
  }
  exit(code: number): void {
    this.#gone.resolve(`exit ${code}`)
  }
}

export const app = new StandInApp()

interface Scheme {
  readonly scheme: string
  readonly privileges: Readonly<Record<string, boolean>>
}

export const protocol = {
  schemes: [] as Scheme[],
  handlers: new Map<string, (request: Request) => Promise<Response>>(),
  registerSchemesAsPrivileged(schemes: readonly Scheme[]): void {
    if (app.isReady) throw new Error('schemes are registered before ready only')
    this.schemes.push(...schemes)
  },
  handle(scheme: string, handler: (request: Request) => Promise<Response>): void {
    this.handlers.set(scheme, handler)
  },
}

type RequestListener = (details: { readonly url: string }, answer: Answer<Options>) => void

/** Electron's own session grants whatever nobody refuses. */
class StandInSession extends EventEmitter {
  request: (contents: unknown, permission: string, answer: Answer<boolean>) => void = (
    _contents,
    _permission,
    answer,
  ) => answer(true)
  check: (contents: unknown, permission: string) => boolean = () => true
  device: (details: unknown) => boolean = () => true
  display: (request: unknown, answer: Answer<unknown>) => void = (_request, answer) =>
    answer({ video: 'the whole screen' })
  beforeRequest: RequestListener = (_details, answer) => answer({})

  readonly webRequest = {
    onBeforeRequest: (listener: RequestListener): void => {
      this.beforeRequest = listener
    },
  }
  setPermissionRequestHandler(handler: StandInSession['request']): void {
    this.request = handler
  }
  setPermissionCheckHandler(handler: StandInSession['check']): void {
    this.check = handler
  }
  setDevicePermissionHandler(handler: StandInSession['device']): void {
    this.device = handler
  }
  setDisplayMediaRequestHandler(handler: StandInSession['display']): void {
    this.display = handler
  }

  /** Whether a download goes ahead, and under which name its dialog offers to save it. */
  downloads(url: string, name: string): { goesAhead: boolean; offered: unknown } {
    const outcome = { goesAhead: true, offered: null as unknown }
    this.emit(
      'will-download',
      { preventDefault: () => (outcome.goesAhead = false) },
      {
        getURL: () => url,
        getFilename: () => name,
        setSaveDialogOptions: (options: Options) => (outcome.offered = options['defaultPath']),
      },
    )
    return outcome
  }
  /** Whether something may be loaded. */
  loads(url: string): boolean {
    let cancelled: unknown = false
    this.beforeRequest({ url }, ({ cancel }) => (cancelled = cancel))
    return cancelled !== true
  }
}

export const session = { defaultSession: new StandInSession() }

interface CallEvent {
  readonly senderFrame: { readonly url: string; readonly parent: unknown } | null
}
type CallListener = (event: CallEvent, input: unknown) => Promise<unknown>

export const ipcMain = {
  listeners: new Map<string, CallListener>(),
  handle(name: string, listener: CallListener): void {
    if (this.listeners.has(name)) throw new Error(`${name} has two listeners`)
    this.listeners.set(name, listener)
  },
  /** A page's call, as it crosses to the main process and back. */
  async call(name: string, event: CallEvent, input: unknown): Promise<unknown> {
    const listener = this.listeners.get(name)
    if (listener === undefined) throw new Error(`No handler registered for '${name}'`)
    return structuredClone(await listener(event, structuredClone(input)))
  },
}

export interface MenuEntry {
  readonly id?: string
  readonly label?: string
  readonly role?: string
  readonly enabled?: boolean
  readonly click?: () => void
  readonly submenu?: readonly MenuEntry[]
}

export const Menu = {
  /** Electron has a menu of its own until it is given another or none. */
  menu: 'default' as unknown,
  setApplicationMenu(menu: unknown): void {
    this.menu = menu
  },
  buildFromTemplate: (template: unknown): unknown => template,
}

export class Tray extends EventEmitter {
  static readonly all: Tray[] = []
  readonly icon: string
  tip = ''
  menu: readonly MenuEntry[] = []
  gone = false

  constructor(icon: string) {
    super()
    this.icon = icon
    Tray.all.push(this)
  }
  setToolTip(tip: string): void {
    this.tip = tip
  }
  setContextMenu(menu: readonly MenuEntry[]): void {
    this.menu = menu
  }
  destroy(): void {
    this.gone = true
  }
}

export class Notification extends EventEmitter {
  static readonly shown: Notification[] = []
  static isSupported(): boolean {
    return true
  }
  readonly title: string
  readonly body: string

  constructor({ title, body }: { readonly title: string; readonly body: string }) {
    super()
    this.title = title
    this.body = body
  }
  show(): void {
    Notification.shown.push(this)
  }
}

export const nativeTheme = { themeSource: 'system', shouldUseDarkColors: true }

export const screen = {
  getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1920, height: 1040 } }],
}

export const dialog = {
  /** What somebody chooses next; null cancels. */
  folder: null as string | null,
  errors: [] as (readonly [title: string, text: string])[],
  showErrorBox(title: string, text: string): void {
    this.errors.push([title, text])
  },
  async showMessageBox(): Promise<void> {},
  async showOpenDialog(): Promise<{ canceled: boolean; filePaths: readonly string[] }> {
    return this.folder === null
      ? { canceled: true, filePaths: [] }
      : { canceled: false, filePaths: [this.folder] }
  },
}
