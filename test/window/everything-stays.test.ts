import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findBrowser } from '../support/browser.ts'
import { parfocal } from '../support/command-line.ts'
import { openSession, scratchPlace, type WindowSession } from '../support/window-session.ts'

const PLATE = '--wells 4 --fields 1 --channels 2 --size 256x256 --seed 4 --defects defocus:0.6'
const PLANES = 8
const PLATEMAP = 'well,control,dose\nA01,negative,0\nA02,positive,2\n'

/** What somebody would miss, as the window shows it. */
interface Kept {
  readonly theme: string | undefined
  readonly operator: string
  readonly folders: readonly string[]
  readonly plate: string
  /** How many of how many are decided. */
  readonly queue: string
  /** Decisions of the queue, in its order. */
  readonly decided: readonly string[]
  readonly platemap: readonly string[]
  readonly recipe: string
  readonly limit: string
}

interface RunReport {
  readonly plates: readonly { readonly objects: number }[]
}

describe.skipIf(findBrowser() === null)('everything that somebody did', () => {
  const scratch = scratchPlace()
  const store = join(scratch.path, 'store')
  let session: WindowSession
  let page: Page
  let before: Kept
  /** How many an undisturbed run finds. */
  let objects: number

  beforeAll(async () => {
    await parfocal(['simulate', 'plate', ...PLATE.split(' ')], scratch.path)
    const run = await parfocal(['run', 'plate', '--store', 'undisturbed', '--json'], scratch.path)
    objects = (JSON.parse(run.stdout) as RunReport).plates[0]!.objects
    mkdirSync(join(scratch.path, 'nothing'))
    session = await openSession(join(scratch.path, 'nothing'), '--store', store)
    page = session.page
  })

  afterAll(async () => {
    await session?.close()
    scratch.remove()
  })

  test('is shown as it was done', async () => {
    await watchPlate()
    await changeSettings()
    await loadPlatemap()
    await changeRule()
    await decide()
    before = await kept()
    expect(before).toMatchObject({
      theme: 'dark',
      operator: 'Mara',
      folders: expect.arrayContaining([join(scratch.path, 'plate')]) as unknown,
      platemap: ['Platemap: control', 'Platemap: dose'],
      limit: '0.2',
    })
    expect(before.decided).toEqual(['rejected', 'image again', 'not sure'])
  })

  test.each([
    '#/plate/1',
    '#/field/1/2/3',
    '#/quality/1',
    '#/review/1',
    '#/reacquire/1',
    '#/settings',
  ])('a reload comes back to %s', async place => {
    await session.goTo(place)
    // `Opening…` heads what is on its way.
    const head = page.locator('h1, h2').filter({ hasNotText: '…' }).first()
    const heading = await head.innerText()
    await page.reload()
    await page.getByRole('navigation', { name: 'Views' }).waitFor()
    expect(new URL(page.url()).hash).toBe(place)
    await expect.poll(() => head.innerText(), { timeout: 10_000 }).toBe(heading)
  })

  test('is there after a reload', async () => {
    await page.reload()
    expect(await kept()).toEqual(before)
  })

  test.each(['SIGTERM', 'SIGKILL'] as const)('is there after %s', async signal => {
    await session.end(signal)
    await session.begin('--store', store)
    expect(await kept()).toEqual(before)
  })

  test('is in a store that is sound', async () => {
    const verified = await parfocal(['verify', 'store', '--json'], scratch.path)
    expect(JSON.parse(verified.stdout)).toMatchObject({ ok: true, checked: { decisions: 3 } })
  })

  async function watchPlate(): Promise<void> {
    await page.keyboard.press('Control+o')
    const dialog = page.getByRole('dialog', { name: 'Watch a folder' })
    const steps = [
      '/',
      ...join(scratch.path, 'plate')
        .split('/')
        .filter(name => name !== ''),
    ]
    for (const name of steps) await dialog.getByRole('button', { name, exact: true }).click()
    await dialog.locator('code', { hasText: join(scratch.path, 'plate') }).waitFor()
    await dialog.getByRole('button', { name: 'Watch this folder' }).click()
    await judged()
  }

  async function changeSettings(): Promise<void> {
    await session.goTo('#/settings')
    const operator = page.getByRole('textbox', { name: 'Operator, who signs decisions' })
    await operator.fill('Mara')
    await operator.press('Enter')
    await page.getByText('Dark', { exact: true }).click()
  }

  async function loadPlatemap(): Promise<void> {
    await session.goTo('#/plate/1')
    const chooser = page.waitForEvent('filechooser')
    await page.getByRole('button', { name: 'Platemap…' }).click()
    const file = { name: 'map.csv', mimeType: 'text/csv', buffer: Buffer.from(PLATEMAP) }
    await (await chooser).setFiles(file)
    await page.getByRole('button', { name: 'Apply' }).click()
    await page.locator('option', { hasText: 'Platemap: dose' }).waitFor({ state: 'attached' })
  }

  async function changeRule(): Promise<void> {
    await session.goTo('#/quality/1')
    await limitField().fill('0.2')
    await limitField().press('Enter')
    const draft = page.getByRole('region', { name: 'Changed rules' })
    const then = draft.getByRole('row', { name: /^fail/ }).getByRole('cell').nth(1)
    const fails = await then.innerText()
    await draft.getByRole('textbox', { name: 'Why' }).fill('a sharper lens')
    await draft.getByRole('button', { name: 'Save and judge again' }).click()
    const verdicts = page.getByRole('group', { name: 'Show only' })
    await verdicts.getByRole('button', { name: new RegExp(`^fail ${fails} `) }).waitFor()
  }

  async function decide(): Promise<void> {
    await session.goTo('#/review/1')
    await page.getByRole('img', { name: /^Image of/ }).waitFor()
    for (const key of ['r', 'i', 'u']) await page.keyboard.press(key)
    const progress = await page.getByText(/^3 of \d+ decided$/).innerText()
    const left = Number(/of (\d+)/.exec(progress)![1]) - 3
    await session.goTo('#/plates')
    await page.getByRole('link', { name: `Review ${left} images of simulated-4` }).waitFor()
  }

  /** Waits until every plane has its verdict by the rules in use, and every object is told. */
  async function judged(): Promise<void> {
    await page.getByRole('row', { name: new RegExp(`${PLANES} of ${PLANES}`) }).waitFor()
    const table = page.getByRole('region', { name: 'Plates', exact: true })
    await expect.poll(() => table.innerText(), { timeout: 30_000 }).not.toContain('waiting')
    await page.getByRole('cell', { name: String(objects), exact: true }).waitFor()
  }

  function limitField() {
    const rules = page.getByRole('region', { name: 'Rules', exact: true })
    return rules.getByRole('textbox', { name: 'Least edge sharpness', exact: true })
  }

  async function kept(): Promise<Kept> {
    await session.goTo('#/plates')
    await judged()
    const plate = await page.getByRole('row', { name: /simulated-4/ }).innerText()
    await session.goTo('#/settings')
    const folders = await page.locator('table code, table [class*=path]').allInnerTexts()
    const operator = page.getByRole('textbox', { name: 'Operator, who signs decisions' })
    const name = await operator.inputValue()
    const theme = await page.evaluate(() => document.documentElement.dataset['theme'])
    await session.goTo('#/plate/1')
    await page.getByRole('application').waitFor()
    const options = await page.locator('option').allInnerTexts()
    await session.goTo('#/quality/1')
    await limitField().waitFor()
    const versions = page.getByRole('region', { name: 'Versions' })
    const recipe = await versions.locator('li', { hasText: 'in use' }).locator('code').innerText()
    const limit = await limitField().inputValue()
    await session.goTo('#/review/1')
    const queue = await page.getByText(/^3 of \d+ decided$/).innerText()
    const decided = await decidedRows()
    const platemap = options.filter(text => text.startsWith('Platemap: '))
    return { theme, operator: name, folders, plate, queue, decided, platemap, recipe, limit }
  }

  /** Of the rows in the queue's list; how many undecided ones exist in the page is the list's own affair. */
  async function decidedRows(): Promise<string[]> {
    const rows = page.locator('ul[aria-label^="Images to review"] > li')
    const decided = rows.filter({ hasText: /rejected|image again|not sure/ })
    await expect.poll(() => decided.count()).toBe(3)
    return decided.evaluateAll(items =>
      items
        .toSorted((a, b) => Number(a.ariaPosInSet) - Number(b.ariaPosInSet))
        .map(item => /rejected|image again|not sure/.exec(item.textContent)?.[0] ?? ''),
    )
  }
})
