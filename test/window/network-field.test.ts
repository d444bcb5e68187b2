import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { RecordId } from '#core/brand.ts'
import { readPredictionMap } from '#workstation/pixels/read-prediction-map.ts'
import { artifactPath } from '#workstation/record/artifacts.ts'
import { all } from '#workstation/store/db.ts'
import { openStoreReader } from '#workstation/store/open-store.ts'
import { predictionMapOf } from '#workstation/store/pixel-files.ts'
import type { PredictionRow } from '#workstation/store/predictions.ts'
import { findBrowser } from '../support/browser.ts'
import { wrongOnScreen } from '../support/map-on-screen.ts'
import { networkPlate } from '../support/network-plate.ts'
import { openSession, scratchPlace, type WindowSession } from '../support/window-session.ts'
import { valueOf } from '../support/value-of.ts'

const SIDE = 256
const PLATE = `--wells 2 --fields 1 --channels 2 --size ${SIDE}x${SIDE} --seed 4`
const FIELD = { width: SIDE, height: SIDE }
/** Without a graphics card a picture takes its time. */
const PATIENCE = { timeout: 15_000 }

const MAPS = [
  ['Uncertainty', 'entropy'],
  ['Foreground probability', 'foreground'],
  ['Saliency: what decided', 'saliency'],
] as const

describe.skipIf(findBrowser() === null)('a plate that a network looked at', () => {
  const scratch = scratchPlace()
  let session: WindowSession
  let page: Page
  let store: string
  let said: readonly PredictionRow[]

  beforeAll(async () => {
    // So strict that every field is left to a person.
    const infer = { saliency: 'occlusion', abstain: { uncertainty: 0.001 } }
    const plate = await networkPlate(scratch.path, PLATE, infer)
    store = plate.store
    const reader = valueOf(openStoreReader(store))
    said = all<PredictionRow>(reader.db, 'SELECT * FROM prediction ORDER BY fieldId')
    reader.close()
    session = await openSession(plate.folder, '--store', store, '--recipe', plate.recipe)
    page = session.page
  })

  afterAll(async () => {
    await session?.close()
    scratch.remove()
  })

  test('says beside the field what the store has of it', async () => {
    await openField()
    const panel = page.getByRole('region', { name: 'Prediction' })
    const [{ uncertainty }] = said as [PredictionRow]
    const text = await panel.innerText()
    expect(text).toContain(`uncertainty ${uncertainty.toFixed(2)} of at most 0.00`)
    expect(text).toContain('paper-nuclei 1.0.0')
    expect(text).toMatch(/CPU, \d+ threads?; onnxruntime-node \d/)
  })

  test.each(MAPS)('shows the %s as its artifact has it', async (title, kind) => {
    await openField()
    await page.getByLabel('Map', { exact: true }).selectOption(title)
    await page.getByRole('slider', { name: 'Opacity' }).fill('1')
    await page.mouse.move(0, 0)
    const map = await mapOf(said[0]!.activityId, kind)
    expect(new Set(map.pixels).size).toBeGreaterThan(5)
    const canvas = page.locator('canvas[role=img]')
    await expect.poll(() => wrongOnScreen(canvas, map, FIELD), PATIENCE).toBe(0)
  })

  test('has its fields in the review', async () => {
    await session.goTo('#/review/1')
    await page.getByText('network unsure').first().waitFor()
    await page
      .getByText(/^The network is unsure: uncertainty 0\.\d+ of at most 0\.00\d*\.$/)
      .waitFor()
    await page.getByText('0 of 2 decided').waitFor()
  })

  test('the page made no mistake meanwhile', () => {
    expect(session.mistakes).toEqual([])
  })

  async function mapOf(record: RecordId, kind: string) {
    const reader = valueOf(openStoreReader(store))
    try {
      const location = predictionMapOf(reader.db, record, kind)!
      return valueOf(await readPredictionMap(artifactPath(store, location)))
    } finally {
      reader.close()
    }
  }

  async function openField(): Promise<void> {
    await session.goTo('#/plates')
    await page.getByRole('heading', { name: 'Plates', exact: true }).waitFor()
    await session.goTo(`#/field/1/${said[0]!.fieldId}`)
    await page.locator('canvas[role=img][data-complete=true]').waitFor()
    await page.locator('canvas[role=img]').press('0')
  }
})
