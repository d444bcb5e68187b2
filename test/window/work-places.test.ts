import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import type { Download, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findBrowser } from '../support/browser.ts'
import { brightnessOf, pictureOf, shareChanged } from '../support/canvas-picture.ts'
import { firstPage } from '../support/first-page.ts'
import { parfocal } from '../support/command-line.ts'
import { finishedPlate } from '../support/window-places.ts'
import { openSession, scratchPlace, type WindowSession } from '../support/window-session.ts'

type CsvRow = Readonly<Record<string, string>>

const PLATE = '--wells 6 --fields 1 --channels 2 --size 256x256 --seed 4 --defects defocus:0.4'
const PLATEMAP = [
  'well,control_type,compound,dose',
  'A01,negative,DMSO,0',
  'A02,positive,nocodazole,1.5',
  'A03,sample,taxol,0.5',
  'B01,sample,taxol,3',
].join('\n')

describe.skipIf(findBrowser() === null)('a finished plate at work', () => {
  const scratch = scratchPlace()
  let session: WindowSession
  let page: Page
  let wells: readonly CsvRow[]
  let images: readonly CsvRow[]

  beforeAll(async () => {
    const { folder, store } = finishedPlate(scratch.path, PLATE)
    await parfocal(['export', store, '--to', 'csv', '--as', 'csv'], scratch.path)
    wells = readCsv(join(scratch.path, 'csv/well.csv'))
    images = readCsv(join(scratch.path, 'csv/image.csv'))
    session = await openSession(folder, '--store', store)
    page = session.page
    await session.goTo('#/plate/1')
    await page.getByRole('application').waitFor()
  })

  afterAll(async () => {
    await session?.close()
    scratch.remove()
  })

  test('a platemap with a mistake is refused by its line', async () => {
    await loadPlatemap('well,compound\nA01,DMSO\nZZ,taxol')
    await page.getByText('Line 3').waitFor()
    await page.getByRole('button', { name: 'Close this message' }).click()
  })

  test('a platemap puts controls on the plate, its columns among the colours, and stays', async () => {
    const plate = page.getByRole('application')
    const before = await pictureOf(plate)
    await loadPlatemap(PLATEMAP)
    await page.getByText('4 wells, 4 of them imaged on this plate.').waitFor()
    await page.getByRole('button', { name: 'Apply' }).click()
    const colours = page.getByRole('combobox', { name: 'Colour by' })
    await expect
      .poll(() => colours.locator('option').allTextContents())
      .toEqual(expect.arrayContaining(['Platemap: compound', 'Platemap: dose']))
    await expect.poll(async () => shareChanged(before, await pictureOf(plate))).toBeGreaterThan(0)

    await colours.selectOption({ label: 'Platemap: compound' })
    const legend = page.getByRole('complementary', { name: 'Legend and selected wells' })
    for (const compound of ['DMSO', 'nocodazole', 'taxol']) {
      await legend.getByText(compound, { exact: true }).waitFor()
    }
    await colours.selectOption({ label: 'Platemap: dose' })
    await page.keyboard.press('Escape')
    await page.getByText('Table', { exact: true }).click()
    await page.getByRole('columnheader', { name: 'Platemap: dose' }).waitFor()
    expect(await tableRow('A02')).toMatchObject({ control: 'positive', shown: '1.5' })
    expect(await tableRow('A01')).toMatchObject({ control: 'negative', shown: '0' })
    expect(await tableRow('B02')).toMatchObject({ control: '', shown: '' })

    await page.reload()
    await page.getByRole('application').waitFor()
    expect(await colours.locator('option').allTextContents()).toContain('Platemap: dose')
  })

  test('the table that is saved says what the store says of every well', async () => {
    await page
      .getByRole('combobox', { name: 'Colour by' })
      .selectOption({ label: 'Platemap: dose' })
    const saved = await download(() => page.getByRole('button', { name: 'CSV' }).click())
    expect(saved.suggestedFilename()).toBe('simulated-4 wells.csv')
    const rows = readCsv(await saved.path())
    expect(rows).toHaveLength(6)
    for (const row of rows) {
      const well = wells.find(each => each['Metadata_Well'] === row['Well'])!
      const fields = images.filter(each => each['Metadata_Well'] === row['Well'])
      const verdicts = fields.flatMap(each => [
        each['Metadata_Verdict_DAPI'],
        each['Metadata_Verdict_FITC'],
      ])
      const count = (verdict: string) => verdicts.filter(each => each === verdict).length
      expect(row).toMatchObject({
        Plate: 'simulated-4',
        Images: '2',
        Pass: String(count('pass')),
        Fail: String(count('fail')),
        CannotJudge: String(count('cannot-judge')),
        Objects: well['Count_Nuclei'],
      })
    }
    const [first] = rows
    expect(first).toMatchObject({ Well: 'A01', control: 'negative', compound: 'DMSO', dose: '0' })
  })

  test('the picture that is saved is a picture of the plate', async () => {
    await page.getByRole('combobox', { name: 'Colour by' }).selectOption({ label: 'Verdict' })
    const saved = await download(() => page.getByRole('button', { name: 'Picture' }).click())
    expect(saved.suggestedFilename()).toBe('simulated-4 wells.png')
    const path = join(scratch.path, 'saved.png')
    await saved.saveAs(path)
    const picture = await firstPage(path)
    expect(Math.min(picture.width, picture.height)).toBeGreaterThan(400)
    const brightness = brightnessOf(picture)
    expect(brightness).toBeGreaterThan(20)
    expect(brightness).toBeLessThan(250)
  })

  test('what somebody wants imaged again is on the list with name and note, and in its CSV', async () => {
    await session.goTo('#/review/1')
    await page.getByRole('img', { name: /^Image of/ }).waitFor()
    const current = page.locator('button[aria-current=true]')
    const place = await current.textContent()
    const [, well, channel] = /([A-P]\d{2}), site 1, (DAPI|FITC)/.exec(place!)!
    await page.keyboard.press('n')
    await page.keyboard.type('bubble, wash it "well"')
    await page.keyboard.press('Enter')
    await page.keyboard.press('i')
    await page.getByText(/^1 of \d+ decided$/).waitFor()
    await page.locator('section[aria-label=Review][aria-busy=false]').waitFor()
    await page.getByRole('button', { name: 'What to image again' }).click()
    await page.getByRole('heading', { name: 'Image again: simulated-4' }).waitFor()
    const row = page.getByRole('row').filter({ hasText: 'bubble, wash it' })
    const cells = await row.getByRole('cell').allTextContents()
    expect(cells[0]).toBe(well)
    expect(cells[4]).toContain(channel)
    expect(cells[6]).toBe('bubble, wash it "well"')
    expect(cells[7]).toBe('open')

    const saved = await download(() => page.getByRole('button', { name: 'Save as CSV' }).click())
    const items = readCsv(await saved.path())
    const rows = page.getByRole('row').filter({ has: page.getByRole('cell') })
    expect(items).toHaveLength(await rows.count())
    expect(items.find(({ Because }) => Because === 'decided')).toMatchObject({
      Plate: 'simulated-4',
      Well: well,
      Site: '1',
      Note: 'bubble, wash it "well"',
      State: 'open',
    })
  })

  test('the page made no mistake meanwhile', () => {
    expect(session.mistakes).toEqual([])
  })

  async function loadPlatemap(csv: string): Promise<void> {
    const chooser = page.waitForEvent('filechooser')
    await page.getByRole('button', { name: 'Platemap…' }).click()
    const file = { name: 'map.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) }
    await (await chooser).setFiles(file)
  }

  async function download(click: () => Promise<void>): Promise<Download> {
    const [saved] = await Promise.all([page.waitForEvent('download'), click()])
    return saved
  }

  /** What the table of wells says of one: its control and the number that colours it. */
  async function tableRow(well: string): Promise<{ control: string; shown: string }> {
    const cells = page.getByRole('row', { name: new RegExp(`^${well}\\b`) }).getByRole('cell')
    const texts = await cells.allTextContents()
    return { control: texts.at(-1)!, shown: texts.at(-2)! }
  }
})

function readCsv(path: string): readonly CsvRow[] {
  return parse(readFileSync(path, 'utf8'), { columns: true, bom: true })
}
