import type { HostWindow } from '../../src/renderer/app/host.ts'

/** A browser's tab as far as the bridge sees it, on a real connection to a real host. */
export interface StandInPage {
  readonly window: HostWindow
  /** What the tab keeps over a reload. */
  readonly kept: Map<string, string>
  /** What stands in the address bar. */
  address(): string
  /** How often the page asked to be loaded anew. */
  reloads(): number
  /** Somebody puts another address into the bar, which changes only what stands after its `#`. */
  setHash(hash: string): void
  /** Hides the tab or shows it. */
  setVisible(visible: boolean): void
}

/** Opens an address. A tab that is loaded again hands on what it `kept`. */
export function standInPage(
  address: string,
  kept: Map<string, string> = new Map<string, string>(),
): StandInPage {
  let url = new URL(address)
  let visibility: DocumentVisibilityState = 'visible'
  let reloads = 0
  const events = new EventTarget()
  const { origin } = url
  const window = {
    location: {
      get hash() {
        return url.hash
      },
      get pathname() {
        return url.pathname
      },
      reload: () => (reloads += 1),
    },
    history: {
      replaceState(_state: unknown, _title: string, to: string) {
        url = new URL(to, url)
      },
    },
    sessionStorage: {
      getItem: (name: string) => kept.get(name) ?? null,
      setItem: (name: string, value: string) => kept.set(name, value),
      removeItem: (name: string) => kept.delete(name),
    },
    // What a browser adds for a page of this origin.
    fetch: (path: string, init: RequestInit = {}) =>
      fetch(new URL(path, origin), {
        ...init,
        headers: { ...init.headers, 'Sec-Fetch-Site': 'same-origin', Origin: origin },
      }),
    document: {
      get visibilityState() {
        return visibility
      },
      addEventListener: events.addEventListener.bind(events),
    },
    addEventListener: events.addEventListener.bind(events),
  }
  return {
    window: window as unknown as HostWindow,
    kept,
    address: () => url.href,
    reloads: () => reloads,
    setHash(hash) {
      const oldURL = url.href
      url = new URL(hash, url)
      events.dispatchEvent(Object.assign(new Event('hashchange'), { oldURL }))
    },
    setVisible(visible) {
      visibility = visible ? 'visible' : 'hidden'
      events.dispatchEvent(new Event('visibilitychange'))
    },
  }
}
