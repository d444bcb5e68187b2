import type { Bridge } from '#contract/client.ts'
import { createObservable } from '../lib/observable.ts'
import type { Host, HostWindow, Link } from './host.ts'
import { createWebBridge } from './web-bridge.ts'

/** Where the code for the next reload is kept. A tab has its own; closing the tab forgets it. */
const RESUME = 'parfocal.resume'
/** Where a page was that enters anew by another address. */
const PLACE = 'parfocal.place'
/** 256 bits as the host writes them; a place in the window begins with `#/`. */
const CODE = /^#([\w-]{43})$/

/**
 * Finds the host: the preload's bridge inside Electron, else the loopback host, which wants the one-time code of its
 * address or what this tab kept for a reload. Null where neither lets the page in.
 */
export async function hostBridge(window: HostWindow): Promise<Host | null> {
  const { parfocal } = window as { readonly parfocal?: Bridge }
  if (parfocal !== undefined) return electronHost(parfocal, window.fetch.bind(window))
  enterOnNewCode(window)
  const secret = await enter(window)
  return secret === null ? null : createWebBridge(window, secret)
}

function electronHost(bridge: Bridge, fetch: Window['fetch']): Host {
  return {
    host: 'electron',
    bridge,
    fetchPixels: (path, signal) => fetch(path, { signal }),
    // The main process and its window end together.
    link: createObservable<Link>('up'),
    onReconnect: () => () => undefined,
  }
}

/** Exchanges the code for a secret that lives in this page's memory only. */
async function enter({
  location,
  history,
  sessionStorage,
  fetch,
}: HostWindow): Promise<string | null> {
  const given = CODE.exec(location.hash)?.[1]
  // Before anything else can read it, or the history keep it.
  if (given !== undefined) {
    const place = sessionStorage.getItem(PLACE) ?? ''
    history.replaceState(null, '', `${location.pathname}${place}`)
  }
  sessionStorage.removeItem(PLACE)
  const code = given ?? sessionStorage.getItem(RESUME)
  sessionStorage.removeItem(RESUME)
  if (code === null) return null
  try {
    const response = await fetch('/session', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ code }),
      cache: 'no-store',
      credentials: 'omit',
    })
    if (!response.ok) return null
    const { secret, resume } = (await response.json()) as { secret: string; resume: string }
    sessionStorage.setItem(RESUME, resume)
    return secret
  } catch {
    return null
  }
}

/**
 * A new address in the same tab changes only what stands after its `#`, for which no browser loads a page. It counts
 * whenever it comes: a host that was started anew may not have been missed yet.
 */
function enterOnNewCode({ addEventListener, location, sessionStorage }: HostWindow): void {
  addEventListener('hashchange', ({ oldURL }) => {
    if (!CODE.test(location.hash)) return
    const { hash } = new URL(oldURL)
    if (hash.startsWith('#/')) sessionStorage.setItem(PLACE, hash)
    location.reload()
  })
}
