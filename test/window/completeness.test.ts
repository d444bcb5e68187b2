import { rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findBrowser } from '../support/browser.ts'
import { pictureOf, shareChanged } from '../support/canvas-picture.ts'
import { parfocal } from '../support/command-line.ts'
import { openSession, scratchPlace, type WindowSession } from '../support/window-session.ts'

const PLATE = '--wells 24 --fields 2 --channels 2 --size 64x64 --seed 4 --defects none'

describe.skipIf(findBrowser() === null)('a plate of which images did not come', () => {
  const scratch = scratchPlace()
  const plate = join(scratch.path, 'plate')
  let session: WindowSession
  let page: Page

  beforeAll(async () => {
    await parfocal(['simulate', 'plate', ...PLATE.split(' ')], scratch.path)
    // Images before and after these are here, so that nothing is awaited any more.
    const images = join(plate, 'TimePoint_1')
    rmSync(join(images, 'simulated-4_B03_s1_w2.tif'))
    rmSync(join(images, 'simulated-4_C04_s2_w1.tif'))
    session = await openSession(plate, '--store', join(scratch.path, 'store'))
    page = session.page
    await session.goTo('#/plate/1')
    await page.getByText('94 of 96 images are here.').waitFor()
  })

  afterAll(async () => {
    await session?.close()
    scratch.remove()
  })

  test('names its wells with a hole, marks them, and goes there', async () => {
    const panel = page.getByRole('region', { name: 'Completeness' })
    const holes = panel.getByRole('list', { name: 'Wells with a hole' })
    await holes.waitFor()
    expect(await holes.getByRole('button').allTextContents()).toEqual(['B031', 'C041'])
    const wells = page.getByRole('application')
    const before = await pictureOf(wells)
    await holes.getByRole('button', { name: /^B03/ }).focus()
    await page.keyboard.press('Enter')
    const lost = page.getByRole('list', { name: 'Images of B03 that did not come' })
    await lost.getByText('site 1, FITC').waitFor()
    expect(shareChanged(before, await pictureOf(wells))).toBeGreaterThan(0)
  })

  test('shows fields where they lie, and leads to one by the keyboard', async () => {
    const map = page.getByRole('list', { name: 'Fields of B03 where they are in it' })
    const fields = map.getByRole('link')
    await expect.poll(() => fields.count()).toBe(2)
    await fields.nth(1).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'B03 · site 2' }).waitFor()
    const imaging = page.getByRole('region', { name: 'Imaging' })
    await imaging.getByText('ImageXpress, by its index').waitFor()
    await imaging.getByText('0.65 µm').waitFor()
    expect(session.mistakes).toEqual([])
  })
})
