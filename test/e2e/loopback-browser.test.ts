import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ok } from '../../src/core/fault.ts'
import { openWebHost, type WebHost } from '../../src/web/web-host.ts'
import { findBrowser, openBrowser } from '../support/browser.ts'
import { standInDesk, type StandInDesk } from '../support/stand-in-desk.ts'

/** What a page may say of a request. */
interface Try {
  readonly method?: string
  readonly headers?: Record<string, string>
  readonly body?: string
  readonly mode?: 'no-cors'
}

/** What a page from elsewhere gets when it tries, as its own script sees it. */
async function tryFromPage(page: Page, address: string, init: Try): Promise<string> {
  return page.evaluate(
    async ([address, init]) => {
      try {
        const response = await fetch(address, init)
        return `${response.status} ${await response.text()}`
      } catch {
        return 'refused'
      }
    },
    [address, init] as const,
  )
}

describe.skipIf(findBrowser() === null)('a page in a real browser', () => {
  const bundle = mkdtempSync(join(tmpdir(), 'parfocal-loopback-'))
  let desk: StandInDesk
  let asked = 0
  let host: WebHost
  let origin: string
  let stranger: Server
  let strangerPort: number
  let cookies: (string | undefined)[] = []
  let browser: Browser

  beforeAll(async () => {
    mkdirSync(bundle, { recursive: true })
    writeFileSync(join(bundle, 'index.html'), '<title>Parfocal</title>')
    desk = standInDesk({ 'plates.list': async () => (asked++, ok([])) })
    const opened = await openWebHost({ desk, bundle, port: 0, report: () => 'T-1' })
    if (!opened.ok) throw new Error(opened.fault.kind)
    host = opened.value
    origin = new URL(host.address()).origin
    stranger = createServer((request, response) => {
      cookies.push(request.headers.cookie)
      response.setHeader('Set-Cookie', 'secret=stolen; SameSite=Lax')
      response.setHeader('Content-Type', 'text/html')
      response.end('<title>Elsewhere</title>')
    })
    await new Promise<void>(resolve => stranger.listen(0, '127.0.0.1', resolve))
    strangerPort = (stranger.address() as AddressInfo).port
    browser = await openBrowser('--host-resolver-rules=MAP *.test 127.0.0.1')
  })

  afterAll(async () => {
    await browser?.close()
    stranger?.close()
    await host?.close()
    rmSync(bundle, { recursive: true, force: true })
  })

  async function pageAt(address: string): Promise<{ page: Page; status: number }> {
    const page = await (await browser.newContext()).newPage()
    const response = await page.goto(address)
    return { page, status: response?.status() ?? 0 }
  }

  /** A secret as the page itself gets it. */
  async function secretOf(page: Page, code: string): Promise<string> {
    const text = await tryFromPage(page, '/session', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ code }),
    })
    return (JSON.parse(text.slice(4)) as { secret: string }).secret
  }

  const call = (secret: string): Try => ({
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${secret}` },
  })

  test('of our own is let in and makes calls', async () => {
    const { page, status } = await pageAt(origin)
    expect(status).toBe(200)
    const secret = await secretOf(page, new URL(host.address()).hash.slice(1))
    const reply = await tryFromPage(page, '/api/plates.list', call(secret))
    expect(reply).toBe('200 {"ok":true,"value":[]}')
    await page.context().close()
  })

  test('under a rebound name is not served, though it knows the secret', async () => {
    const { page: own } = await pageAt(origin)
    const secret = await secretOf(own, new URL(host.address()).hash.slice(1))
    const before = asked
    const { port } = new URL(origin)
    const { page, status } = await pageAt(`http://evil.test:${port}/`)
    expect(status).toBe(421)
    // Its origin and its host agree: only the list of our own names tells.
    const reply = await tryFromPage(page, '/api/plates.list', call(secret))
    expect([reply.slice(0, 3), asked]).toEqual(['421', before])
    await Promise.all([own, page].map(page => page.context().close()))
  })

  test('from another port of this machine reads nothing and changes nothing', async () => {
    const { page: own } = await pageAt(origin)
    const secret = await secretOf(own, new URL(host.address()).hash.slice(1))
    const before = asked
    const { page } = await pageAt(`http://127.0.0.1:${strangerPort}/`)
    const tries: readonly Try[] = [
      call(secret),
      // What a page may send without asking first.
      { method: 'POST', mode: 'no-cors', body: '{}' },
      { method: 'POST', headers: { 'Content-Type': 'text/plain' }, body: '{}' },
      { method: 'GET' },
    ]
    for (const init of tries) {
      const reply = await tryFromPage(page, `${origin}/api/plates.list`, init)
      expect(reply).toMatch(/^(refused|0 )$/)
    }
    expect(await tryFromPage(page, `${origin}/`, {})).toBe('refused')
    expect(asked).toBe(before)
    await Promise.all([own, page].map(page => page.context().close()))
  })

  test('in a frame without an origin of its own changes nothing', async () => {
    const { page } = await pageAt(`http://127.0.0.1:${strangerPort}/`)
    const before = asked
    await page.setContent('<iframe sandbox="allow-scripts" srcdoc="<p>null</p>"></iframe>')
    const frame = page.frames().find(frame => frame !== page.mainFrame())!
    const reply = await frame.evaluate(async address => {
      try {
        return String((await fetch(address, { method: 'POST', body: '{}' })).status)
      } catch {
        return 'refused'
      }
    }, `${origin}/api/plates.list`)
    expect([reply, asked]).toEqual(['refused', before])
    await page.context().close()
  })

  test('cannot put the window into a frame', async () => {
    const { page } = await pageAt(`http://127.0.0.1:${strangerPort}/`)
    await page.setContent(`<iframe src="${origin}/"></iframe>`)
    const frame = page.frames().find(frame => frame !== page.mainFrame())!
    await frame.waitForLoadState()
    expect(await frame.title()).not.toBe('Parfocal')
    await page.context().close()
  })

  test("has no cookie of ours, and another port's cookie opens nothing", async () => {
    const context = await browser.newContext()
    const page = await context.newPage()
    await page.goto(host.address())
    await secretOf(page, new URL(host.address()).hash.slice(1))
    cookies = []
    // Browsers send cookies to every port of a host.
    await page.goto(`http://127.0.0.1:${strangerPort}/`)
    expect(cookies[0]).toBeUndefined()
    expect((await context.cookies()).map(({ name }) => name)).toEqual(['secret'])
    await page.goto(origin)
    const reply = await tryFromPage(page, '/api/plates.list', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
    })
    expect(reply).toBe('401 ')
    await context.close()
  })

  test('that was refused is in the audit trail, once a minute for each kind', () => {
    const kinds = desk.noted.filter(({ action }) => action === 'refuse').map(note => note.entityId)
    expect(kinds).toContain('wrong-host')
    expect(new Set(kinds).size).toBe(kinds.length)
  })
})
