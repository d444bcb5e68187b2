import { chromium, type Browser } from 'playwright-core'
import { findBrowser as findOnMachine } from '../../build/browser.ts'

/** What makes two pictures of one page alike: one colour profile, letters without hinting and sub-pixels. */
const SAME_PIXELS = [
  '--force-color-profile=srgb',
  '--font-render-hinting=none',
  '--disable-lcd-text',
]

let toldThatNone = false

/** A browser on this machine, or null; then tests that need one skip themselves, and this has said so. */
export function findBrowser(): string | null {
  const found = findOnMachine()
  if (found === null && !toldThatNone) {
    toldThatNone = true
    process.stderr.write('*** No browser on this machine: tests of the window are SKIPPED.\n')
  }
  return found
}

/** Opens it, without a screen. */
export function openBrowser(...args: readonly string[]): Promise<Browser> {
  const executablePath = findBrowser()
  if (executablePath === null) throw new Error('Ask findBrowser first.')
  // Chromium's own sandbox refuses root.
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  return chromium.launch({
    executablePath,
    headless: true,
    args: [...SAME_PIXELS, ...asRoot, ...args],
  })
}
