import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { freshenBundles, root } from '../../build/bundles.ts'
import {
  app,
  BrowserWindow,
  ipcMain,
  Menu,
  protocol,
  session,
} from '../support/stand-in-electron.ts'

// The bundle is tested as it was built; only Electron itself, which needs a screen, is stood in for.
vi.mock('electron', () => import('../support/stand-in-electron.ts'))

const page = { senderFrame: { url: 'app://parfocal/', parent: null } }
let mistakeListeners: readonly ((cause: unknown) => void)[]

beforeAll(async () => {
  freshenBundles()
  const before = new Set(process.listeners('uncaughtException'))
  const beforeRejections = new Set(process.listeners('unhandledRejection'))
  await import(join(root, 'out/main/main.js'))
  mistakeListeners = [
    ...process.listeners('uncaughtException').filter(listener => !before.has(listener)),
    ...process.listeners('unhandledRejection').filter(listener => !beforeRejections.has(listener)),
  ] as (typeof mistakeListeners)[number][]
  await app.becomeReady()
})

afterAll(() => {
  for (const listener of mistakeListeners) {
    process.off('uncaughtException', listener)
    process.off('unhandledRejection', listener)
  }
  rmSync(app.logs, { recursive: true, force: true })
})

function onlyWindow(): BrowserWindow {
  expect(BrowserWindow.open).toHaveLength(1)
  return BrowserWindow.open[0]!
}

describe('the window', () => {
  test('opens once, sandboxed, on its own address', () => {
    expect(app.sandboxed).toBe(true)
    expect(onlyWindow().url).toBe('app://parfocal/')
    expect(onlyWindow().options['webPreferences']).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
    })
  })

  test('has a preload that was built', () => {
    const { preload } = onlyWindow().options['webPreferences'] as { readonly preload: string }
    expect(existsSync(preload)).toBe(true)
  })

  test('shows when there is something to see, on a dark ground until then', () => {
    expect(onlyWindow().shown).toBe(false)
    onlyWindow().emit('ready-to-show')
    expect(onlyWindow().shown).toBe(true)
    const tokens = readFileSync(join(root, 'src/renderer/styles/tokens.css'), 'utf8')
    expect(/--surface: (#\w+);/.exec(tokens)?.[1]).toBe(onlyWindow().options['backgroundColor'])
  })

  test("has none of Electron's own menu, which links to the web", () => {
    expect(Menu.menu).not.toBe('default')
  })

  test('comes to the front when Parfocal is started again', () => {
    onlyWindow().minimized = true
    app.emit('second-instance')
    expect(onlyWindow()).toMatchObject({ minimized: false, focused: true })
  })

  test('ends Parfocal when it is closed', () => {
    app.emit('window-all-closed')
    expect(app.ended).toBe('quit')
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
    const serve = protocol.handlers.get('app')!
    const response = await serve(new Request('app://parfocal/'))
    const html = await response.text()
    expect(response.headers.get('content-security-policy')).toContain("script-src 'self'")
    expect(html).not.toMatch(/<style|style=|<script(?![^>]*\ssrc=)|\son\w+=/)
    const parts = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(match => match[1]!)
    expect(parts.length).toBeGreaterThan(1)
    for (const part of parts) {
      const answer = await serve(new Request(new URL(part, 'app://parfocal/').href))
      expect([part, answer.status]).toEqual([part, 200])
    }
  })

  test('cannot reach what lies beside the bundle', async () => {
    const serve = protocol.handlers.get('app')!
    for (const path of ['..%2fmain/main.js', '%2e%2e/main/main.js', '../main/main.js']) {
      expect((await serve(new Request(`app://parfocal/${path}`))).status).toBe(404)
    }
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

  test('opens no second window, embeds no other page and downloads nothing', () => {
    const { webContents } = onlyWindow()
    expect(webContents.openWindow()).toEqual({ action: 'deny' })
    expect(webContents.tries('will-attach-webview', '')).toBe(false)
    let downloads = true
    session.defaultSession.emit('will-download', { preventDefault: () => (downloads = false) })
    expect(downloads).toBe(false)
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
})

describe('calls', () => {
  test('of the page are answered', async () => {
    expect(await ipcMain.call('about.read', page, undefined)).toEqual({
      ok: true,
      value: { version: '1.2.3', node: process.versions.node, electron: null, chrome: null },
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

describe('a mistake of ours', () => {
  test('is logged, and the window is told its ticket', () => {
    expect(mistakeListeners).toHaveLength(2)
    const { sent } = onlyWindow().webContents
    for (const listener of mistakeListeners) listener(new Error('a plate with no wells'))
    expect(sent.map(([name]) => name)).toEqual(['mistake.logged', 'mistake.logged'])
    const log = readFileSync(join(app.getPath('logs'), 'parfocal.log'), 'utf8')
    for (const [, told] of sent) expect(log).toContain((told as { ticket: string }).ticket)
    expect(log).toContain('a plate with no wells')
  })
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
