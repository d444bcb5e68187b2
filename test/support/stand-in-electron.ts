import { EventEmitter } from 'node:events'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * The part of Electron that the main process stands on, as Electron's documentation describes it.
 *
 * It shows nothing: it keeps what it was told, and lets a test be the person and the page.
 */

type Answer = (granted: boolean) => void

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

  readonly options: Readonly<Record<string, unknown>>
  readonly webContents = new StandInContents()
  url: string | null = null
  shown = false
  minimized = false
  focused = false

  constructor(options: Readonly<Record<string, unknown>>) {
    super()
    this.options = options
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
  focus(): void {
    this.focused = true
  }
}

class StandInApp extends EventEmitter {
  readonly #ready = Promise.withResolvers<void>()
  readonly logs = mkdtempSync(join(tmpdir(), 'parfocal-shell-'))
  isReady = false
  sandboxed = false
  ended: string | null = null
  /** Whether no other Parfocal is open. */
  alone = true

  /** Electron becomes ready once the main module has run to its end. */
  async becomeReady(): Promise<void> {
    this.isReady = true
    this.#ready.resolve()
    await new Promise(resolve => setImmediate(resolve))
  }
  whenReady(): Promise<void> {
    return this.#ready.promise
  }
  enableSandbox(): void {
    if (this.isReady) throw new Error('enableSandbox works before ready only')
    this.sandboxed = true
  }
  requestSingleInstanceLock(): boolean {
    return this.alone
  }
  getVersion(): string {
    return '1.2.3'
  }
  getPath(name: string): string {
    return join(this.logs, name)
  }
  quit(): void {
    this.ended = 'quit'
  }
  exit(code: number): void {
    this.ended = `exit ${code}`
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

/** Electron's own session grants whatever nobody refuses. */
class StandInSession extends EventEmitter {
  request: (contents: unknown, permission: string, answer: Answer) => void = (_c, _p, answer) =>
    answer(true)
  check: (contents: unknown, permission: string) => boolean = () => true
  device: (details: unknown) => boolean = () => true

  setPermissionRequestHandler(handler: StandInSession['request']): void {
    this.request = handler
  }
  setPermissionCheckHandler(handler: StandInSession['check']): void {
    this.check = handler
  }
  setDevicePermissionHandler(handler: StandInSession['device']): void {
    this.device = handler
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

export const Menu = {
  /** Electron has a menu of its own until it is given another or none. */
  menu: 'default' as unknown,
  setApplicationMenu(menu: unknown): void {
    this.menu = menu
  },
  buildFromTemplate: (template: unknown): unknown => template,
}
