import { readFileSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'
import { startWorkstation, type RunningWorkstation } from '../../support/open-window.ts'
import { watchGraphics } from './watch-graphics.ts'

/** A workstation of its own with its window. */
export interface BenchWindow {
  readonly workstation: RunningWorkstation
  readonly page: Page
  close(): Promise<void>
}

export async function openPage(browser: Browser, args: readonly string[]): Promise<BenchWindow> {
  const workstation = await startWorkstation(...args)
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
  await page.addInitScript(watchGraphics)
  await page.goto(workstation.address)
  await page.getByRole('navigation', { name: 'Views' }).waitFor()
  return {
    workstation,
    page,
    async close() {
      await page.close()
      await workstation.stop()
    },
  }
}

export interface Spread {
  readonly median: number
  readonly p95: number
  readonly worst: number
}

/** Of milliseconds. */
export function spreadOf(times: readonly number[]): Spread {
  const sorted = times.toSorted((a, b) => a - b)
  const at = (share: number): number =>
    rounded(sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? NaN)
  return { median: at(0.5), p95: at(0.95), worst: at(1) }
}

export function rounded(value: number): number {
  return Math.round(value * 10) / 10
}

/** Megabytes that a process holds; NaN where the system does not tell. */
export function residentMegabytes(pid: number): number {
  try {
    const [, kilobytes] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))!
    return Math.round(Number(kilobytes) / 1024)
  } catch {
    return NaN
  }
}
