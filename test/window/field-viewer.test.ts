import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { numberText } from '#core/quality/rule-text.ts'
import { findBrowser } from '../support/browser.ts'
import { brightnessOf, pictureOf, shareChanged } from '../support/canvas-picture.ts'
import { firstPage } from '../support/first-page.ts'
import { parfocal } from '../support/command-line.ts'
import { finishedPlate } from '../support/window-places.ts'
import { openSession, scratchPlace, type WindowSession } from '../support/window-session.ts'

type CsvRow = Readonly<Record<string, string>>

/** 4 wells of a plate of 2 × 3: both fields of B01 are out of focus, one of A02 is. */
const PLATE = '--wells 4 --fields 2 --channels 2 --seed 4 --defects defocus:0.4'

describe.skipIf(findBrowser() === null)('looking at a field', () => {
  const scratch = scratchPlace()
  let session: WindowSession
  let page: Page
  let images: readonly CsvRow[]
  let objects: readonly CsvRow[]

  beforeAll(async () => {
    const { folder, store } = finishedPlate(scratch.path, PLATE)
    await parfocal(['export', store, '--to', 'csv', '--as', 'csv'], scratch.path)
    images = readCsv(join(scratch.path, 'csv/image.csv'))
    objects = readCsv(join(scratch.path, 'csv/object.csv'))
    session = await openSession(folder, '--store', store)
    page = session.page
  })

  afterAll(async () => {
    await session?.close()
    scratch.remove()
  })

  test('a well is opened by keys, and from it a field and an object', async () => {
    await session.goTo('#/plate/1')
    const plate = page.getByRole('application')
    await plate.focus()
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Enter')
    await fieldOnScreen(page)
    const [well] = placeOnScreen(await title(page))
    expect(well).toBe('A02')
    await page.keyboard.press('[')
    await page.getByRole('heading', { name: 'A02 · site 1' }).waitFor()
    await page.keyboard.press(']')
    await page.getByRole('heading', { name: 'A02 · site 2' }).waitFor()
    await fieldOnScreen(page)

    const rows = objectsOf('A02', '2')
    await page.getByRole('button', { name: `Table of ${rows.length} objects` }).press('Enter')
    const table = page.getByRole('region', { name: 'Objects of this field' })
    await table.getByRole('button', { name: '7', exact: true }).press('Enter')
    const cells = await table.locator('tr[data-chosen=true] td').allTextContents()
    const exported = measuresOf(rows[6]!)
    expect(cells).toEqual(exported.map(([, value]) => shownText(value)))
    // The same in the panel beside the image, by name.
    const panel = page.getByRole('region', { name: 'Object 7', exact: true })
    expect(await panel.locator('dt').allTextContents()).toHaveLength(exported.length)
    expect(await panel.locator('dd').allTextContents()).toEqual(cells)
    await page.getByRole('button', { name: /^Table of/ }).press('Enter')
  })

  test('values under the cursor are the pixels of the file, and the object is the one of the label image', async () => {
    await openField('A01', '1')
    const image = imageOf('A01', '1')
    const row = objectsOf('A01', '1').find(
      each => Number(each['Nuclei_AreaShape_Solidity']) > 0.97,
    )!
    const x = Math.floor(Number(row['Nuclei_Location_Center_X']))
    const y = Math.floor(Number(row['Nuclei_Location_Center_Y']))
    const points = [
      [x, y],
      [3, 5],
      [300, 200],
      [508, 509],
    ] as const
    for (const [column, line] of points) {
      await pointAt(column, line)
      const text = await readoutAt(column, line)
      for (const channel of ['DAPI', 'FITC']) {
        const file = await firstPage(
          join(image[`PathName_${channel}`]!, image[`FileName_${channel}`]!),
        )
        expect(text).toContain(`${channel} ${file.pixels[line * file.width + column]!}`)
      }
    }
    await pointAt(x, y)
    expect(await readoutAt(x, y)).toContain(`Object ${row['ObjectNumber']!}`)
    const panel = page.getByRole('region', { name: `Object ${row['ObjectNumber']!}`, exact: true })
    const expected = measuresOf(row).map(([, value]) => shownText(value))
    expect(await panel.locator('dd').allTextContents()).toEqual(expected)
  })

  test('contrast typed as numbers changes the picture, and the same numbers give the same picture', async () => {
    await openField('A01', '1')
    const canvas = page.locator('canvas[role=img]')
    const full = page.getByRole('textbox', { name: 'DAPI full' })
    const usual = await full.inputValue()
    const before = await pictureOf(canvas)
    await full.fill(String(Math.round(Number(usual) / 8)))
    await full.press('Enter')
    await expect
      .poll(async () => brightnessOf(await pictureOf(canvas)))
      .toBeGreaterThan(1.2 * brightnessOf(before))
    expect(await page.getByRole('combobox', { name: 'Contrast of DAPI' }).inputValue()).toBe('hand')
    await full.fill(usual)
    await full.press('Enter')
    await expect.poll(async () => shareChanged(before, await pictureOf(canvas))).toBe(0)
  })

  test('outlines come and go by their key', async () => {
    await openField('A01', '1')
    const canvas = page.locator('canvas[role=img]')
    const before = await pictureOf(canvas)
    const button = page.getByRole('button', { name: /^Outlines/ })
    await page.keyboard.press('o')
    await expect
      .poll(async () => shareChanged(before, await pictureOf(canvas)))
      .toBeGreaterThan(0.01)
    expect(await button.getAttribute('aria-pressed')).toBe('true')
    await page.keyboard.press('o')
    await expect.poll(async () => shareChanged(before, await pictureOf(canvas))).toBe(0)
    expect(await button.getAttribute('aria-pressed')).toBe('false')
  })

  test('nothing is said of networks where none was asked', async () => {
    await openField('A01', '1')
    await page.getByRole('region', { name: 'Overlays' }).waitFor()
    expect(await page.getByRole('region', { name: 'Prediction' }).count()).toBe(0)
    const maps = page.getByLabel('Map', { exact: true }).locator('option')
    expect(await maps.allTextContents()).toEqual(['none', 'local sharpness', 'saturation'])
  })

  test('why a plane was flagged says the rule, what was measured and the limit', async () => {
    const failing = images.find(row => row['Metadata_Verdict_DAPI'] === 'fail')!
    await openField(failing['Metadata_Well']!, failing['Metadata_Site']!)
    await page.keyboard.press('w')
    const panel = page.getByRole('region', { name: 'Why was this flagged?' })
    await panel.getByText('DAPI fails:').waitFor()
    const sharpness = Number(failing['ImageQuality_edge_sharpness_DAPI'])
    await panel.getByText(`edge sharpness ${numberText(sharpness)}, limit 0.07`).waitFor()
    await panel.getByText(/Fails as out of focus when edge sharpness is below 0\.07\./).waitFor()
    await page.keyboard.press('w')
    await panel.waitFor({ state: 'detached' })
  })

  test('a flagged field is compared with one whose planes pass, side by side and in turn', async () => {
    const failing = images.find(row => row['Metadata_Verdict_DAPI'] === 'fail')!
    await openField(failing['Metadata_Well']!, failing['Metadata_Site']!)
    const canvas = page.locator('canvas[role=img]')
    const alone = await pictureOf(canvas)
    await page.keyboard.press('c')
    const right = page.getByText(/^Right: /)
    await right.waitFor()
    const [well, site] = placeOnScreen((await right.textContent())!)
    expect(imageOf(well, site)['Metadata_Verdict_DAPI']).toBe('pass')
    await fieldOnScreen(page)
    const beside = await pictureOf(canvas)
    expect(shareChanged(alone, beside)).toBeGreaterThan(0.1)
    await page.getByText('In turn', { exact: true }).click()
    await page.getByRole('button', { name: /^Show / }).click()
    await page.getByRole('button', { name: /^Show .*\(good\)$/ }).waitFor()
    await page.getByRole('button', { name: 'End the comparison' }).click()
    await expect.poll(async () => shareChanged(alone, await pictureOf(canvas))).toBe(0)
  })

  test('the page made no mistake meanwhile', () => {
    expect(session.mistakes).toEqual([])
  })

  function imageOf(well: string, site: string): CsvRow {
    return images.find(row => row['Metadata_Well'] === well && row['Metadata_Site'] === site)!
  }

  function objectsOf(well: string, site: string): readonly CsvRow[] {
    return objects.filter(row => row['Metadata_Well'] === well && row['Metadata_Site'] === site)
  }

  async function openField(well: string, site: string): Promise<void> {
    const before = images.indexOf(imageOf(well, site))
    await session.goTo(`#/field/1/${before + 1}`)
    await page.getByRole('heading', { name: `${well} · site ${site}` }).waitFor()
    await page.mouse.move(0, 0)
    await page.locator('canvas[role=img]').press('0')
    await fieldOnScreen(page)
  }

  /** Puts the mouse on a pixel of the image: nearer and nearer by what the page says where it is. */
  async function pointAt(x: number, y: number): Promise<void> {
    const box = (await page.locator('canvas[role=img]').boundingBox())!
    let [left, top] = [box.x + box.width / 2, box.y + box.height / 2]
    for (let step = 0; step < 12; step += 1) {
      await page.mouse.move(left, top)
      const under = await readPlace()
      if (under.x === x && under.y === y) return
      left += x - under.x
      top += y - under.y
    }
    throw new Error(`The mouse does not come to ${x}, ${y}.`)
  }

  async function readPlace(): Promise<{ readonly x: number; readonly y: number }> {
    const text = await page.getByText(/^x \d+, y \d+ px/).textContent()
    const [, x, y] = /x (\d+), y (\d+) px/.exec(text!)!
    return { x: Number(x), y: Number(y) }
  }

  async function readoutAt(x: number, y: number): Promise<string> {
    const place = page.getByText(new RegExp(`^x ${x}, y ${y} px`))
    await place.waitFor()
    const line = place.locator('..')
    await line.getByText('…').first().waitFor({ state: 'detached' })
    return (await line.textContent())!
  }
})

async function fieldOnScreen(page: Page): Promise<void> {
  await page.locator('canvas[role=img][data-complete=true]').waitFor()
}

function title(page: Page): Promise<string> {
  return page.locator('h1').innerText()
}

/** `A02 · site 2` within a text. */
function placeOnScreen(text: string): readonly [well: string, site: string] {
  const [, well, site] = /([A-P]\d{2}) · site (\d+)/.exec(text)!
  return [well!, site!]
}

/** What an exported row says of the object itself, in the order of its columns. */
function measuresOf(row: CsvRow): readonly (readonly [name: string, value: string])[] {
  return Object.entries(row).filter(([name]) => name.startsWith('Nuclei_'))
}

function shownText(value: string): string {
  return value === '' ? '–' : numberText(Number(value))
}

function readCsv(path: string): readonly CsvRow[] {
  return parse(readFileSync(path, 'utf8'), { columns: true })
}
