import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findBrowser, openBrowser } from '../support/browser.ts'
import { startWorkstation, type RunningWorkstation } from '../support/open-window.ts'
import { finishedPlate, placesOf } from '../support/window-places.ts'

const SIZES = [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
  { width: 900, height: 700 },
] as const
const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

describe.skipIf(findBrowser() === null)('every view', () => {
  const scratch = mkdtempSync(join(tmpdir(), 'parfocal-axe-'))
  let browser: Browser
  let workstation: RunningWorkstation
  let page: Page

  beforeAll(async () => {
    const plate = finishedPlate(scratch)
    workstation = await startWorkstation(plate.folder, '--store', plate.store)
    browser = await openBrowser()
    // axe wants a context of its own.
    page = await (await browser.newContext({ viewport: SIZES[0] })).newPage()
    page.setDefaultTimeout(15_000)
    await page.goto(workstation.address)
    await page.getByRole('navigation', { name: 'Views' }).waitFor()
  })

  afterAll(async () => {
    await browser?.close()
    await workstation?.stop()
    rmSync(scratch, { recursive: true, force: true })
  })

  test.each(placesOf())(
    '$name scrolls inside the frame, never the frame itself',
    async ({ go }) => {
      for (const size of SIZES) {
        await page.setViewportSize(size)
        await go(page)
        const frame = await page.evaluate(() => {
          const { scrollWidth, scrollHeight } = document.documentElement
          return { width: scrollWidth, height: scrollHeight }
        })
        expect(frame).toEqual(size)
      }
      await page.setViewportSize(SIZES[0])
    },
  )

  describe.each(['dark', 'light'] as const)('in %s', theme => {
    beforeAll(() => page.emulateMedia({ colorScheme: theme }))

    test.each(placesOf())('axe finds nothing in $name', async ({ go }) => {
      await go(page)
      const { violations } = await new AxeBuilder({ page }).withTags(WCAG).analyze()
      expect(violations.map(found => [found.id, found.nodes.map(({ html }) => html)])).toEqual([])
    })

    test.each(placesOf())(
      'every control of $name is reached by Tab, and shows it',
      async ({ go }) => {
        await go(page)
        expect(await controlsNotReached(page)).toEqual([])
      },
    )
  })
})

/** Walks through the page by Tab; names what can be operated and was never reached, or did not show the focus. */
async function controlsNotReached(page: Page): Promise<readonly string[]> {
  await page.evaluate(() => {
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
    for (const element of document.querySelectorAll('[data-reached]')) {
      element.removeAttribute('data-reached')
    }
  })
  const hidden: string[] = []
  // A walk begins where somebody was last, so it may pass the end of the page once.
  let ends = 0
  for (let step = 0; step < 400; step += 1) {
    await page.keyboard.press('Tab')
    const at = await page.evaluate(() => {
      const focused = document.activeElement
      if (focused === null || focused === document.body) return 'end'
      if (focused.hasAttribute('data-reached')) return 'again'
      focused.setAttribute('data-reached', '')
      // A control that is out of sight by design shows its focus on what stands for it.
      // A list has the focus for the one of its options that is active.
      const active = document.getElementById(focused.getAttribute('aria-activedescendant') ?? '')
      const stand = [focused, focused.closest('label'), focused.parentElement, active]
      const shown = stand.some(element => {
        if (element === null) return false
        const { outlineStyle, outlineWidth } = getComputedStyle(element)
        return outlineStyle !== 'none' && outlineWidth !== '0px'
      })
      // A range may show it on its handle, whose style cannot be asked for: its rule is looked up.
      const handle = ':focus-visible::-webkit-slider-thumb'
      const onHandle = [...document.styleSheets]
        .flatMap(sheet => [...sheet.cssRules])
        .filter(rule => rule instanceof CSSStyleRule && rule.selectorText.endsWith(handle))
        .some(rule => {
          const { selectorText, style } = rule as CSSStyleRule
          return style.outline !== '' && focused.matches(selectorText.replace(handle, ''))
        })
      if (onHandle) return 'shown'
      return shown ? 'shown' : `no focus ring: ${focused.outerHTML.slice(0, 120)}`
    })
    if (at === 'end') ends += 1
    if (ends > 1 || at === 'again') break
    if (at !== 'end' && at !== 'shown') hidden.push(at)
  }
  const left = await page.evaluate(() => {
    const operable = 'a[href], button:not(:disabled), select:not(:disabled), input:not(:disabled)'
    return (
      [...document.querySelectorAll<HTMLElement>(`${operable}, [tabindex="0"]`)]
        .filter(element => element.checkVisibility() && element.tabIndex >= 0)
        .filter(element => !element.hasAttribute('data-reached'))
        // Of radio buttons of one name the chosen one is reached, and arrows go on from there.
        .filter(element => !(element instanceof HTMLInputElement && element.type === 'radio'))
        .map(element => `not reached: ${element.outerHTML.slice(0, 120)}`)
    )
  })
  return [...hidden, ...left]
}
