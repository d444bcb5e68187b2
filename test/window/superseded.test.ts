import { renameSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findBrowser } from '../support/browser.ts'
import { pictureOf, shareChanged } from '../support/canvas-picture.ts'
import { parfocal } from '../support/command-line.ts'
import { openSession, scratchPlace, type WindowSession } from '../support/window-session.ts'

/** Out of focus everywhere, but for A01 when it is imaged again. */
const PLATE =
  '--wells 4 --fields 1 --channels 2 --size 256x256 --seed 4 --defects defocus:1 --again A01'

describe.skipIf(findBrowser() === null)('a well that is imaged again while somebody looks', () => {
  const scratch = scratchPlace()
  const plate = join(scratch.path, 'plate')
  const later = join(scratch.path, 'again')
  let session: WindowSession
  let page: Page

  beforeAll(async () => {
    await parfocal(['simulate', 'plate', ...PLATE.split(' ')], scratch.path)
    // The second run comes when the test says so.
    renameSync(join(plate, 'again'), later)
    session = await openSession(plate, '--store', join(scratch.path, 'store'))
    page = session.page
    await page.getByText('8 of 8').waitFor()
  })

  afterAll(async () => {
    await session?.close()
    scratch.remove()
  })

  test('fails at first, is in the queue, and is put on the list', async () => {
    await session.goTo('#/plate/1')
    await page.getByRole('application', { name: 'Wells: 4 fail' }).waitFor()
    await session.goTo('#/review/1')
    const queue = page.getByRole('list', { name: 'Images to review, worst first' })
    await queue.getByRole('button', { name: /A01, site 1, DAPI/ }).click()
    await page.keyboard.press('i')
    await page.getByText('1 of 8 decided', { exact: true }).waitFor()
    await session.goTo('#/reacquire/1')
    await page.getByText('5 open, 0 imaged again').waitFor()
    expect(await listed('A01')).toEqual(['open', 'open'])
  })

  test('turns to a pass on the plate, without a hand on the window', async () => {
    await session.goTo('#/plate/1')
    const wells = page.getByRole('application')
    await wells.waitFor()
    const before = await pictureOf(wells)
    renameSync(later, join(plate, 'again'))
    await page
      .getByRole('application', { name: /Wells: (1 pass; 3 fail|3 fail; 1 pass)/ })
      .waitFor()
    expect(shareChanged(before, await pictureOf(wells))).toBeGreaterThan(0.01)
  })

  test('is gone from the queue, and closed on the list', async () => {
    await session.goTo('#/review/1')
    await page.getByText(/ of 6 decided$/).waitFor()
    expect(await page.getByRole('button', { name: /A01/ }).count()).toBe(0)
    await session.goTo('#/reacquire/1')
    await page.getByText('3 open, 2 imaged again').waitFor()
    expect(await listed('A01')).toEqual(['imaged again: pass', 'imaged again: pass'])
    expect(await listed('A02')).toEqual(['open'])
  })

  test('shows before and after side by side, and the way from the old images to the new', async () => {
    await session.goTo('#/plate/1')
    const wells = page.getByRole('application')
    await wells.focus()
    await page.keyboard.press('Home')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'A01 · site 1' }).waitFor()
    const verdicts = page.getByRole('region', { name: 'Verdicts' })
    await verdicts.getByText('Took the place of an earlier image.').first().waitFor()
    const canvas = page.locator('canvas[role=img][data-complete=true]')
    await canvas.waitFor()
    const alone = await pictureOf(canvas)
    const compare = page.getByRole('combobox', { name: 'Compare with' })
    await compare.selectOption({ label: 'before: run 1' })
    await page.getByText('Right: A01 · site 1, run 1').waitFor()
    await canvas.waitFor()
    await expect.poll(async () => shareChanged(alone, await pictureOf(canvas))).toBeGreaterThan(0.1)

    const before = await compare
      .locator('option', { hasText: 'before: run 1' })
      .getAttribute('value')
    const now = new URL(page.url()).hash
    await session.goTo(`#/field/1/${before!}`)
    await page.getByText('This field was imaged again.').waitFor()
    await page.getByRole('button', { name: 'Show the newer images' }).click()
    await verdicts.getByText('Took the place of an earlier image.').first().waitFor()
    expect(now.startsWith(new URL(page.url()).hash)).toBe(true)
    expect(session.mistakes).toEqual([])
  })

  /** How the items of a well stand on the list of what to image again. */
  function listed(well: string): Promise<readonly string[]> {
    const rows = page
      .getByRole('row')
      .filter({ has: page.getByRole('cell', { name: well, exact: true }) })
    return rows.locator('td:last-child').allTextContents()
  }
})

describe.skipIf(findBrowser() === null)('a plate that another instrument images again', () => {
  const scratch = scratchPlace()
  const acquisitions = join(scratch.path, 'acquisitions')
  const later = join(scratch.path, 'later')
  let session: WindowSession
  let page: Page

  beforeAll(async () => {
    const plate = '--wells 4 --fields 1 --channels 2 --size 256x256 --seed 4'.split(' ')
    const blurred = [...plate, '--defects', 'defocus:1']
    await parfocal(['simulate', join('acquisitions', 'first'), ...blurred], scratch.path)
    const other = [...plate, '--defects', 'missing:0.3', '--naming', 'ome-tiff']
    await parfocal(['simulate', 'later', ...other], scratch.path)
    session = await openSession(acquisitions, '--store', join(scratch.path, 'store'))
    page = session.page
    await page.getByText('8 of 8').waitFor()
  })

  afterAll(async () => {
    await session?.close()
    scratch.remove()
  })

  test('has both runs in its history, each as its own index says it', async () => {
    await session.goTo('#/plate/1')
    await page.getByRole('application', { name: 'Wells: 4 fail' }).waitFor()
    await page.getByRole('region', { name: 'Imaging run', exact: true }).waitFor()
    renameSync(later, join(acquisitions, 'second'))
    const runs = page.getByRole('region', { name: '2 imaging runs' })
    await runs.getByText('Imaged again, in part or whole, by run 2.').waitFor()
    await runs.getByText('OME-TIFF, by its index').waitFor()
    await runs.getByText('ImageXpress, by its index').waitFor()
    await page.getByText('All 8 images are here.').waitFor()
    expect(session.mistakes).toEqual([])
  })
})
