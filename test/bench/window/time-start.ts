import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Browser } from 'playwright-core'
import { startWorkstation } from '../../support/open-window.ts'
import { writeLargeStore } from './large-store.ts'
import { rounded, spreadOf } from './open-page.ts'

const STARTS = 7

/** From the command to a window that can be used, the browser being open; and what it loads before any view. */
export async function timeStart(browser: Browser, scratch: string): Promise<unknown> {
  const large = writeLargeStore(scratch)
  const empty = join(scratch, 'empty')
  mkdirSync(empty)
  const starts: StartTime[] = []
  const withStore: StartTime[] = []
  for (let i = 0; i < STARTS; i += 1) {
    starts.push(await start(browser, [empty, '--store', join(scratch, `store-${i}`)]))
    withStore.push(await start(browser, large))
  }
  return {
    milliseconds: { newStore: summary(starts), storeOf113664Planes: summary(withStore) },
    compressedKilobytes: starts.at(-1)!.kilobytes,
  }
}

interface StartTime {
  /** Until the address is printed. */
  readonly address: number
  /** Until the plates are listed. */
  readonly usable: number
  /** Compressed as a web server would; the loopback host does not need to. */
  readonly kilobytes: { readonly first: number; readonly fetchedLater: number }
}

async function start(browser: Browser, args: readonly string[]): Promise<StartTime> {
  const began = performance.now()
  const workstation = await startWorkstation(...args)
  const address = performance.now() - began
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
  const scripts: { readonly url: string; readonly body: Promise<Buffer> }[] = []
  page.on('response', response => {
    if (/\.js$/.test(response.url())) scripts.push({ url: response.url(), body: response.body() })
  })
  try {
    const document = await page.goto(workstation.address)
    await page.getByRole('heading', { name: 'Plates', exact: true }).waitFor()
    const usable = performance.now() - began
    // What is fetched ahead comes after.
    await page.waitForTimeout(2_000)
    const html = await document!.text()
    const sizes = await Promise.all(
      scripts.map(async ({ url, body }) => ({
        first: html.includes(new URL(url).pathname),
        bytes: gzipSync(await body).length,
      })),
    )
    const kilobytes = (first: boolean): number =>
      rounded(
        sizes.reduce((sum, script) => sum + (script.first === first ? script.bytes : 0), 0) / 1000,
      )
    return {
      address,
      usable,
      kilobytes: { first: kilobytes(true), fetchedLater: kilobytes(false) },
    }
  } finally {
    await page.close()
    await workstation.stop()
  }
}

function summary(starts: readonly StartTime[]) {
  return {
    address: spreadOf(starts.map(({ address }) => address)),
    usable: spreadOf(starts.map(({ usable }) => usable)),
  }
}
