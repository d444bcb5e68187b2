import { spawn, type ChildProcess } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findBrowser, openBrowser } from '../support/browser.ts'
import { startWorkstation, type RunningWorkstation } from '../support/open-window.ts'

const ENTRY = fileURLToPath(new URL('../../src/cli/parfocal.ts', import.meta.url))
/** How long a file must be left alone before it counts as settled (intake/disk-folder.ts), ms. */
const QUIET_MS = 1_000
/** 16 wells, 2 fields, 2 channels. */
const PLANES = 64

/** When the window first showed so many verdicts, ms since 1970: the n-th entry for n + 1 verdicts. */
type Shown = readonly number[]

describe.skipIf(findBrowser() === null)('a plate that is being acquired', () => {
  const scratch = mkdtempSync(join(tmpdir(), 'parfocal-live-'))
  const folder = join(scratch, 'acquisition')
  let browser: Browser
  let workstation: RunningWorkstation
  let microscope: ChildProcess

  beforeAll(async () => {
    mkdirSync(folder)
    workstation = await startWorkstation(folder, '--store', join(scratch, 'store'))
    browser = await openBrowser()
  })

  afterAll(async () => {
    microscope?.kill()
    await browser?.close()
    await workstation?.stop()
    rmSync(scratch, { recursive: true, force: true })
  })

  test('shows verdicts soon after their files settled, at 4 planes a second', async () => {
    const page = await browser.newPage()
    await page.goto(workstation.address)
    await page.getByText('No plate yet').waitFor()
    await noteVerdicts(page)
    microscope = spawn(
      process.execPath,
      [
        ENTRY,
        'simulate',
        folder,
        ...`--wells 16 --fields 2 --channels 2 --rate 4 --defects defocus:0.1`.split(' '),
      ],
      { stdio: 'ignore' },
    )
    const shown = await verdictsShown(page)
    const settled = imageFiles(folder)
      .map(path => statSync(path).mtimeMs + QUIET_MS)
      .sort((a, b) => a - b)
    expect(settled).toHaveLength(PLANES)
    const delays = shown.map((at, i) => at - settled[i]!).sort((a, b) => a - b)
    const at95 = delays[Math.ceil(0.95 * PLANES) - 1]!
    process.stderr.write(
      `settled → on screen, ms: median ${Math.round(delays[PLANES / 2]!)}, 95 % ${Math.round(at95)}\n`,
    )
    // The goal is one second, which test/bench/latency.ts measures; a machine that is busy otherwise gets three.
    expect(at95).toBeLessThan(3_000)
  })
})

/** Writes down in the page when the sum of its verdicts grows. */
async function noteVerdicts(page: Page): Promise<void> {
  await page.evaluate(() => {
    const shown: number[] = []
    Object.assign(window, { shownVerdicts: shown })
    const count = (): void => {
      const marks = [...document.querySelectorAll('table tbody tr td:nth-child(5) > span > span')]
      const judged = marks
        .filter(mark => !/waiting/.test(mark.textContent))
        .reduce((sum, mark) => sum + Number(/\d+$/.exec(mark.textContent)?.[0] ?? 0), 0)
      while (shown.length < judged) shown.push(Date.now())
    }
    new MutationObserver(count).observe(document.body, {
      subtree: true,
      childList: true,
      characterData: true,
    })
  })
}

async function verdictsShown(page: Page): Promise<Shown> {
  const seen = await page.waitForFunction(
    planes => {
      const { shownVerdicts } = window as unknown as { readonly shownVerdicts: readonly number[] }
      return shownVerdicts.length >= planes ? shownVerdicts : null
    },
    PLANES,
    { timeout: 120_000, polling: 200 },
  )
  return (await seen.jsonValue())!
}

function imageFiles(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.tif'))
    .map(name => join(folder, name))
}
