import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { ok } from '../../../src/core/fault.ts'
import { hostBridge } from '../../../src/renderer/app/host-bridge.ts'
import { openWebHost, type WebHost } from '../../../src/web/web-host.ts'
import { standInDesk, type StandInDesk } from '../../support/stand-in-desk.ts'
import { standInPage } from '../../support/stand-in-page.ts'

const folder = mkdtempSync(join(tmpdir(), 'parfocal-bridge-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

let host: WebHost
afterEach(() => host.close())

async function open(desk: StandInDesk = standInDesk(), port = 0): Promise<number> {
  const opened = await openWebHost({ desk, bundle: folder, port, report: () => 'T-1' })
  if (!opened.ok) throw new Error(opened.fault.kind)
  host = opened.value
  return Number(new URL(host.address()).port)
}

const listing = (): StandInDesk => standInDesk({ 'plates.list': async () => ok([]) })

describe('a page', () => {
  test('takes its code out of the address bar and keeps none of its keys in storage', async () => {
    await open(listing())
    const address = host.address()
    const page = standInPage(address)
    const bridge = await hostBridge(page.window)
    expect(bridge).not.toBeNull()
    expect(page.address()).toBe(address.replace(/#.*/, ''))
    expect([...page.kept.keys()]).toEqual(['parfocal.resume'])
    expect([...page.kept.values()].join()).not.toContain(new URL(address).hash.slice(1))
  })

  test('that is loaded again stays in, and its place in the window with it', async () => {
    await open(listing())
    const first = standInPage(host.address())
    await hostBridge(first.window)
    const place = `${first.address()}#/plate/7`
    const second = standInPage(place, first.kept)
    const again = await hostBridge(second.window)
    expect(await again!.bridge.invoke('plates.list', undefined)).toEqual(ok([]))
    expect(second.address()).toBe(place)
  })

  test('without a code stays out, until somebody puts one behind its address', async () => {
    await open()
    const page = standInPage(host.address().replace(/#.*/, ''))
    expect(await hostBridge(page.window)).toBeNull()
    page.setHash('#/plates')
    expect(page.reloads()).toBe(0)
    page.setHash(new URL(host.address()).hash)
    expect(page.reloads()).toBe(1)
  })

  test('that is in takes the new address of another host all the same, and comes back to its place', async () => {
    const port = await open(listing())
    const page = standInPage(host.address())
    const left = (await hostBridge(page.window))!
    page.setHash('#/review/7')
    await host.close()
    await expect.poll(() => left.link.getSnapshot()).toBe('down')
    await open(listing(), port)
    page.setHash(new URL(host.address()).hash)
    expect(page.reloads()).toBe(1)
    const again = standInPage(page.address(), page.kept)
    expect(await hostBridge(again.window)).not.toBeNull()
    expect(again.address()).toBe(`http://127.0.0.1:${port}/#/review/7`)
    expect([...page.kept.keys()]).toEqual(['parfocal.resume'])
  })

  test('with a code that was used stays out', async () => {
    await open()
    const address = host.address()
    await hostBridge(standInPage(address).window)
    expect(await hostBridge(standInPage(address).window)).toBeNull()
  })

  test('that was opened twice loses its first tab, and says so there', async () => {
    await open(listing())
    const first = standInPage(host.address())
    const left = (await hostBridge(first.window))!
    await hostBridge(standInPage(first.address(), new Map(first.kept)).window)
    await expect.poll(() => left.link.getSnapshot()).toBe('ended')
    expect(await left.bridge.invoke('plates.list', undefined)).toEqual({
      ok: false,
      fault: { kind: 'host-unreachable', detail: 'the session ended' },
    })
  })
})

describe('a host that goes away', () => {
  test('shows in the link, and its calls end as a fault', async () => {
    await open(listing())
    const page = (await hostBridge(standInPage(host.address()).window))!
    await host.close()
    await expect.poll(() => page.link.getSnapshot()).toBe('down')
    expect(await page.bridge.invoke('plates.list', undefined)).toEqual({
      ok: false,
      fault: { kind: 'host-unreachable', detail: 'no connection' },
    })
  })

  test('and comes back as another does not know the page', async () => {
    const port = await open(listing())
    const page = (await hostBridge(standInPage(host.address()).window))!
    await host.close()
    await expect.poll(() => page.link.getSnapshot()).toBe('down')
    await open(listing(), port)
    await expect.poll(() => page.link.getSnapshot(), { timeout: 10_000 }).toBe('ended')
  })
})

test('pixels come with the secret, and not at all once nobody waits for them', async () => {
  const begun = Promise.withResolvers<AbortSignal>()
  const desk = standInDesk({}, async request => {
    if (request.url.endsWith('/1/0123456789abcdef')) return new Response('pixels')
    begun.resolve(request.signal)
    return new Promise(() => undefined)
  })
  await open(desk)
  const { fetchPixels } = (await hostBridge(standInPage(host.address()).window))!
  const never = new AbortController()
  const answer = await fetchPixels('/pixels/thumbnail/1/0123456789abcdef', never.signal)
  expect(await answer.text()).toBe('pixels')
  const scrolled = new AbortController()
  const dropped = fetchPixels('/pixels/thumbnail/2/0123456789abcdef', scrolled.signal)
  const signal = await begun.promise
  scrolled.abort()
  await expect(dropped).rejects.toThrow('abort')
  await expect.poll(() => signal.aborted).toBe(true)
})

test("inside Electron the preload's bridge is the host, and no code is asked for", async () => {
  await open()
  const bridge = { invoke: async () => 'reply', on: () => () => undefined }
  const page = standInPage('http://127.0.0.1/')
  const host = await hostBridge(Object.assign(page.window, { parfocal: bridge }))
  expect(host).toMatchObject({ host: 'electron', bridge })
  expect(host!.link.getSnapshot()).toBe('up')
})
