import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { openBrowser } from './browser.ts'
import { startWorkstation, type RunningWorkstation } from './open-window.ts'

/** A workstation and one page of it, for the tests of a file. */
export interface WindowSession {
  readonly page: Page
  workstation(): RunningWorkstation
  /** Mistakes that the page wrote to its console so far, and errors that nothing caught. */
  readonly mistakes: readonly string[]
  /** Goes to a place by the address. */
  goTo(hash: string): Promise<void>
  /** Ends the workstation and leaves the page as it is. */
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>
  /** Starts a workstation on the same store and opens the page by its new address. */
  begin(...args: readonly string[]): Promise<void>
  close(): Promise<void>
}

/** `parfocal start …args` and a page in a window of 1280 × 800. */
export async function openSession(...args: readonly string[]): Promise<WindowSession> {
  let workstation = await startWorkstation(...args)
  let browser: Browser | null = null
  try {
    browser = await openBrowser()
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
    const page = await context.newPage()
    const mistakes = listenForMistakes(page)
    page.setDefaultTimeout(20_000)
    const opened = browser
    const session: WindowSession = {
      page,
      workstation: () => workstation,
      mistakes,
      async goTo(hash) {
        await page.evaluate(to => (location.hash = to), hash)
      },
      async end(signal) {
        workstation.process.kill(signal)
        await once(workstation.process, 'close')
      },
      async begin(...others) {
        workstation = await startWorkstation(...(others.length > 0 ? others : args))
        await page.goto(workstation.address)
        await page.getByRole('navigation', { name: 'Views' }).waitFor()
      },
      async close() {
        await opened.close()
        await workstation.stop()
      },
    }
    await page.goto(workstation.address)
    await page.getByRole('navigation', { name: 'Views' }).waitFor()
    return session
  } catch (cause) {
    await browser?.close()
    await workstation.stop()
    throw cause
  }
}

/** A folder for one file of tests. */
export function scratchPlace(): { readonly path: string; readonly remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'parfocal-window-'))
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) }
}

function listenForMistakes(page: Page): readonly string[] {
  const mistakes: string[] = []
  page.on('pageerror', error => mistakes.push(String(error)))
  page.on('console', message => {
    if (message.type() === 'error') mistakes.push(message.text())
  })
  return mistakes
}
