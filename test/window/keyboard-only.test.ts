import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findBrowser } from '../support/browser.ts'
import { parfocal } from '../support/command-line.ts'
import { openSession, scratchPlace, type WindowSession } from '../support/window-session.ts'

const PLATE = '--wells 4 --fields 2 --channels 1 --size 256x256 --seed 4 --defects defocus:0.6'
const PLANES = 8

/** No mouse: everything here is pressed, from the first page to a decision. */
describe.skipIf(findBrowser() === null)('somebody who has a keyboard only', () => {
  const scratch = scratchPlace()
  const plate = join(scratch.path, 'plate')
  let session: WindowSession
  let page: Page

  beforeAll(async () => {
    await parfocal(['simulate', 'plate', ...PLATE.split(' ')], scratch.path)
    mkdirSync(join(scratch.path, 'nothing'))
    const store = join(scratch.path, 'store')
    session = await openSession(join(scratch.path, 'nothing'), '--store', store)
    page = session.page
  })

  afterAll(async () => {
    await session?.close()
    scratch.remove()
  })

  test('comes to the content at once, and stops watching an empty folder', async () => {
    await page.keyboard.press('Tab')
    expect(await focused()).toBe('To the content')
    await page.keyboard.press('Enter')
    await tabTo(page.getByRole('button', { name: /^Stop watching/ }))
    await page.keyboard.press('Enter')
    await page
      .getByRole('heading', { name: 'Which folder does your microscope write to?' })
      .waitFor()
  })

  test('reads the keys, and is back where it was when Escape closes them', async () => {
    await tabTo(page.getByRole('button', { name: /^Settings/ }))
    await page.keyboard.press('?')
    const help = page.getByRole('dialog', { name: 'Keyboard' })
    await help.getByText('Next image').waitFor()
    await page.keyboard.press('Escape')
    await help.waitFor({ state: 'detached' })
    expect(await focused()).toContain('Settings')
  })

  test('finds a command by its words, browses to the folder and watches it', async () => {
    await page.keyboard.press('Control+k')
    await page.keyboard.type('watch folder')
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog', { name: 'Watch a folder' })
    await dialog.getByRole('button', { name: '/', exact: true }).waitFor()
    const steps = ['/', ...plate.split('/').filter(name => name !== '')]
    for (const name of steps) {
      await tabTo(dialog.getByRole('button', { name, exact: true }))
      await page.keyboard.press('Enter')
      await dialog.getByText(/images? (directly )?in it/).waitFor()
      await expectFocusKept()
    }
    await dialog.locator('code', { hasText: plate }).waitFor()
    await tabTo(dialog.getByRole('button', { name: 'Watch this folder' }))
    await page.keyboard.press('Enter')
    await dialog.waitFor({ state: 'detached' })
    await page.getByText(`${PLANES} of ${PLANES}`).waitFor()
    await expectFocusKept()
  })

  test('opens the plate, walks its wells, and opens a field', async () => {
    await tabTo(page.getByRole('link', { name: 'simulated-4', exact: true }))
    await page.keyboard.press('Enter')
    const wells = page.getByRole('application')
    await wells.waitFor()
    await tabTo(wells)
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowLeft')
    await page.getByText('B01', { exact: true }).waitFor()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: /B01 · site/ }).waitFor()
    await page.locator('canvas[role=img][data-complete=true]').waitFor()
    await expectFocusKept()
  })

  test('goes from field to field, nearer and farther', async () => {
    const title = page.locator('h1')
    const first = await title.innerText()
    await page.keyboard.press('[')
    await page.getByRole('heading', { name: 'A03 · site 2' }).waitFor()
    await page.keyboard.press(']')
    await expect.poll(() => title.innerText()).toBe(first)
    const zoom = page.getByText(/^[\d.]+ %$/)
    const fit = await zoom.innerText()
    await page.keyboard.press('+')
    await expect.poll(async () => percent(await zoom.innerText())).toBeGreaterThan(percent(fit))
    await page.keyboard.press('0')
    await expect.poll(() => zoom.innerText()).toBe(fit)
    await page.keyboard.press('-')
    await expect.poll(async () => percent(await zoom.innerText())).toBeLessThan(percent(fit))
  })

  test('goes to every view by its number', async () => {
    await page.keyboard.press('4')
    await page.getByText(`${PLANES} of ${PLANES} planes`).waitFor()
    await expectFocusKept()
    await page.keyboard.press('3')
    await page.getByRole('heading', { name: /B01 · site/ }).waitFor()
    await page.keyboard.press('2')
    await page.getByRole('application').waitFor()
    await page.keyboard.press('1')
    await page.getByRole('region', { name: 'Watched folders' }).waitFor()
    await page.keyboard.press('5')
    await page.getByRole('heading', { name: 'Review of simulated-4' }).waitFor()
  })

  test('decides, writes a note, thinks again', async () => {
    const current = page.locator('button[aria-current=true]')
    const first = await current.innerText()
    await page.keyboard.press('j')
    await expect.poll(() => current.innerText()).not.toBe(first)
    await page.keyboard.press('k')
    await expect.poll(() => current.innerText()).toBe(first)
    await page.keyboard.press('n')
    await page.keyboard.type('not this')
    await page.keyboard.press('Escape')
    await page.keyboard.press('r')
    await page.getByText(/^1 of \d+ decided$/).waitFor()
    await page.keyboard.press('Control+z')
    await page.getByText(/^0 of \d+ decided$/).waitFor()
    expect(await page.getByText('not this').count()).toBe(0)
    await expectFocusKept()
    expect(session.mistakes).toEqual([])
  })

  /** Presses Tab until something has the focus, as often as there is anything to reach. */
  async function tabTo(target: Locator): Promise<void> {
    await target.waitFor()
    for (let step = 0; step < 200; step += 1) {
      if (await target.evaluate(element => element === document.activeElement)) return
      await page.keyboard.press('Tab')
    }
    throw new Error(`Tab does not reach ${target.toString()}.`)
  }

  function focused(): Promise<string> {
    return page.evaluate(() => {
      const { activeElement, body } = document
      return activeElement === body ? '' : (activeElement?.textContent ?? '')
    })
  }

  async function expectFocusKept(): Promise<void> {
    await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).not.toBe('BODY')
  }
})

function percent(text: string): number {
  return Number.parseFloat(text)
}
