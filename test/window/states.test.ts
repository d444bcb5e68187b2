import { mkdirSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findBrowser } from '../support/browser.ts'
import { finishedPlate } from '../support/window-places.ts'
import { openSession, scratchPlace, type WindowSession } from '../support/window-session.ts'

const PLATE =
  '--wells 4 --fields 1 --channels 2 --size 256x256 --seed 4 --defects truncated:0.3,defocus:0.3'

describe.skipIf(findBrowser() === null)('what the window says', () => {
  const scratch = scratchPlace()
  const nothing = join(scratch.path, 'nothing')
  const emptyStore = join(scratch.path, 'empty-store')
  let folder: string
  let store: string
  let port: string
  let session: WindowSession
  let page: Page

  beforeAll(async () => {
    const plate = finishedPlate(scratch.path, PLATE, '--quality-only')
    folder = plate.folder
    store = plate.store
    mkdirSync(nothing)
    session = await openSession(nothing, '--store', emptyStore)
    page = session.page
    port = new URL(session.workstation().address).port
  })

  afterAll(async () => {
    await session?.close()
    scratch.remove()
  })

  test('while there is no plate: where plates will come from', async () => {
    await says('No plate yet. As soon as images settle in a watched folder')
    await session.goTo('#/review')
    await says('Nothing to review: no image on any plate is flagged.')
  })

  test.each([
    ['#/plate/99', 'The plate could not be opened.'],
    ['#/quality/99', 'The plate could not be opened.'],
    ['#/review/99', 'The queue could not be opened.'],
    ['#/reacquire/99', 'The list could not be made.'],
  ])('about %s, a plate that does not exist: that, and the way back', async (place, title) => {
    await session.goTo(place)
    const alert = page.getByRole('alert').filter({ hasText: title })
    await alert.getByText('This plate is not in the store. Go back to the list').waitFor()
    await alert.getByRole('button', { name: 'Try again' }).waitFor()
  })

  test('about a field that does not exist', async () => {
    await session.goTo('#/field/1/99')
    await says('This field is not in the store. Go back to its plate and choose again.')
  })

  test('when its host is killed: that it does not answer; the next one takes over at the same place', async () => {
    await session.goTo('#/plates')
    await session.end('SIGKILL')
    await says('Parfocal does not answer; it is tried again and again.')
    // What somebody asks meanwhile is told apart from an answer.
    await session.goTo('#/plate/1')
    await says('Check that it is still running, then try again.')
    await session.begin(folder, '--store', store, '--port', port)
    // The new address comes back to the same place.
    await page.getByRole('application').waitFor()
    expect(await page.getByText('Parfocal does not answer').count()).toBe(0)
  })

  test('while a slow host has not answered: what is being opened', async () => {
    const gate = Promise.withResolvers<void>()
    await page.route('**/api/plates.open', async route => {
      await gate.promise
      await route.continue()
    })
    await session.goTo('#/plates')
    await page.reload()
    await page.getByRole('link', { name: 'simulated-4', exact: true }).click()
    await says('Opening the plate…')
    gate.resolve()
    await page.getByRole('application').waitFor()
    await page.unroute('**/api/plates.open')
  })

  test('about a plane that cannot be read: what is wrong with the file and what to do', async () => {
    await page.getByText('Table', { exact: true }).click()
    const row = page.getByRole('row').filter({ hasText: 'unreadable' }).first()
    await row.dblclick()
    await page.getByRole('heading', { name: /· site 1$/ }).waitFor()
    const verdicts = page.getByRole('region', { name: 'Verdicts' })
    await verdicts
      .getByText(/^The file ends before its image does .* image this plane again\.$/)
      .waitFor()
  })

  test('while a folder is away: which, and that its watch goes on; nothing once it is back', async () => {
    const away = join(scratch.path, 'away')
    renameSync(folder, away)
    await says(`${folder} is`)
    await session.goTo('#/plates')
    await page
      .getByRole('row', { name: new RegExp(`^${folder}`) })
      .getByText(/away|offline/)
      .first()
      .waitFor()
    renameSync(away, folder)
    await page.getByText(`${folder} is`).waitFor({ state: 'detached' })
  })

  test('about a decision that cannot be kept: that it is not saved, and it is not shown as if it were', async () => {
    await session.goTo('#/review/1')
    await page.getByText(/^0 of \d+ decided$/).waitFor()
    const other = new Database(join(store, 'parfocal.sqlite'))
    other.exec('BEGIN IMMEDIATE')
    await page.keyboard.press('i')
    await says('not saved.', 30_000)
    await page.getByText(/^0 of \d+ decided$/).waitFor()
    other.exec('ROLLBACK')
    other.close()
    await page.keyboard.press('i')
    await page.getByText(/^1 of \d+ decided$/).waitFor()
    await page.locator('section[aria-label=Review][aria-busy=false]').waitFor()
  })

  async function says(words: string, timeout = 20_000): Promise<void> {
    await page.getByText(words).first().waitFor({ timeout })
  }
})
