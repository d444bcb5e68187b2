import type { Browser, Page } from 'playwright-core'
import { LARGE, PAINTED, writeLargeStore } from './large-store.ts'
import { openPage, rounded, spreadOf } from './open-page.ts'
import { processorTime, timeBetween } from './processor-time.ts'

const REDRAWS = 100
const OPENINGS = 10
const METRIC = 'Metric'

/** A plate of 1536 wells and 100,000 planes: how fast it opens, and how fast its heat map is drawn anew. */
export async function timePlate(browser: Browser, scratch: string): Promise<unknown> {
  const { page, workstation, close } = await openPage(browser, writeLargeStore(scratch))
  const pid = workstation.process.pid!
  try {
    const first: number[] = []
    const again: number[] = []
    for (let i = 0; i < OPENINGS; i += 1) {
      if (i % 2 === 0) await page.reload()
      const opened = await openPlate(page, LARGE.name)
      if (i === 0) first.push(opened)
      else again.push(opened)
      await openPlate(page, PAINTED.name)
    }
    await openPlate(page, LARGE.name)
    const redraws: Record<string, unknown> = {}
    for (const [name, { before, change }] of Object.entries(CHANGES)) {
      for (const [label, value] of before) await page.getByLabel(label).selectOption(value)
      await page.waitForTimeout(1_500)
      const start = await processorTime(browser, pid)
      const times = await redraw(page, change)
      const { page: script, graphics } = timeBetween(start, await processorTime(browser, pid))
      const each = (ms: number): number => rounded(ms / (2 * REDRAWS))
      redraws[name] = { ...times, processor: { page: each(script), graphics: each(graphics) } }
    }
    return { wells: 1536, planes: LARGE.planes, open: { first, again: spreadOf(again) }, redraws }
  } finally {
    await close()
  }
}

/** Clicks the plate's link among all plates; the milliseconds until its wells are drawn and the frame is over. */
async function openPlate(page: Page, name: string): Promise<number> {
  await page.evaluate(() => (location.hash = '#/'))
  await page.getByRole('link', { name, exact: true }).waitFor()
  // What the list asks for at once is done.
  await page.waitForTimeout(300)
  const milliseconds = await page.evaluate(async name => {
    const link = [...document.querySelectorAll<HTMLElement>('main a')].find(
      ({ textContent }) => textContent === name,
    )!
    const start = performance.now()
    link.click()
    // Its wells are drawn before the browser goes on to anything else.
    while (!document.querySelector(`main canvas[role=application][aria-label^="${name},"]`)) {
      await new Promise(requestAnimationFrame)
    }
    await new Promise(requestAnimationFrame)
    return performance.now() - start
  }, name)
  return rounded(milliseconds)
}

/** Something that makes the plate be drawn again and again, back and forth. */
type Change =
  | { readonly kind: 'keys'; readonly keys: readonly [string, string] }
  | { readonly kind: 'select'; readonly label: string; readonly values: readonly [string, string] }
  | { readonly kind: 'radio'; readonly texts: readonly [string, string] }

const COLOUR_BY = 'Colour by'
const CHANGES: Readonly<
  Record<string, { readonly before: readonly [string, string][]; readonly change: Change }>
> = {
  focusMoves: {
    before: [[COLOUR_BY, 'verdict']],
    change: { kind: 'keys', keys: ['ArrowRight', 'ArrowLeft'] },
  },
  verdictToObjects: {
    before: [],
    change: { kind: 'select', label: COLOUR_BY, values: ['objects', 'verdict'] },
  },
  coloursOfMetric: {
    before: [
      [COLOUR_BY, 'metric'],
      [METRIC, 'FocusScore'],
    ],
    change: { kind: 'select', label: 'Colours', values: ['magma', 'viridis'] },
  },
  scoresOfMetric: { before: [], change: { kind: 'radio', texts: ['z-score', 'Value'] } },
}

/**
 * Script: until the canvas has been told everything. Frame: from one frame to the next while every frame is a redraw.
 * Processor, for each redraw: the page with all that painting takes, whoever else used the machine.
 */
async function redraw(page: Page, change: Change) {
  const times = await page.evaluate(
    async ({ change, count }) => {
      const labelled = (label: string): HTMLSelectElement =>
        [...document.querySelectorAll('select')].find(
          ({ labels }) => labels[0]?.textContent === label,
        )!
      const { set } = Object.getOwnPropertyDescriptor(HTMLSelectElement.prototype, 'value')!
      const plate = document.querySelector<HTMLElement>('main canvas[role=application]')!
      plate.focus()
      const act = (i: number): void => {
        switch (change.kind) {
          case 'keys': {
            const key = change.keys[Math.floor(i / 24) % 2]!
            plate.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }))
            return
          }
          case 'select': {
            const select = labelled(change.label)
            set!.call(select, change.values[i % 2])
            select.dispatchEvent(new Event('change', { bubbles: true }))
            return
          }
          case 'radio': {
            const label = [...document.querySelectorAll('label')].find(
              ({ textContent }) => textContent === change.texts[i % 2],
            )!
            label.querySelector('input')!.click()
          }
        }
      }
      const { port1, port2 } = new MessageChannel()
      const turn = (): Promise<void> =>
        new Promise(resolve => {
          port1.onmessage = () => resolve()
          port2.postMessage(0)
        })
      const frame = (): Promise<number> => new Promise(requestAnimationFrame)

      const script: number[] = []
      for (let i = 0; i < count; i += 1) {
        await frame()
        const start = performance.now()
        act(i)
        // React is done when the next task begins.
        await turn()
        script.push(performance.now() - start)
      }
      const frames: number[] = []
      let last = await frame()
      for (let i = 0; i < count; i += 1) {
        act(i)
        const next = await frame()
        frames.push(next - last)
        last = next
      }
      return { script, frames }
    },
    { change, count: REDRAWS },
  )
  return { script: spreadOf(times.script), frame: spreadOf(times.frames) }
}
