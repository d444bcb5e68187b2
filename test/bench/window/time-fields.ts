import { rmSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'
import { cacheFolder } from '#workstation/pixels/view-cache.ts'
import { openPage, rounded, spreadOf } from './open-page.ts'
import { writeFields } from './written-fields.ts'

/** From asking for a field to its picture being there whole. */
export interface FieldTime {
  /** Until the page had asked the card for all of it; the tiles on screen are all those that are needed. */
  readonly complete: number
  /** The same and what the card took to draw it: without one it is software. */
  readonly drawn: number
  /** Within it: how long uploads held the page up. */
  readonly upload: number
  readonly uploads: number
  /** When the answers came that it was made of, in ms from the start: the last of each kind. */
  readonly opened: number
  readonly described: number
  readonly tiles: number
  readonly requests: number
}

const FIELDS = 12

/** Fields of 2160 × 2160 pixels in four channels, from the file to the screen. */
export async function timeFields(browser: Browser, scratch: string): Promise<unknown> {
  const { store, args } = writeFields(scratch, { fields: FIELDS, channels: 4, side: 2160 })
  const { page, close } = await openPage(browser, args)
  try {
    await goTo(page, FIELDS)
    await settle(page)
    // The workers are warm, the view is loaded; no field of those to come was made to be looked at.
    emptyCache(store)
    const first = await goTo(page, 1)
    const next: FieldTime[] = []
    for (let field = 2; field < FIELDS - 2; field += 1) {
      await settle(page)
      next.push(await timeOf(page, field, { key: ']' }))
    }
    const cold: FieldTime[] = []
    for (const field of [11, 3, 8, 1, 12, 6]) {
      // A page of its own: nothing is left in its memory, nothing was fetched ahead.
      await page.evaluate(() => (location.hash = '#/settings'))
      await page.reload()
      await page.getByText('Operator, who signs decisions').waitFor()
      await goTo(page, field === 6 ? 12 : 6)
      await settle(page)
      emptyCache(store)
      cold.push(await goTo(page, field))
    }
    return {
      first,
      cold: summary(cold),
      next: summary(next),
      uploadedAndDrawn: await page.evaluate(() => window.graphics.finish()),
    }
  } finally {
    await close()
  }
}

function summary(times: readonly FieldTime[]) {
  const of = (part: keyof FieldTime) => spreadOf(times.map(time => time[part]))
  return {
    complete: of('complete'),
    drawn: of('drawn'),
    medians: Object.fromEntries(
      (['opened', 'described', 'tiles', 'upload', 'uploads', 'requests'] as const).map(part => [
        part,
        of(part).median,
      ]),
    ),
  }
}

/** A worker may still be writing to it. */
function emptyCache(store: string): void {
  rmSync(cacheFolder(store), { recursive: true, force: true, maxRetries: 10 })
}

/** Until what is fetched ahead is there: nothing has been answered for a second. */
async function settle(page: Page): Promise<void> {
  const answers = (): Promise<number> =>
    page.evaluate(() => performance.getEntriesByType('resource').length)
  for (let last = -1, now = await answers(); now !== last; now = await answers()) {
    last = now
    await page.waitForTimeout(1_000)
  }
}

function goTo(page: Page, field: number): Promise<FieldTime> {
  return timeOf(page, field, { hash: `#/field/1/${field}` })
}

/** In the page, so that nothing but the page is timed. The bench's fields are wells in the order of their numbers. */
export async function timeOf(
  page: Page,
  field: number,
  ask: { readonly key: string } | { readonly hash: string },
): Promise<FieldTime> {
  const well = `${String.fromCharCode(65 + Math.floor((field - 1) / 24))}${String(((field - 1) % 24) + 1).padStart(2, '0')}`
  const time = await page.evaluate(
    async ({ well, ask }) => {
      performance.clearResourceTimings()
      const { graphics } = window
      const { uploadMs, uploads } = graphics
      const start = performance.now()
      if ('hash' in ask) location.hash = ask.hash
      else
        document.body.dispatchEvent(new KeyboardEvent('keydown', { key: ask.key, bubbles: true }))
      let named = Infinity
      const isThere = (): boolean => {
        const canvas = document.querySelector<HTMLCanvasElement>('main canvas[role=img]')
        if (canvas === null || !canvas.ariaLabel?.startsWith(`Image of ${well} `)) return false
        named = Math.min(named, performance.now())
        return graphics.drawnAt >= named && canvas.dataset['complete'] === 'true'
      }
      while (!isThere()) {
        await new Promise(requestAnimationFrame)
        if (performance.now() - start > 60_000) throw new Error(`${well} did not come.`)
      }
      const complete = graphics.drawnAt - start
      const finish = graphics.finish()
      const answers = performance.getEntriesByType('resource') as PerformanceResourceTiming[]
      const last = (part: string): number =>
        Math.max(
          0,
          ...answers.filter(({ name }) => name.includes(part)).map(a => a.responseEnd - start),
        )
      return {
        complete,
        drawn: complete + finish,
        upload: graphics.uploadMs - uploadMs,
        uploads: graphics.uploads - uploads,
        opened: last('/api/fields.open'),
        described: last('/pixels/about'),
        tiles: last('/pixels/tile'),
        requests: answers.length,
      }
    },
    { well, ask },
  )
  return Object.fromEntries(
    Object.entries(time).map(([name, value]) => [name, rounded(value)]),
  ) as unknown as FieldTime
}
