import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findBrowser, openBrowser } from '../support/browser.ts'
import { startWorkstation, type RunningWorkstation } from '../support/open-window.ts'

/** A quality view with a mistake in it. */
const BROKEN = `
  export const createQualityStore = () => ({})
  export const QualityView = () => { throw new Error('no such lamp') }
`

describe.skipIf(findBrowser() === null)('a view with a mistake in it', () => {
  const scratch = mkdtempSync(join(tmpdir(), 'parfocal-broken-'))
  let browser: Browser
  let workstation: RunningWorkstation

  beforeAll(async () => {
    workstation = await startWorkstation(scratch, '--store', join(`${scratch}-store`))
    browser = await openBrowser()
  })

  afterAll(async () => {
    await browser?.close()
    await workstation?.stop()
    for (const folder of [scratch, `${scratch}-store`]) {
      rmSync(folder, { recursive: true, force: true })
    }
  })

  test('says so, writes it to the log, and leaves the others as they are', async () => {
    const page = await browser.newPage()
    page.setDefaultTimeout(15_000)
    await page.route('**/assets/quality-*.js', route =>
      route.fulfill({ contentType: 'text/javascript', body: BROKEN }),
    )
    await page.goto(workstation.address)
    await page.getByRole('navigation', { name: 'Views' }).waitFor()
    await page.evaluate(() => (location.hash = '#/quality/1'))
    await page.getByRole('heading', { name: 'This view broke.' }).waitFor()
    await page.getByText(/wrote it to its log \(T-/).waitFor()
    const log = readFileSync(join(`${scratch}-store`, 'parfocal.log'), 'utf8')
    expect(log).toContain('in the window: Error: no such lamp')
    await page.evaluate(() => (location.hash = '#/'))
    await page.getByText('No plate yet').waitFor()
  })
})
