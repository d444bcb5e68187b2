import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findBrowser } from '../support/browser.ts'
import { parfocal } from '../support/command-line.ts'
import { finishedPlate } from '../support/window-places.ts'
import { openSession, scratchPlace, type WindowSession } from '../support/window-session.ts'

const PLATE = '--wells 6 --fields 2 --channels 2 --size 256x256 --seed 4 --defects defocus:0.4'
const PLANES = 24

describe.skipIf(findBrowser() === null)('the quality dashboard', () => {
  const scratch = scratchPlace()
  let session: WindowSession
  let page: Page
  /** Edge sharpness of each plane, as exported. */
  let sharpness: readonly number[]

  beforeAll(async () => {
    const { folder, store } = finishedPlate(scratch.path, PLATE, '--quality-only')
    sharpness = await exportedSharpness(scratch.path, store)
    session = await openSession(folder, '--store', store)
    page = session.page
    await session.goTo('#/quality/1')
    await planesShown(PLANES).waitFor()
  })

  afterAll(async () => {
    await session?.close()
    scratch.remove()
  })

  test('a range typed below an axis picks out the planes that the store has in it', async () => {
    const limit = 0.07
    const below = sharpness.filter(value => value <= limit).length
    expect(below).toBeGreaterThan(0)
    const most = lines().getByRole('textbox', { name: 'Most edge sharpness' })
    await most.fill(String(limit))
    await most.press('Enter')
    await planesShown(below).waitFor()
    await expect.poll(() => rows().count()).toBe(below)
    const shown = await rows().allTextContents()
    for (const row of shown) expect(row).toContain('out of focus')
    expect(await thumbnailPlaces()).toEqual(await rowPlaces())
    await page.getByRole('button', { name: 'Show all' }).click()
    await planesShown(PLANES).waitFor()
  })

  test('dragging along an axis does the same, and a press lets all through', async () => {
    const rail = lines().locator('[class*=rails] > div').first()
    await rail.scrollIntoViewIfNeeded()
    const box = (await rail.boundingBox())!
    const x = box.x + box.width / 2
    await page.mouse.move(x, box.y + 2)
    await page.mouse.down()
    await page.mouse.move(x, box.y + box.height / 2, { steps: 5 })
    await page.mouse.up()
    const least = Number(
      await lines().getByRole('textbox', { name: 'Least edge sharpness' }).inputValue(),
    )
    const above = sharpness.filter(value => value >= least).length
    expect(above).toBeGreaterThan(0)
    expect(above).toBeLessThan(PLANES)
    await planesShown(above).waitFor()
    await expect.poll(() => rows().count()).toBe(above)
    expect(await thumbnailPlaces()).toEqual((await rowPlaces()).slice(0, 12))
    await page.mouse.click(x, box.y + box.height / 2)
    await planesShown(PLANES).waitFor()
  })

  test('a verdict and a reason narrow table and thumbnails; a row opens its field', async () => {
    const failed = sharpness.filter(value => value < 0.07).length
    await page.getByRole('button', { name: /^fail out of focus/ }).click()
    await planesShown(failed).waitFor()
    await page.getByRole('button', { name: 'Show all' }).click()
    await planesShown(PLANES).waitFor()
    const [place] = await rowPlaces()
    const [well, , site] = place!.split(' ')
    const grid = page.getByRole('grid', { name: 'Planes' })
    await grid.focus()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: `${well} · site ${site}` }).waitFor()
    await page.goBack()
    await planesShown(PLANES).waitFor()
  })

  test('another limit is previewed, saved with a reason, judged by, and taken back', async () => {
    const passing = await planesOf('pass')
    await limitField().fill('0.00001')
    await limitField().press('Enter')
    const draft = page.getByRole('region', { name: 'Changed rules' })
    await draft.getByText(/planes? of this plate would be judged otherwise\.$/).waitFor()
    const then = await draft.getByRole('row', { name: /^pass/ }).getByRole('cell').allTextContents()
    const failing = await draft
      .getByRole('row', { name: /^fail/ })
      .getByRole('cell')
      .allTextContents()
    expect(Number(then[0])).toBe(passing)
    expect(Number(then[1])).toBeGreaterThan(passing)
    const save = draft.getByRole('button', { name: 'Save and judge again' })
    expect(await save.isDisabled()).toBe(true)
    await draft.getByRole('textbox', { name: 'Why' }).fill('a test of the limit')
    await save.click()
    await draft.waitFor({ state: 'detached' })
    await expect.poll(() => planesOf('pass'), { timeout: 60_000 }).toBe(Number(then[1]))
    expect(await planesOf('fail')).toBe(Number(failing[1]))

    // The version before is one of the list.
    await page
      .getByRole('button', { name: /^Use version / })
      .first()
      .click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('textbox', { name: 'Why' }).fill('back')
    await dialog.getByRole('button', { name: 'Use and judge again' }).click()
    await expect.poll(() => planesOf('pass'), { timeout: 60_000 }).toBe(passing)
    await expect.poll(() => limitField().inputValue()).toBe('0.07')
  })

  test('the record keeps who changed the rules and why, and the store is sound', async () => {
    const verified = await parfocal(['verify', 'store', '--json'], scratch.path)
    expect(JSON.parse(verified.stdout)).toMatchObject({ ok: true })
    expect(session.mistakes).toEqual([])
  })

  /** The panel of parallel axes, thumbnails and table. */
  function lines(): Locator {
    return page.getByRole('region', { name: 'By several metrics' })
  }

  function planesShown(count: number): Locator {
    return lines().getByText(`${count} of ${PLANES} planes`, { exact: true })
  }

  function rows(): Locator {
    const cells = page.getByRole('gridcell')
    return page.getByRole('grid', { name: 'Planes' }).getByRole('row').filter({ has: cells })
  }

  async function rowPlaces(): Promise<readonly string[]> {
    const texts = await rows().allTextContents()
    return texts.map(text => PLACE.exec(text)![0])
  }

  async function thumbnailPlaces(): Promise<readonly string[]> {
    const texts = await lines().locator('button:has(canvas)').allTextContents()
    return texts.map(text => PLACE.exec(text)![0])
  }

  function limitField(): Locator {
    const rules = page.getByRole('region', { name: 'Rules', exact: true })
    return rules.getByRole('textbox', { name: 'Least edge sharpness', exact: true })
  }

  async function planesOf(verdict: 'pass' | 'fail'): Promise<number> {
    const verdicts = page.getByRole('group', { name: 'Show only' })
    const button = verdicts.getByRole('button', { name: new RegExp(`^${verdict}`) })
    return Number(await button.locator('[class*=count]').textContent())
  }
})

/** Where a plane is, as rows and thumbnails say it. */
const PLACE = /[A-P]\d{2} site \d (DAPI|FITC)/

async function exportedSharpness(folder: string, store: string): Promise<readonly number[]> {
  await parfocal(['export', store, '--to', 'csv', '--as', 'csv'], folder)
  const fields: readonly Readonly<Record<string, string>>[] = parse(
    readFileSync(join(folder, 'csv/image.csv'), 'utf8'),
    { columns: true },
  )
  return fields.flatMap(field =>
    ['DAPI', 'FITC'].map(channel => Number(field[`ImageQuality_edge_sharpness_${channel}`])),
  )
}
