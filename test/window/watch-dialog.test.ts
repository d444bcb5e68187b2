import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findBrowser } from '../support/browser.ts'
import { parfocal } from '../support/command-line.ts'
import { openSession, scratchPlace, type WindowSession } from '../support/window-session.ts'

const PLATE = '--wells 2 --fields 2 --channels 1 --size 64x48 --seed 4 --defects none'

describe.skipIf(findBrowser() === null)('choosing a folder to watch', () => {
  const scratch = scratchPlace()
  const plate = join(scratch.path, 'plate')
  let session: WindowSession
  let page: Page
  let dialog: Locator

  beforeAll(async () => {
    await parfocal(['simulate', 'plate', '--naming', 'pattern', ...PLATE.split(' ')], scratch.path)
    const rows = ['path,well,channel', 'simulated-4_A01_s1_DAPI.tif,H12,DNA', 'gone.tif,H11,DNA']
    writeFileSync(join(plate, 'map.csv'), rows.join('\n'))
    mkdirSync(join(scratch.path, 'nothing'))
    const store = join(scratch.path, 'store')
    session = await openSession(join(scratch.path, 'nothing'), '--store', store)
    page = session.page
    dialog = page.getByRole('dialog', { name: 'Watch a folder' })
    await page.keyboard.press('Control+o')
    const steps = ['/', ...plate.split('/').filter(name => name !== '')]
    for (const name of steps) await dialog.getByRole('button', { name, exact: true }).click()
  })

  afterAll(async () => {
    await session?.close()
    scratch.remove()
  })

  test('shows how it would be read, as soon as the folder is chosen', async () => {
    await dialog.getByText('of 4 images').waitFor()
    await dialog.getByText('simulated-4_A01_s1_DAPI.tif', { exact: true }).waitFor()
  })

  test('offers every instrument that there is', async () => {
    const naming = dialog.getByLabel('Wells and channels')
    const options = await naming.locator('option').allInnerTexts()
    expect(options).toEqual(expect.arrayContaining(['ImageXpress', 'ImageXpress HCS.ai']))
  })

  test('marks what a pattern matches while it is typed, and says what is wrong with one', async () => {
    await dialog
      .getByLabel('Wells and channels')
      .selectOption({ label: 'By a pattern with named groups' })
    const pattern = dialog.getByLabel('Pattern')
    await pattern.fill('_(?<well>[A-H]')
    await dialog.getByText(/^It must be a regular expression/).waitFor()
    expect(await pattern.getAttribute('aria-invalid')).toBe('true')
    await pattern.pressSequentially('\\d\\d)_s(?<site>\\d)')
    await dialog.locator('mark', { hasText: 'A01' }).first().waitFor()
    const row = dialog.getByRole('row', { name: /simulated-4_A02_s2/ })
    expect(await row.locator('mark').allInnerTexts()).toEqual(['A02', '2'])
    expect(await row.getByRole('cell').allInnerTexts()).toEqual([
      'simulated-4_A02_s2_DAPI.tif',
      'plate',
      'A02',
      '2',
      'w1',
      '1',
      '1',
    ])
    expect(await pattern.getAttribute('aria-invalid')).toBe('false')
  })

  test('reads by a table in the folder, and refuses one elsewhere', async () => {
    await dialog
      .getByLabel('Wells and channels')
      .selectOption({ label: 'By a table in the folder (CSV)' })
    const table = dialog.getByLabel('Table, by its path in the folder')
    await table.fill('../map.csv')
    await dialog.getByText(/^It must be a table/).waitFor()
    await table.fill('map.csv')
    await dialog.getByText(/by the table · 2 wells · DNA · 1 of 2 planes · 1 missing/).waitFor()
  })

  test('can be told how a folder says that its files are finished', async () => {
    await dialog.locator('summary', { hasText: 'More' }).click()
    const watch = dialog.getByRole('button', { name: 'Watch this folder' })
    const seconds = dialog.getByLabel('Seconds that a file must stay unchanged')
    await seconds.fill('4000')
    await seconds.press('Enter')
    expect(await watch.isDisabled()).toBe(true)
    await seconds.fill('1')
    await seconds.press('Enter')
    expect(await watch.isDisabled()).toBe(false)
    await dialog.getByLabel('How new files are noticed').selectOption('polling')
  })

  test.each(['dark', 'light'] as const)('can be used by everybody, %s', async colorScheme => {
    await page.emulateMedia({ colorScheme })
    const { violations } = await new AxeBuilder({ page }).include('dialog').analyze()
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
  })

  test('watches it as was asked', async () => {
    await dialog.getByRole('button', { name: 'Watch this folder' }).click()
    await dialog.waitFor({ state: 'detached' })
    await page.getByRole('row', { name: /plate/ }).getByText('1 of 2').waitFor()
    expect(session.mistakes).toEqual([])
  })

  test('shows how a folder is watched, and changes it, by keys alone', async () => {
    const change = page.getByRole('button', { name: `Change how ${plate} is watched` })
    await change.focus()
    await page.keyboard.press('Enter')
    const changing = page.getByRole('dialog', { name: 'Change how a folder is watched' })
    await changing.getByText(/by the table · 2 wells/).waitFor()
    const table = changing.getByLabel('Table, by its path in the folder')
    expect(await table.inputValue()).toBe('map.csv')
    const seconds = changing.getByLabel('Seconds that a file must stay unchanged')
    expect(await seconds.inputValue()).toBe('1')
    expect(await changing.getByLabel('How new files are noticed').inputValue()).toBe('polling')
    const marker = changing.getByLabel('File that says that images are whole')
    await marker.focus()
    await page.keyboard.type('**')
    const again = changing.getByRole('button', { name: 'Read it again' })
    await again.focus()
    await page.keyboard.press('Enter')
    await changing
      .getByRole('alert')
      .getByText(/at most one \*/)
      .waitFor()
    await marker.fill('*.done')
    const { violations } = await new AxeBuilder({ page }).include('dialog').analyze()
    expect(violations.map(({ id }) => id)).toEqual([])
    await again.focus()
    await page.keyboard.press('Enter')
    await changing.waitFor({ state: 'detached' })
    await page.getByText(/waiting for \*\.done/).waitFor()
    expect(session.mistakes).toEqual([])
  })
})
