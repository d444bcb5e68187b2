import type { Browser, Page } from 'playwright-core'
import { PAINTED, writeLargeStore } from './large-store.ts'
import { openPage, rounded, spreadOf } from './open-page.ts'
import { processorTime, timeBetween } from './processor-time.ts'

const OPENINGS = 6
const BRUSHES = 100

/** The quality dashboard of a plate of 13,824 planes: until all is shown, and frame by frame while somebody brushes. */
export async function timeQuality(browser: Browser, scratch: string): Promise<unknown> {
  const { page, workstation, close } = await openPage(browser, writeLargeStore(scratch))
  const pid = workstation.process.pid!
  try {
    const shown: { readonly charts: number; readonly all: number }[] = []
    for (let i = 0; i < OPENINGS; i += 1) {
      await page.evaluate(() => (location.hash = '#/settings'))
      await page.reload()
      await page.getByText('Operator, who signs decisions').waitFor()
      await page.waitForTimeout(500)
      shown.push(await open(page))
    }
    await page.waitForTimeout(3_000)
    const before = await processorTime(browser, pid)
    const frames = await brush(page)
    const { page: script, graphics } = timeBetween(before, await processorTime(browser, pid))
    return {
      planes: PAINTED.planes,
      shown: {
        charts: spreadOf(shown.map(({ charts }) => charts)),
        all: spreadOf(shown.map(({ all }) => all)),
      },
      brushing: {
        frame: spreadOf(frames),
        processor: { page: rounded(script / BRUSHES), graphics: rounded(graphics / BRUSHES) },
      },
    }
  } finally {
    await close()
  }
}

/** Until there is a chart, and until every plane was read. */
function open(page: Page): Promise<{ readonly charts: number; readonly all: number }> {
  return page.evaluate(async count => {
    const start = performance.now()
    const wait = async (isThere: () => boolean): Promise<number> => {
      while (!isThere()) {
        await new Promise(requestAnimationFrame)
        if (performance.now() - start > 60_000) throw new Error('The dashboard did not come.')
      }
      return performance.now() - start
    }
    location.hash = '#/quality/2'
    const charts = await wait(() => document.querySelector('main canvas') !== null)
    // The table of planes says how many rows it has.
    const all = await wait(() => {
      const table = document.querySelector('main [aria-rowcount]')
      return Number(table?.getAttribute('aria-rowcount')) >= count
    })
    return { charts, all }
  }, PAINTED.planes)
}

/** Drags along an axis, a step a frame; the milliseconds from one frame to the next. */
function brush(page: Page): Promise<readonly number[]> {
  return page.evaluate(async count => {
    const rail = document.querySelector<HTMLElement>(
      'main [class*="rail_"], main [class*="_rail_"]',
    )!
    rail.scrollIntoView({ block: 'center' })
    const { left, top, width, height } = rail.getBoundingClientRect()
    const tell = (type: string, share: number): void => {
      const clientY = top + 10 + share * (height - 34)
      const at = { clientX: left + width / 2, clientY, button: 0, pointerId: 1, bubbles: true }
      rail.dispatchEvent(new PointerEvent(type, at))
    }
    rail.setPointerCapture = () => undefined
    const frame = (): Promise<number> => new Promise(requestAnimationFrame)
    const frames: number[] = []
    let last = await frame()
    tell('pointerdown', 0.1)
    for (let i = 0; i < count; i += 1) {
      tell('pointermove', 0.15 + 0.8 * Math.abs(Math.sin(i / 12)))
      const next = await frame()
      frames.push(next - last)
      last = next
    }
    tell('pointerup', 0.8)
    return frames
  }, BRUSHES)
}
