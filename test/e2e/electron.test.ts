import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { _electron, type ElectronApplication, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freshenBundles, root } from '../../build/bundles.ts'
import { installedExecutable } from '../../build/electron-runtime.ts'
import { hasScreen } from '../../src/cli/choose-host.ts'
import { NODE_VARIABLE } from '../../src/workstation/analysis/worker-node.ts'
import { START_VARIABLE, writeStartOptions } from '../../src/workstation/desk/start-options.ts'

const executablePath = installedExecutable()
const missing = whatIsMissing()
if (missing !== null) {
  process.stderr.write(`*** The window in Electron itself is NOT tested here: ${missing}.\n`)
}

/** Why Electron cannot be opened on this machine; null where it can. */
function whatIsMissing(): string | null {
  if (executablePath === null) return "Electron's runtime is not installed"
  if (!hasScreen({ platform: process.platform, environment: process.env })) return 'no screen'
  // Electron refuses root without --no-sandbox, and Parfocal never runs without its sandbox.
  return process.platform === 'linux' && process.getuid?.() === 0 ? 'Electron refuses root' : null
}

describe.skipIf(missing !== null)('the window in Electron', () => {
  const scratch = mkdtempSync(join(tmpdir(), 'parfocal-electron-'))
  let shell: ElectronApplication
  let page: Page

  beforeAll(async () => {
    freshenBundles()
    const options = { storeFolder: join(scratch, 'S'), folders: [], simulate: true, recipe: null }
    shell = await _electron.launch({
      executablePath: executablePath!,
      args: [root, `--user-data-dir=${join(scratch, 'user')}`],
      env: {
        ...(process.env as Record<string, string>),
        [START_VARIABLE]: writeStartOptions(options),
        [NODE_VARIABLE]: process.execPath,
      },
    })
    page = await shell.firstWindow()
    await page.getByRole('navigation', { name: 'Views' }).waitFor()
  })

  afterAll(async () => {
    await shell?.close()
    rmSync(scratch, { recursive: true, force: true })
  })

  test('is sandboxed, isolated and without Node', async () => {
    expect(page.url()).toMatch(/^app:\/\/parfocal\//)
    const globals = await page.evaluate(() =>
      ['require', 'process', 'Buffer', 'electron'].filter(name => name in globalThis),
    )
    expect(globals).toEqual([])
    const preferences = await shell.evaluate(({ BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows()
      const contents = window!.webContents as unknown as {
        getLastWebPreferences(): Record<string, unknown>
      }
      const { sandbox, contextIsolation, nodeIntegration, webSecurity } =
        contents.getLastWebPreferences()
      return { sandbox, contextIsolation, nodeIntegration, webSecurity }
    })
    expect(preferences).toEqual({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
    })
  })

  test('gets no permission, no second window and nothing from elsewhere', async () => {
    const outcomes = await page.evaluate(async () => ({
      notifications: await Notification.requestPermission(),
      opened: window.open('https://example.org/') === null,
      fetched: await fetch('https://example.org/').then(
        () => 'fetched',
        () => 'refused',
      ),
    }))
    expect(outcomes).toEqual({ notifications: 'denied', opened: true, fetched: 'refused' })
    await page.evaluate(() => location.assign('https://example.org/')).catch(() => undefined)
    expect(page.url()).toMatch(/^app:\/\/parfocal\//)
  })

  test('shows a simulated plate being acquired', async () => {
    await expect
      .poll(
        () =>
          page.evaluate(async () => {
            const { parfocal } = globalThis as unknown as {
              parfocal: { invoke(name: string, input?: unknown): Promise<unknown> }
            }
            const reply = (await parfocal.invoke('plates.list')) as {
              value: { states: { pass: number } }[]
            }
            return reply.value[0]?.states.pass ?? 0
          }),
        { timeout: 40_000 },
      )
      .toBeGreaterThan(0)
  })
})
