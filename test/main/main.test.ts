import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { freshenBundles, root } from '../../build/bundles.ts'
import { pixelPath } from '../../src/contract/pixels.ts'
import type { FieldRow, PlateSummary } from '../../src/contract/plates.ts'
import type { WatchedFolder } from '../../src/contract/folders.ts'
import type { Result } from '../../src/core/fault.ts'
import { START_VARIABLE, writeStartOptions } from '../../src/workstation/desk/start-options.ts'
import { parfocal } from '../support/command-line.ts'
import {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  nativeTheme,
  Notification,
  protocol,
  session,
  Tray,
  type MenuEntry,
} from '../support/stand-in-electron.ts'
import { valueOf } from '../support/value-of.ts'

// The bundle is tested as it was built; only Electron itself, which needs a screen, is stood in for.
vi.mock('electron', () => import('../support/stand-in-electron.ts'))

const folder = mkdtempSync(join(tmpdir(), 'parfocal-main-'))
const storeFolder = join(folder, 'store')
const page = { senderFrame: { url: 'app://parfocal/', parent: null } }
let mistakeListeners: readonly MistakeListener[]

beforeAll(async () => {
  freshenBundles()
  const size = ['--wells', '2', '--fields', '1', '--channels', '1', '--size', '256x256']
  await parfocal(['simulate', 'P1', ...size, '--defects', 'none', '--seed', '1'], folder)
  await parfocal(['simulate', 'P2', ...size, '--defects', 'none', '--seed', '2'], folder)
  mistakeListeners = await startMain([join(folder, 'P1')], storeFolder)
  app.becomeReady()
  await vi.waitUntil(() => BrowserWindow.open.length > 0, { timeout: 20_000 })
})

afterAll(async () => {
  app.quit()
  await app.gone
  stopHearing(mistakeListeners)
  for (const left of [app.folder, folder]) rmSync(left, { recursive: true, force: true })
})

type MistakeListener = (cause: unknown) => void

const MISTAKES = ['uncaughtException', 'unhandledRejection'] as const

/** Runs the bundle as Electron would. @returns what it hears mistakes by. */
async function startMain(
  folders: readonly string[],
  storeFolder: string,
): Promise<readonly MistakeListener[]> {
  const options = { storeFolder, folders, simulate: false, recipe: null }
  const before = mistakesHeard()
  process.env[START_VARIABLE] = writeStartOptions(options)
  await import(join(root, 'out/main/main.js'))
  delete process.env[START_VARIABLE]
  return mistakesHeard().filter(listener => !before.includes(listener))
}

function mistakesHeard(): readonly MistakeListener[] {
  return MISTAKES.flatMap(name => process.listeners(name as never) as MistakeListener[])
}

function stopHearing(listeners: readonly MistakeListener[]): void {
  for (const name of MISTAKES) for (const listener of listeners) process.off(name, listener)
}

function onlyWindow(): BrowserWindow {
  expect(BrowserWindow.open).toHaveLength(1)
  return BrowserWindow.open[0]!
}

async function call<T>(name: string, input?: unknown): Promise<T> {
  return valueOf((await ipcMain.call(name, page, input)) as Result<T>)
}

function get(path: string): Promise<Response> {
  return protocol.handlers.get('app')!(new Request(new URL(path, 'app://parfocal/').href))
}

/** The plate once all that the index promises has been judged. */
async function judged(name: string): Promise<PlateSummary> {
  let found: PlateSummary | undefined
  await expect
    .poll(
      async () => {
        found = (await call<PlateSummary[]>('plates.list')).find(plate => plate.name === name)
        if (found === undefined) return 'not there'
        const { waiting, ...rest } = found.states
        return waiting === 0
          ? Object.values(rest).reduce((sum, count) => sum + count, 0)
          : 'waiting'
      },
      { timeout: 40_000 },
    )
    .toBe(2)
  return found!
}

describe('the window', () => {
  test('opens once, sandboxed, on its own address', () => {
    expect(app.sandboxed).toBe(true)
    expect(onlyWindow().url).toBe('app://parfocal/')
    expect(onlyWindow().options['webPreferences']).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
    })
  })

  test('has a preload that was built and an icon that is there', () => {
    const { icon, webPreferences } = onlyWindow().options
    const { preload } = webPreferences as { readonly preload: string }
    expect([preload, icon as string, Tray.all[0]!.icon].map(path => existsSync(path))).toEqual([
      true,
      true,
      true,
    ])
  })

  test('shows when there is something to see, on a dark ground until then', () => {
    expect(onlyWindow().shown).toBe(false)
    onlyWindow().emit('ready-to-show')
    expect(onlyWindow().shown).toBe(true)
    const tokens = readFileSync(join(root, 'src/renderer/styles/tokens.css'), 'utf8')
    expect(/--surface: (#\w+);/.exec(tokens)?.[1]).toBe(onlyWindow().options['backgroundColor'])
  })

  test('comes to the front when Parfocal is started again', () => {
    onlyWindow().minimized = true
    app.emit('second-instance', {}, [], '/', { storeFolder, folders: [] })
    expect(onlyWindow()).toMatchObject({ minimized: false, focused: true })
  })
})

describe('the page', () => {
  test('is served over a secure scheme that keeps its policy', () => {
    expect(protocol.schemes).toEqual([
      {
        scheme: 'app',
        privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
      },
    ])
  })

  test('comes whole from the bundle, with nothing inline that its policy would refuse', async () => {
    const response = await get('/')
    const html = await response.text()
    expect(response.headers.get('content-security-policy')).toContain("script-src 'self'")
    expect(html).not.toMatch(/<style|style=|<script(?![^>]*\ssrc=)|\son\w+=/)
    const parts = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(match => match[1]!)
    expect(parts.length).toBeGreaterThan(1)
    for (const part of parts) expect([part, (await get(part)).status]).toEqual([part, 200])
  })

  test('cannot reach what lies beside the bundle', async () => {
    for (const path of ['..%2fmain/main.js', '%2e%2e/main/main.js', '../main/main.js']) {
      expect((await get(path)).status).toBe(404)
    }
  })

  test('is the only host of its scheme', async () => {
    const elsewhere = new Request('app://elsewhere/index.html')
    expect((await protocol.handlers.get('app')!(elsewhere)).status).toBe(404)
  })

  test.each(['will-navigate', 'will-frame-navigate', 'will-redirect'])(
    'stays itself on %s',
    what => {
      const { webContents } = onlyWindow()
      expect(webContents.tries(what, 'https://example.org/')).toBe(false)
      expect(webContents.tries(what, 'file:///etc/passwd')).toBe(false)
      expect(webContents.tries(what, 'app://parfocal.evil/')).toBe(false)
      expect(webContents.tries(what, 'app://parfocal/index.html')).toBe(true)
    },
  )

  test('opens no second window and embeds no other page', () => {
    const { webContents } = onlyWindow()
    expect(webContents.openWindow()).toEqual({ action: 'deny' })
    expect(webContents.tries('will-attach-webview', '')).toBe(false)
  })

  test('loads nothing but itself and what it made', () => {
    const { defaultSession } = session
    for (const url of ['app://parfocal/assets/x.js', 'blob:app://parfocal/0b-1']) {
      expect([url, defaultSession.loads(url)]).toEqual([url, true])
    }
    for (const url of [
      'https://example.org/',
      'http://127.0.0.1:80/',
      'ws://localhost/',
      'file:///etc/passwd',
      'blob:https://example.org/0b-1',
      'data:text/html,x',
    ]) {
      expect([url, defaultSession.loads(url)]).toEqual([url, false])
    }
  })

  test('saves what it made itself where somebody says, and downloads nothing else', () => {
    const { defaultSession } = session
    expect(defaultSession.downloads('blob:app://parfocal/0b-1', 'plate.csv')).toEqual({
      goesAhead: true,
      offered: 'plate.csv',
    })
    for (const url of ['https://example.org/x.exe', 'blob:https://example.org/1', 'data:,x']) {
      expect(defaultSession.downloads(url, 'x.exe')).toEqual({ goesAhead: false, offered: null })
    }
  })

  test.each(['media', 'geolocation', 'clipboard-read', 'openExternal', 'usb', 'loopback-network'])(
    'gets no permission for %s',
    permission => {
      let granted = true
      session.defaultSession.request(null, permission, answer => (granted = answer))
      expect(granted).toBe(false)
      expect(session.defaultSession.check(null, permission)).toBe(false)
      expect(session.defaultSession.device({ deviceType: permission })).toBe(false)
    },
  )

  test('sees no screen', () => {
    let streams: unknown = 'none asked'
    session.defaultSession.display({}, given => (streams = given))
    expect(streams).toBeNull()
  })
})

describe('calls', () => {
  test('of the page are answered by the desk', async () => {
    expect(await call('about.read')).toMatchObject({
      host: 'electron',
      store: storeFolder,
      choosesFolders: true,
    })
  })

  test('with an input that the contract does not know are refused', async () => {
    expect(await ipcMain.call('about.read', page, { verbose: true })).toMatchObject({
      ok: false,
      fault: { kind: 'bad-request', call: 'about.read' },
    })
  })

  test.each([
    ['a page from elsewhere', { url: 'https://example.org/', parent: null }],
    ['a frame inside the page', { url: 'app://parfocal/', parent: {} }],
    ['a page that is gone', null],
  ])('of %s are refused', async (_who, senderFrame) => {
    await expect(ipcMain.call('about.read', { senderFrame }, undefined)).rejects.toThrow('may not')
  })
})

describe('the workstation in the bundle', () => {
  test('judges the folder it was started on, by workers of its own Node', async () => {
    const { plateId, states } = await judged('simulated-1')
    expect(states.unreadable).toBe(0)
    const [field] = await call<FieldRow[]>('plates.fields', { plateId, well: 'A01' })
    const { planeId, version } = field!.planes[0]!
    const about = await get(pixelPath({ kind: 'about', planeId, version }))
    expect(await about.json()).toMatchObject({ width: 256, height: 256, bits: 16 })
    const tile = await get(
      pixelPath({ kind: 'tile', planeId, version, level: 0, column: 0, row: 0 }),
    )
    expect(tile.headers.get('Pixel-Type')).toBe('uint16')
    expect((await tile.arrayBuffer()).byteLength).toBe(256 * 256 * 2)
    expect((await get('/pixels/tile/nothing')).status).toBe(404)
  })

  test('tells the window what happens', () => {
    const told = onlyWindow().webContents.sent.map(([name]) => name)
    expect(told).toContain('plate.changed')
  })

  test('watches a folder that Parfocal is started on again', async () => {
    app.emit('second-instance', {}, [], '/', { storeFolder, folders: [join(folder, 'P2')] })
    await judged('simulated-2')
    const watched = await call<WatchedFolder[]>('folders.list')
    expect(watched.map(({ path }) => path)).toEqual([join(folder, 'P1'), join(folder, 'P2')])
  })

  test('does not mix two stores', () => {
    app.emit('second-instance', {}, [], '/', { storeFolder: '/elsewhere', folders: ['/x'] })
    expect(dialog.errors.at(-1)?.[1]).toContain(storeFolder)
  })

  test("asks for a folder by the system's dialog", async () => {
    dialog.folder = null
    expect(await call('folders.choose')).toBeNull()
    dialog.folder = join(folder, 'P2')
    expect(await call('folders.choose')).toMatchObject({ path: dialog.folder })
  })
})

describe('what is shown beside the window', () => {
  test('is a menu whose entries give the window its commands', () => {
    const entries = (Menu.menu as readonly MenuEntry[]).flatMap(({ submenu }) => submenu ?? [])
    entries.find(({ id }) => id === 'review.show')!.click!()
    expect(onlyWindow().webContents.sent.at(-1)).toEqual([
      'command.chosen',
      { command: 'review.show' },
    ])
  })

  test('is an icon that says what is flagged and leads back', async () => {
    const [tray] = Tray.all
    const flagged = (await call<PlateSummary[]>('plates.list')).some(plate => plate.flagged > 0)
    expect(tray!.tip).toMatch(flagged ? /flagged on/ : /^Parfocal: Nothing flagged$/)
    onlyWindow().focused = false
    tray!.menu.find(({ label }) => label === 'Show Parfocal')!.click!()
    expect(onlyWindow().focused).toBe(true)
  })

  test('is the theme that somebody chose', async () => {
    await call('settings.change', { theme: 'light' })
    expect(nativeTheme.themeSource).toBe('light')
    await call('settings.change', { theme: 'system' })
    expect(nativeTheme.themeSource).toBe('system')
  })
})

describe('a mistake of ours', () => {
  test('is logged, and the window is told its ticket', () => {
    expect(mistakeListeners).toHaveLength(2)
    const { sent } = onlyWindow().webContents
    const before = sent.length
    for (const listener of mistakeListeners) listener(new Error('a plate with no wells'))
    const told = sent.slice(before)
    expect(told.map(([name]) => name)).toEqual(['mistake.logged', 'mistake.logged'])
    const log = readFileSync(join(app.getPath('logs'), 'parfocal.log'), 'utf8')
    for (const [, given] of told) expect(log).toContain((given as { ticket: string }).ticket)
    expect(log).toContain('a plate with no wells')
  })
})

describe('closing the window', () => {
  test('goes on watching, says so once, and comes back where it was', async () => {
    onlyWindow().bounds = { x: 40, y: 50, width: 1000, height: 700 }
    onlyWindow().close()
    await expect
      .poll(() => Notification.shown.map(({ title }) => title))
      .toEqual(['Parfocal goes on watching'])
    Tray.all[0]!.emit('click')
    expect(onlyWindow().options).toMatchObject({ x: 40, y: 50, width: 1000, height: 700 })
    onlyWindow().close()
    await new Promise(resolve => setTimeout(resolve, 50))
    expect(Notification.shown).toHaveLength(1)
    app.emit('activate')
    expect(onlyWindow().url).toBe('app://parfocal/')
  })

  test('ends Parfocal where nothing is watched, once the store is let go', async () => {
    for (const { folderId } of await call<WatchedFolder[]>('folders.list')) {
      await call('folders.forget', { folderId })
    }
    onlyWindow().close()
    expect(await app.gone).toBe('quit')
    expect(Tray.all[0]!.gone).toBe(true)
    const { code, stdout } = await parfocal(['verify', storeFolder, '--json'], folder)
    expect([code, JSON.parse(stdout)]).toMatchObject([0, { ok: true, problems: [] }])
  })
})

test('a store that cannot be opened is said before there is a window', async () => {
  vi.resetModules()
  const other = await import('../support/stand-in-electron.ts')
  vi.doMock('electron', () => other)
  const file = join(folder, 'file')
  writeFileSync(file, '')
  stopHearing(await startMain([], join(file, 'S')))
  other.app.becomeReady()
  expect(await other.app.gone).toBe('exit 2')
  expect(other.BrowserWindow.open).toEqual([])
  expect(other.dialog.errors.map(([title]) => title)).toEqual(['Parfocal cannot open'])
  expect(other.dialog.errors[0]![1]).toContain(file)
  rmSync(other.app.folder, { recursive: true, force: true })
})

test('the preload is one file that requires nothing but Electron', () => {
  const source = readFileSync(join(root, 'out/preload/preload.cjs'), 'utf8')
  const required = [...source.matchAll(/\brequire\(\s*["']([^"']+)["']\s*\)/g)].map(
    match => match[1],
  )
  expect([...new Set(required)]).toEqual(['electron'])
  const shown: Record<string, object> = {}
  const electron = {
    contextBridge: {
      exposeInMainWorld: (name: string, bridge: object) => (shown[name] = bridge),
    },
    ipcRenderer: {},
  }
  new Function('require', 'exports', source)(() => electron, {})
  expect(Object.keys(shown)).toEqual(['parfocal'])
  expect(Object.keys(shown['parfocal']!)).toEqual(['invoke', 'on'])
})
