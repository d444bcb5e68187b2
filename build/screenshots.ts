/**
 * `npm run screenshots`: every view at 1280×800 and 1920×1080, dark and light; the empty window, a busy one, one that
 * fails. They go to `out/screenshots`; `--readme` renews the picture in `docs/` too.
 */
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { openBrowser } from '../test/support/browser.ts'
import { startWorkstation } from '../test/support/open-window.ts'
import { predictFields } from '../test/support/predicted-fields.ts'
import { finishedPlate, placesOf } from '../test/support/window-places.ts'
import { freshenBundles, root } from './bundles.ts'

const SIZES = [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
] as const
const THEMES = ['dark', 'light'] as const
/** How long a live plate is left to arrive before it is pictured, ms. */
const WHILE_BUSY_MS = 25_000
/** Time for pixels to come and charts to be drawn, ms. */
const TO_SETTLE_MS = 1_500

const target = join(root, 'out/screenshots')
const scratch = mkdtempSync(join(tmpdir(), 'parfocal-screenshots-'))
freshenBundles()
mkdirSync(target, { recursive: true })
const browser = await openBrowser()
try {
  const { folder, store } = finishedPlate(scratch, '--wells 24 --fields 2 --channels 3 --seed 4')
  await predictFields(store)
  await picture([folder, '--store', store], async (page, shoot) => {
    for (const { name, go } of placesOf()) {
      await go(page)
      await shoot(name)
    }
    await page.evaluate(() => (location.hash = '#/models/1'))
    await page.getByRole('button', { name: 'Retire…' }).click()
    await shoot('model-change')
    await page.keyboard.press('Escape')
    await page.evaluate(() => (location.hash = '#/models'))
    await page.getByRole('button', { name: /^Add a model/ }).click()
    await shoot('model-add')
    await page.keyboard.press('Escape')
    await page.evaluate(() => (location.hash = '#/field/1/1'))
    await page.getByLabel('Map', { exact: true }).selectOption('Uncertainty')
    await page.getByRole('slider', { name: 'Opacity' }).scrollIntoViewIfNeeded()
    await shoot('field-uncertainty')
    await page.evaluate(() => (location.hash = '#/review/1'))
    await page.getByText('network unsure').first().click()
    await shoot('review-network')
    await page.keyboard.press('?')
    await shoot('keyboard')
    await page.keyboard.press('Escape')
    await page.keyboard.press('Control+k')
    await shoot('palette')
    await page.keyboard.press('Escape')
  })
  await picture(['--store', join(scratch, 'live')], async (page, shoot) => {
    await page
      .getByRole('link', { name: /simulated/ })
      .first()
      .click()
    await page.waitForTimeout(WHILE_BUSY_MS)
    await shoot('busy-plate')
    await page.keyboard.press('4')
    await shoot('busy-quality')
    await page.keyboard.press('1')
    await shoot('busy-plates')
  })
  const empty = join(scratch, 'nothing-yet')
  mkdirSync(empty)
  await picture([empty, '--store', join(scratch, 'empty')], async (page, shoot) => {
    await page.getByText('No plate yet').waitFor()
    await shoot('empty-plates')
    await page.evaluate(() => (location.hash = '#/review'))
    await shoot('empty-review')
    await page.evaluate(() => (location.hash = '#/models'))
    await shoot('empty-models')
    await page.evaluate(() => (location.hash = '#/plate/99'))
    await shoot('failing-plate')
    rmSync(empty, { recursive: true })
    await page.evaluate(() => (location.hash = '#/'))
    await page.getByText('is offline').first().waitFor()
    await shoot('failing-offline')
    await page.getByRole('button', { name: /^Stop watching/ }).click()
    await page.getByText('Which folder').waitFor()
    await shoot('first-run')
    await page.keyboard.press('Control+o')
    await page.getByRole('dialog').waitFor()
    await shoot('folder-dialog')
  })
  if (process.argv.includes('--readme')) {
    copyFileSync(join(target, 'plate-thumbnails-dark-1280x800.png'), join(root, 'docs/window.png'))
  }
} finally {
  await browser.close()
  rmSync(scratch, { recursive: true, force: true })
}

/** Starts a workstation and walks through its window; each picture is taken in every theme and size. */
async function picture(
  args: readonly string[],
  walk: (page: Page, shoot: (name: string) => Promise<void>) => Promise<void>,
): Promise<void> {
  const workstation = await startWorkstation(...args)
  const page = await browser.newPage({ viewport: SIZES[0] })
  try {
    await page.goto(workstation.address)
    await page.getByRole('navigation', { name: 'Views' }).waitFor()
    await walk(page, async name => {
      for (const size of SIZES) {
        await page.setViewportSize(size)
        for (const theme of THEMES) {
          await page.emulateMedia({ colorScheme: theme })
          await page.waitForTimeout(TO_SETTLE_MS)
          const path = join(target, `${name}-${theme}-${size.width}x${size.height}.png`)
          await page.screenshot({ path, animations: 'disabled', caret: 'hide' })
        }
      }
      process.stdout.write(`${name}\n`)
    })
  } finally {
    await page.close()
    await workstation.stop()
  }
}
