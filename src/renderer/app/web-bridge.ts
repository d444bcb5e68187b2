import type { Bridge } from '#contract/client.ts'
import { calls, events } from '#contract/index.ts'
import { fail } from '#core/fault.ts'
import { createObservable } from '../lib/observable.ts'
import { followEvents } from './follow-events.ts'
import type { Host, HostWindow, Link } from './host.ts'

type Listener = (told: unknown) => void

/** The loopback host: each call a POST, events by a response that does not end, the secret in a header of each. */
export async function createWebBridge(window: HostWindow, secret: string): Promise<Host> {
  const authorised = { Authorization: `Bearer ${secret}` }
  const link = createObservable<Link>('up')
  const listeners = new Map<string, Set<Listener>>()
  const reconnected = new Set<() => void>()

  function ask(path: string, init: RequestInit): Promise<Response> {
    const headers = { ...authorised, ...(init.headers as Record<string, string> | undefined) }
    // Called on the window, as the browser's fetch insists on it.
    return window.fetch(path, { ...init, headers, credentials: 'omit', redirect: 'error' })
  }

  const bridge: Bridge = {
    async invoke(name, input) {
      if (!Object.hasOwn(calls, name)) throw new Error(`Parfocal has no call ${name}.`)
      let response: Response
      try {
        response = await ask(`/api/${name}`, {
          method: 'POST',
          headers: { 'Content-Type': 'application/json' },
          // Without input there is nothing to send: JSON has no word for undefined.
          ...(input === undefined ? {} : { body: JSON.stringify(input) }),
          cache: 'no-store',
        })
        // 500 is a mistake of ours that has its ticket.
        if (response.ok || response.status === 500) return await response.json()
      } catch {
        return fail({ kind: 'host-unreachable', detail: 'no connection' })
      }
      if (response.status === 401) link.set('ended')
      const detail = response.status === 401 ? 'the session ended' : `status ${response.status}`
      return fail({ kind: 'host-unreachable', detail })
    },

    on(name, listener) {
      if (!Object.hasOwn(events, name)) throw new Error(`Parfocal has no event ${name}.`)
      const known = listeners.get(name) ?? new Set()
      listeners.set(name, known.add(listener))
      return () => void known.delete(listener)
    },
  }

  const connected = followEvents({
    open: signal => ask('/events', { signal, cache: 'no-store' }),
    document: window.document,
    // In a task of its own, so that a listener's mistake is reported and breaks nothing here.
    tell: (name, told) =>
      listeners.get(name)?.forEach(listener => queueMicrotask(() => listener(told))),
    onLink: next => link.set(next),
    onMissed: () => reconnected.forEach(listener => listener()),
  })
  // What a store reads before the events flow could change unseen.
  await connected

  return {
    host: 'web',
    bridge,
    async fetchPixels(path, signal) {
      const response = await ask(path, { signal })
      if (response.status === 401) link.set('ended')
      return response
    },
    link,
    onReconnect(listener) {
      reconnected.add(listener)
      return () => void reconnected.delete(listener)
    },
  }
}
