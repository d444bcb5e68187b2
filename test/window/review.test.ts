import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findBrowser, openBrowser } from '../support/browser.ts'
import { parfocal } from '../support/command-line.ts'
import { startWorkstation, type RunningWorkstation } from '../support/open-window.ts'

const KEYS = ['a', 'r', 'i', 'u', 'a', 'r', 'i', 'u', 'a', 'r'] as const
const WORDS = { a: 'accepted', r: 'rejected', i: 'image again', u: 'not sure' } as const

describe.skipIf(findBrowser() === null)('reviewing a plate by keys', () => {
  const scratch = mkdtempSync(join(tmpdir(), 'parfocal-review-'))
  const store = join(scratch, 'store')
  let browser: Browser
  let workstation: RunningWorkstation

  beforeAll(async () => {
    const plate = '--wells 12 --fields 1 --channels 2 --size 512x512 --seed 4 --defects defocus:0.8'
    await parfocal(['simulate', 'plate', ...plate.split(' ')], scratch)
    await parfocal(['run', 'plate', '--store', 'store', '--quality-only'], scratch)
    workstation = await startWorkstation(join(scratch, 'plate'), '--store', store)
    browser = await openBrowser()
  })

  afterAll(async () => {
    await browser?.close()
    await workstation?.stop()
    rmSync(scratch, { recursive: true, force: true })
  })

  test('ten decisions are there after a reload and after a kill', async () => {
    const page = await browser.newPage()
    await page.goto(workstation.address)
    await openReview(page)
    for (const key of KEYS) await page.keyboard.press(key)
    await page.getByText(/^10 of \d+ decided$/).waitFor()
    // Shown at once; kept when the dots are gone.
    await page.locator('section[aria-label=Review][aria-busy=false]').waitFor()
    const decided = await decisions(page)
    expect(decided.filter(word => word !== '')).toEqual(KEYS.map(key => WORDS[key]))

    await page.reload()
    await page.getByText(/^10 of \d+ decided$/).waitFor()
    expect(await decisions(page)).toEqual(decided)

    workstation.process.kill('SIGKILL')
    await new Promise(resolve => workstation.process.once('close', resolve))
    workstation = await startWorkstation(join(scratch, 'plate'), '--store', store)
    await page.goto(workstation.address)
    await openReview(page)
    await page.getByText(/^10 of \d+ decided$/).waitFor()
    expect(await decisions(page)).toEqual(decided)
    await page.close()

    const verified = await parfocal(['verify', 'store', '--json'], scratch)
    expect(JSON.parse(verified.stdout)).toMatchObject({ ok: true, checked: { decisions: 10 } })
  })

  test('the next image is on screen within 100 ms', async () => {
    const page = await browser.newPage()
    await page.goto((await freshAddress()).address)
    await openReview(page)
    const times: number[] = []
    for (let i = 0; i < 8; i += 1) {
      // As long as somebody looks before they decide; a busy machine decodes meanwhile.
      await page.waitForTimeout(800)
      times.push(await timeOfStep(page))
    }
    await page.close()
    expect(median(times)).toBeLessThan(100)
  })

  test('undo takes the last decision back, and a note goes with one', async () => {
    const page = await browser.newPage()
    await page.goto((await freshAddress()).address)
    await openReview(page)
    await page.keyboard.press('n')
    await page.keyboard.type('a hair')
    await page.keyboard.press('Enter')
    await page.keyboard.press('r')
    const live = page.locator('[aria-live=polite]')
    await live.getByText('rejected. 11 of').waitFor()
    await page.keyboard.press('Control+z')
    await live.getByText('decision taken back. 10 of').waitFor()
    await page.getByText('“a hair”').waitFor()
    await page.close()
  })

  test('many at once: arrows and space select, one key decides', async () => {
    const page = await browser.newPage()
    await page.goto((await freshAddress()).address)
    await openReview(page)
    await page.keyboard.press('g')
    await page.getByRole('listbox').waitFor()
    await page.keyboard.press('Space')
    await page.keyboard.press('Shift+ArrowRight')
    await page.getByText('about 2 images').waitFor()
    await page.keyboard.press('u')
    await page.locator('[aria-live=polite]').getByText('2 images: not sure. 12 of').waitFor()
    await page.close()
  })

  /** A code lets one page in: the workstation is started anew for another. */
  async function freshAddress(): Promise<RunningWorkstation> {
    await workstation.stop()
    workstation = await startWorkstation(join(scratch, 'plate'), '--store', store)
    return workstation
  }
})

async function openReview(page: Page): Promise<void> {
  await page.locator('option', { hasText: 'simulated-4' }).waitFor({ state: 'attached' })
  await page.evaluate(() => {
    location.hash = '#/review/1'
  })
  await page.getByRole('heading', { name: 'Review of simulated-4' }).waitFor()
  await page.getByRole('img', { name: /^Image of/ }).waitFor()
}

/** What is decided about each plane of the queue as far as it is in sight, '' where nothing is. */
function decisions(page: Page): Promise<readonly string[]> {
  return page.evaluate(words => {
    const rows = [...document.querySelectorAll('ul[aria-label^="Images to review"] > li')]
    const order = (row: Element): number => Number(row.getAttribute('aria-posinset'))
    return rows
      .toSorted((a, b) => order(a) - order(b))
      .map(row => words.find(word => row.textContent.includes(word)) ?? '')
  }, Object.values(WORDS))
}

/** From the key to another picture on the canvas, ms. */
function timeOfStep(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const shown = (): string | null | undefined =>
      document.querySelector('canvas[role=img]')?.getAttribute('aria-label')
    const before = shown()
    const startedAt = performance.now()
    document.dispatchEvent(new KeyboardEvent('keydown', { key: 'j', bubbles: true }))
    while (shown() === before || shown() === undefined) {
      await new Promise(requestAnimationFrame)
    }
    return performance.now() - startedAt
  })
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!
}
