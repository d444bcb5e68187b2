import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { PredictionMap } from '#contract/pixels.ts'
import { findBrowser } from '../support/browser.ts'
import { wrongOnScreen } from '../support/map-on-screen.ts'
import { predictFields, type PredictedField } from '../support/predicted-fields.ts'
import { finishedPlate } from '../support/window-places.ts'
import { openSession, scratchPlace, type WindowSession } from '../support/window-session.ts'

/** Side of the fields in pixels; their maps are a third of it, rounded up, so that none of them fits evenly. */
const SIDE = 256
const PLATE = `--wells 2 --fields 1 --channels 2 --size ${SIDE}x${SIDE} --seed 4`
const FIELD = { width: SIDE, height: SIDE }
/** Without a graphics card a picture takes its time. */
const PATIENCE = { timeout: 15_000 }
const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

const MAPS: readonly (readonly [title: string, kind: PredictionMap])[] = [
  ['Uncertainty', 'entropy'],
  ['Disagreement', 'mutual-information'],
  ['Foreground probability', 'foreground'],
  ['Saliency: what decided', 'saliency'],
  ['Class activation', 'class-activation'],
]

describe.skipIf(findBrowser() === null)('what networks said of a field', () => {
  const scratch = scratchPlace()
  let session: WindowSession
  let page: Page
  let doubted: PredictedField

  beforeAll(async () => {
    const { folder, store } = finishedPlate(scratch.path, PLATE)
    const [first] = await predictFields(store)
    doubted = first!
    session = await openSession(folder, '--store', store)
    page = session.page
  })

  afterAll(async () => {
    await session?.close()
    scratch.remove()
  })

  test('stands beside it: the decision, why, how sure, what ran', async () => {
    await openField()
    const panel = page.getByRole('region', { name: 'Prediction' })
    await panel.getByText('for review').waitFor()
    const text = await panel.innerText()
    for (const said of [
      'The network is unsure: uncertainty 0.62.',
      'Unlike its training images: novelty 0.998.',
      'What they say may be wrong, however sure they are.',
      'nuclei-2 1.0.0',
      '24 predictions, combined. CPU, 2 threads; ONNX Runtime 1.30.0.',
      'Fell back: CUDA was asked for first: no device with CUDA was found.',
    ]) {
      expect(text).toContain(said)
    }
  })

  test.each(MAPS)(
    '%s lies over it, each pixel what its artifact has there',
    async (title, kind) => {
      await openField()
      await page.getByLabel('Map', { exact: true }).selectOption(title)
      const opacity = page.getByRole('slider', { name: 'Opacity' })
      await opacity.fill('1')
      await page.mouse.move(0, 0)
      const map = doubted.maps.get(kind)!
      const canvas = page.locator('canvas[role=img]')
      await expect.poll(() => wrongOnScreen(canvas, map, FIELD), PATIENCE).toBe(0)
      expect(new Set(map.pixels).size).toBeGreaterThan(5)
    },
  )

  test('is read under the cursor', async () => {
    await openField()
    await page.getByLabel('Map', { exact: true }).selectOption('Foreground probability')
    await page.getByText('How probably each pixel belongs to an object.').waitFor()
    const canvas = page.locator('canvas[role=img]')
    const box = (await canvas.boundingBox())!
    const map = doubted.maps.get('foreground')!
    for (const [x, y] of [
      [0.5, 0.5],
      [0.4, 0.6],
      [0.55, 0.35],
    ] as const) {
      await page.mouse.move(box.x + x * box.width, box.y + y * box.height)
      const place = page.getByText(/^x \d+, y \d+ px/)
      await expect
        .poll(async () => {
          const line = (await place.locator('..').textContent())!
          const [, column, row] = /x (\d+), y (\d+) px/.exec(line)!
          const across = Math.floor(((Number(column) + 0.5) * map.width) / SIDE)
          const down = Math.floor(((Number(row) + 0.5) * map.height) / SIDE)
          const value = map.pixels[down * map.width + across]! / 255
          return Number(/foreground ([\d.]+)/.exec(line)![1]) - value
        })
        .toBeCloseTo(0, 2)
    }
  })

  test('is offered to fill objects by, first and in words', async () => {
    await openField()
    const select = page.getByLabel('Fill objects by')
    const [, ...offered] = await select.locator('option').allTextContents()
    expect(offered.slice(0, 3)).toEqual([
      'Probability of being an object · network',
      'Uncertainty · network',
      'Agreement of members · network',
    ])
  })

  test('brings it into the review, and leaves the plate’s counts as they are', async () => {
    await session.goTo('#/quality/1')
    await page.getByText('Networks leave 1 field to review.').waitFor()
    await session.goTo('#/review/1')
    await page.getByText('network unsure, unlike its training images').first().waitFor()
    const facts = page.getByRole('complementary', { name: 'About this image' })
    await facts.getByText('The network is unsure: uncertainty 0.62.').waitFor()
    await facts.getByText('pass').first().waitFor()
    await page.keyboard.press('a')
    await page.getByText('All 1 are decided').waitFor()
    await session.goTo('#/plates')
    await page.getByRole('heading', { name: 'Plates', exact: true }).waitFor()
    expect(await page.getByRole('link', { name: /^Review \d+ images/ }).count()).toBe(0)
  })

  describe.each(['dark', 'light'] as const)('in %s', theme => {
    beforeAll(() => page.emulateMedia({ colorScheme: theme }))

    test('axe finds nothing beside the field, nor in its review', async () => {
      await openField()
      await page.getByLabel('Map', { exact: true }).selectOption('Uncertainty')
      await page.getByRole('slider', { name: 'Opacity' }).waitFor()
      const axe = () => new AxeBuilder({ page }).withTags(WCAG).analyze()
      const named = async () =>
        (await axe()).violations.map(found => [found.id, found.nodes.map(({ html }) => html)])
      expect(await named()).toEqual([])
      await session.goTo('#/review/1')
      await page.getByText('The network is unsure: uncertainty 0.62.').waitFor()
      expect(await named()).toEqual([])
      await session.goTo('#/quality/1')
      await page.getByText('Networks leave 1 field to review.').waitFor()
      expect(await named()).toEqual([])
    })
  })

  test('the page made no mistake meanwhile', () => {
    expect(session.mistakes).toEqual([])
  })

  async function openField(): Promise<void> {
    await session.goTo('#/plates')
    await page.getByRole('heading', { name: 'Plates', exact: true }).waitFor()
    await session.goTo(`#/field/1/${doubted.fieldId}`)
    await page.locator('canvas[role=img][data-complete=true]').waitFor()
    await page.locator('canvas[role=img]').press('0')
  }
})
