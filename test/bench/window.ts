import { mkdtempSync, rmSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { freshenBundles } from '../../build/bundles.ts'
import { openBrowser } from '../support/browser.ts'
import { timeFields } from './window/time-fields.ts'
import { timePlate } from './window/time-plate.ts'
import { timeQuality } from './window/time-quality.ts'
import { timeStart } from './window/time-start.ts'
import { watchMemory } from './window/watch-memory.ts'

// How fast the window is, in a real browser before the real loopback host: node test/bench/window.ts [PART…], all by default.
// Prints JSON: milliseconds and megabytes, with the machine's load average before and after each part. A browser without a
// graphics card draws WebGL in software; what that takes is told apart where it can be.

type Part = (browser: Browser, scratch: string) => Promise<unknown>

const PARTS: Readonly<Record<string, Part>> = {
  start: timeStart,
  plate: timePlate,
  fields: timeFields,
  memory: watchMemory,
  quality: timeQuality,
}

const asked = process.argv.slice(2)
const unknown = asked.filter(name => !Object.hasOwn(PARTS, name))
if (unknown.length > 0) throw new Error(`There are only ${Object.keys(PARTS).join(', ')}.`)

freshenBundles()
for (const name of asked.length > 0 ? asked : Object.keys(PARTS)) {
  const scratch = mkdtempSync(join(tmpdir(), 'parfocal-window-'))
  const browser = await openBrowser()
  try {
    const [before] = loadavg()
    const figures = await PARTS[name]!(browser, scratch)
    const [after] = loadavg()
    console.log(JSON.stringify({ [name]: figures, load: [before, after] }, null, 2))
  } finally {
    await browser.close()
    rmSync(scratch, { recursive: true, force: true })
  }
}
